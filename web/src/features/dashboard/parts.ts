// What few readers of a dashboard open is downloaded when they do.
import { later } from '../../ui';

export const DashboardEditor = later(async () => (await import('./edit/dashboard-editor')).DashboardEditor);
export const DetailsDialog = later(async () => (await import('./details-dialog')).DetailsDialog, null);
export const CopyDialog = later(async () => (await import('./copy-dialog')).CopyDialog, null);
export const RefreshDialog = later(async () => (await import('./refresh-dialog')).RefreshDialog, null);
export const SharePanel = later(async () => (await import('../sharing')).SharePanel, null);
