// What kind of thing a column holds.
import type { Column, Data, Settings } from './types';

const numberTypes = /^type\/(Integer|BigInteger|Float|Decimal|Number)$/;
const dateTypes = /^type\/(Date|Time|Instant|Temporal)/;
const countingUnits = /-of-/;

const typeOf = (column: Column) => column.effective_type ?? column.base_type;

export const isKey = ({ semantic_type }: Column) => semantic_type === 'type/PK' || semantic_type === 'type/FK';

export const isPlace = ({ semantic_type }: Column) =>
  semantic_type === 'type/Latitude' || semantic_type === 'type/Longitude' || semantic_type === 'type/Coordinate';

/** Days of the week, months of the year: numbers that stand for a name. */
export const isDatePart = ({ unit }: Column) => countingUnits.test(unit ?? '');

export const holdsNumbers = (column: Column) => numberTypes.test(typeOf(column)) && !isDatePart(column);

export const holdsDates = (column: Column) => dateTypes.test(typeOf(column)) && !isDatePart(column);

export const holdsTruth = (column: Column) => typeOf(column) === 'type/Boolean';

/** For the details of one row, unless somebody asks for it. */
export const isDetail = ({ visibility_type }: Column) => visibility_type === 'details-only';

/** Something to measure: a number that is neither a key, nor a place, nor what one groups by. */
export const isMeasure = (column: Column) =>
  holdsNumbers(column) && !isKey(column) && !isPlace(column) && column.source !== 'breakout';

/** Something to group by. */
export const isGroup = (column: Column) => !isMeasure(column);

export const columnOf = (cols: readonly Column[], name: unknown): number =>
  cols.findIndex((column) => column.name === name);

interface Chosen {
  name?: string;
  enabled?: boolean;
}

/** The columns of a table, in the order of the settings first; one that they do not know comes last, unless it is for details. */
export function listedColumns(cols: readonly Column[], settings: Settings): number[] {
  const stored = Array.isArray(settings['table.columns']) ? (settings['table.columns'] as Chosen[]) : [];
  const named = stored.map(({ name }) => columnOf(cols, name));
  const hidden = new Set(stored.flatMap(({ enabled }, at) => (enabled === false ? [named[at]] : [])));
  const rest = cols.flatMap((column, index) => (named.includes(index) || isDetail(column) ? [] : [index]));

  return [...named.filter((index) => index >= 0), ...rest].filter((index) => !hidden.has(index));
}

/** What a table shows of the data. */
export function listed(data: Data, settings: Settings): Data {
  const shown = listedColumns(data.cols, settings);

  return { ...data, cols: shown.map((index) => data.cols[index] as Column), rows: data.rows.map((row) => shown.map((index) => row[index] ?? null)) };
}
