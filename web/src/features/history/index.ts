export { type Difference, differences, type Side } from './differences';
export { HistoryPage } from './history-page';
