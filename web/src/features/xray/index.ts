export { XrayPage } from './xray-page';
