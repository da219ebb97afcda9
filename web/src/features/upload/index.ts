export { RefillDialog, UploadDialog } from './upload-dialog';
