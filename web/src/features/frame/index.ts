export { AppFrame } from './app-frame';
export { BarePage } from './bare-page';
export { ErrorBoundary } from './error-boundary';
export { ManagedLead } from './managed-lead';
export { SideNavigation } from './side-navigation';
export { NoRightPage, NotFoundPage } from './lost-pages';
