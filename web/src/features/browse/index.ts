export { CollectionPage } from './collection-page';
export { TrashPage } from './trash-page';
