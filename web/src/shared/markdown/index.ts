export { fillText, Markdown } from './markdown';
