export * from './columns';
export { toCsv } from './csv';
export { type Brushed, type Chosen, type Meaning, rowMeaning } from './meaning';
export { fileName, saveFile } from './save';
export type { Cell, Column, Data, Row, Settings, SmallCells } from './types';
