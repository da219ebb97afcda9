// Which columns of the rows come back: all of the source, unless one chose.
import { type Choosable, sameColumn } from './columns';
import type { Clause, FieldOptions, Stage } from './query';

const optionsOf = ({ ref }: Choosable) => (ref[2] ?? {}) as FieldOptions;
const isJoined = (column: Choosable) => optionsOf(column)['join-alias'] !== undefined;
const isReached = (column: Choosable) => optionsOf(column)['source-field'] !== undefined;

/** Those that one may choose from; a join has its own list. */
export const choosable = (columns: readonly Choosable[]): Choosable[] => columns.filter((column) => !isJoined(column));

const usual = (columns: readonly Choosable[]): Choosable[] => choosable(columns).filter((column) => !isReached(column));

export const isShown = ({ fields }: Stage, column: Choosable): boolean => (fields ? fields.some((ref) => sameColumn(ref, column.ref)) : !isReached(column));

/** The list with one column more, or less; nothing when that is what comes back anyway. */
export function withShown(stage: Stage, columns: readonly Choosable[], column: Choosable, isOn: boolean): Clause[] | null {
  const now = stage.fields ?? usual(columns).map(({ ref }) => ref);
  const next = isOn ? [...now, column.ref] : now.filter((ref) => !sameColumn(ref, column.ref));
  const all = usual(columns);
  const isUsual = next.length === all.length && all.every(({ ref }) => next.some((one) => sameColumn(one, ref)));

  return isUsual ? null : next;
}
