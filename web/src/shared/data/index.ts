export * from './columns';
export { toCsv } from './csv';
export { fileName, saveFile } from './save';
export type { Cell, Column, Data, Row, Settings } from './types';
