export type { ColourRule } from './cell-look';
export { DataTable } from './data-table';
export { type CellPlace, cellHandlers } from './use-cells';
