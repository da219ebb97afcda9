// Several questions drawn as one: their measures stand beside each other, over the same groups.
import { isMeasure } from '../data/columns';
import type { Cell, Column, Data, Row } from '../data/types';

export interface Layer {
  name: string;
  data: Data;
}

/** Where the groups do not match, the first question is shown alone. */
export function overlay(layers: Layer[]): Data | undefined {
  const [first, ...others] = layers;
  if (!first || !others.length) return first?.data;
  if (layers.every(({ data }) => data.cols.length === 1)) return asBars(layers);

  const group = first.data.cols.findIndex((column) => !isMeasure(column));
  const usable = others.filter(({ data }) => data.cols.some(isMeasure) && data.cols.some((column) => !isMeasure(column)));
  return group < 0 || !usable.length ? first.data : usable.reduce((data, layer) => join(data, group, layer), named(first, group));
}

/** Single numbers become bars, one for each question. */
function asBars(layers: Layer[]): Data {
  const value = layers[0]?.data.cols[0] as Column;
  const name: Column = { name: 'name', display_name: '', base_type: 'type/Text', source: 'breakout' };

  return { cols: [name, value], rows: layers.map((layer): Row => [layer.name, layer.data.rows[0]?.[0] ?? null]) };
}

/** A single measure takes the name of its question, so that the legend tells them apart. */
function named({ name, data }: Layer, group: number): Data {
  const isAlone = data.cols.filter((column, index) => index !== group && isMeasure(column)).length === 1;
  const cols = data.cols.map((column, index) => (isAlone && index !== group && isMeasure(column) ? { ...column, display_name: name } : column));

  return { ...data, cols };
}

function join(data: Data, group: number, { name, data: other }: Layer): Data {
  const place = other.cols.findIndex((column) => !isMeasure(column));
  const measures = other.cols.flatMap((column, index) => (index !== place && isMeasure(column) ? [index] : []));
  const width = data.cols.length;
  const rows = new Map(data.rows.map((row) => [keyOf(row[group]), [...row, ...measures.map(() => null)] as Row]));

  for (const row of other.rows) {
    const key = keyOf(row[place]);
    const known = rows.get(key) ?? emptyRow(width + measures.length, group, row[place] ?? null);
    measures.forEach((from, order) => (known[width + order] = row[from] ?? null));
    rows.set(key, known);
  }
  return { cols: [...data.cols, ...measures.map((index) => renamed(other.cols[index] as Column, name, measures.length, width + index))], rows: [...rows.values()] };
}

const keyOf = (cell: Cell | undefined) => String(cell ?? '');

function emptyRow(length: number, group: number, value: Cell): Row {
  const row: Row = Array.from({ length }, () => null);
  row[group] = value;
  return row;
}

const renamed = (column: Column, name: string, count: number, index: number): Column => ({
  ...column,
  name: `${column.name}_${index}`,
  display_name: count === 1 ? name : `${name}: ${column.display_name}`,
});
