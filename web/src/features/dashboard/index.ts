export { DashboardPage } from './dashboard-page';
export { DetailsDialog } from './details-dialog';
