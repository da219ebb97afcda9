export { DashboardPage } from './dashboard-page';
export { DetailsDialog } from './parts';
