export { SharePanel } from './share-panel';
export { LimitsForm } from './limits-form';
export { type Published, publishedKey, usePublished } from './queries';
export { Visits } from './visits';
