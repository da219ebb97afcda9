// What a mark or a cell stands for, so that one can go on from there: filter by it, open it, see its rows.
import type { Cell, Data, Row } from './types';

/** What a place stands for: the cell that is shown there, and the groups that it belongs to. Columns are indexes of `cols`. */
export interface Meaning {
  column: number;
  value: Cell;
  groups: { column: number; value: Cell }[];
  /** The whole row, where the place is one row of the data. */
  row?: Row;
}

/** A point, a bar or a cell that somebody chose, and where it is in the window. */
export interface Chosen extends Meaning {
  label: string;
  place: { x: number; y: number };
}

/** A stretch of the x axis that somebody marked, both ends within. */
export interface Brushed {
  column: number;
  from: Cell;
  to: Cell;
}

/** What a cell of a row stands for: what the row is grouped by comes with it. */
export function rowMeaning({ cols }: Data, row: Row, column: number): Meaning {
  const groups = cols.flatMap(({ source }, index) => (source === 'breakout' ? [{ column: index, value: row[index] ?? null }] : []));

  return { column, value: row[column] ?? null, groups, row };
}
