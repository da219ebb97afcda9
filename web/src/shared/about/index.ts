export { type About, AboutLines } from './about';
