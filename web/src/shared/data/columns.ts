// What kind of thing a column holds.
import type { Column } from './types';

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
