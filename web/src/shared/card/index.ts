export { Card, type CardProps } from './card';
export { type CardAction, CardMenu } from './card-menu';
export { type DownloadKind, downloadKinds } from './downloads';
export { useElapsed } from './elapsed';
