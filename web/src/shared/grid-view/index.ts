export { columnCount, GridView, inOrder, type Placed, placeStyle } from './grid-view';
export { virtualDisplay, WordsCard } from './words-card';
