export { columnCount, GridView, inOrder, type Placed, placeStyle } from './grid-view';
export { textValues } from './text-values';
export { virtualDisplay, WordsCard } from './words-card';
