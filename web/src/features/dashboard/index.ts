export { DashboardPage } from './dashboard-page';
export { DetailsDialog } from './details-dialog';
export { HistoryPage } from './history/history-page';
