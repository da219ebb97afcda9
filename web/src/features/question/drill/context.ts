// What a press on an answer can build on: the question that was asked, and the columns that came back.
import type { Column } from '../../../shared/data';
import { type Clause, type DatasetQuery, fromDatasetQuery, isSummarised, newQuery, type Query, type Stage } from '../model/query';

export interface Asked {
  query: Query;
  cols: readonly Column[];
}

export const lastOf = ({ stages }: Query): Stage => stages.at(-1) as Stage;

/**
 * The question as the builder reads it. A saved one in SQL becomes the source of a new question; one in SQL that is
 * not saved, or that waits for values, has nothing to build on.
 */
export function askedOf(dataset: DatasetQuery, cols: readonly Column[], saved: number | null): Asked | null {
  const query = fromDatasetQuery(dataset);
  if (query) return { query, cols };
  const tags = Object.values(dataset.native?.['template-tags'] ?? {}).filter(({ type }) => type !== 'card' && type !== 'snippet');

  return dataset.type === 'native' && dataset.database !== null && saved !== null && !tags.length ? { query: newQuery(dataset.database, `card__${saved}`), cols } : null;
}

const named = ({ name, effective_type, base_type }: Column): Clause => ['field', name, { 'base-type': effective_type ?? base_type }];

/** How the last stage speaks of a column of its answer. */
export function refOf({ query, cols }: Asked, index: number): Clause {
  const stage = lastOf(query);
  const column = cols[index] as Column;
  const own = column.field_ref;
  const isFirst = query.stages.length === 1 && typeof query.source === 'number';
  const isJoined = Array.isArray(own) && Boolean((own[2] as { 'join-alias'?: string } | null)?.['join-alias']);

  if (isSummarised(stage)) return stage.breakouts[index] ?? ['aggregation', index - stage.breakouts.length];
  return Array.isArray(own) && (isFirst || isJoined || own[0] === 'expression') ? (own as Clause) : named(column);
}

/** How a stage after the last would speak of it. */
export const outerRefOf = ({ cols }: Asked, index: number): Clause => named(cols[index] as Column);

export const isFigure = ({ query }: Asked, index: number): boolean => isSummarised(lastOf(query)) && index >= lastOf(query).breakouts.length;

/** The column itself, whatever it is grouped by. */
export function plain([kind, target, options]: Clause): Clause {
  const { 'temporal-unit': _, binning: __, ...others } = (options ?? {}) as Record<string, unknown>;

  return kind === 'field' ? [kind, target, Object.keys(others).length ? others : null] : options === undefined ? [kind, target] : [kind, target, options];
}
