export { AppFrame } from './app-frame';
export { BarePage } from './bare-page';
export { ErrorBoundary } from './error-boundary';
export { NoRightPage, NotFoundPage } from './lost-pages';
