// From a question and a place in its answer to the next question. Pure: nothing is asked here.
import type { Cell, Column, Meaning } from '../../../shared/data';
import { holdsDates, holdsNumbers, isDatePart, isPlace } from '../../../shared/data';
import { type Clause, emptyStage, type FieldOptions, isSummarised, newQuery, type Query, type Stage } from '../model/query';
import { type Asked, isFigure, lastOf, outerRefOf, plain, refOf } from './context';

export type Group = Meaning['groups'][number];

const withLast = (query: Query, change: Partial<Stage>): Query => ({ ...query, stages: [...query.stages.slice(0, -1), { ...lastOf(query), ...change }] });

/** The rows of one group: a moment within its month, a number within its range. */
export function groupFilter({ query, cols }: Asked, { column: index, value }: Group): Clause {
  const ref = refOf({ query, cols }, index);
  const column = cols[index] as Column;
  const width = column.binning_info?.bin_width;

  if (value === null) return ['is-null', plain(ref)];
  if (width && typeof value === 'number') return ['and', ['>=', plain(ref), value], ['<', plain(ref), exact(value + width)]];
  return ['=', hasUnit(ref) ? ref : plain(ref), value];
}

const hasUnit = ([, , options]: Clause) => Boolean((options as FieldOptions | null)?.['temporal-unit']);

/** 0.1 + 0.2 is not what one wants to read in a filter. */
const exact = (value: number) => Number(value.toPrecision(12));

const spread = (filter: Clause): Clause[] => (filter[0] === 'and' ? (filter.slice(1) as Clause[]) : [filter]);

const filtersOf = (asked: Asked, groups: readonly Group[]): Clause[] => groups.flatMap((group) => spread(groupFilter(asked, group)));

/** The rows behind a figure: what was summarised is shown as it is. */
export function rowsBehind(asked: Asked, groups: readonly Group[]): Query {
  const stage = lastOf(asked.query);

  return withLast(asked.query, { filters: [...stage.filters, ...filtersOf(asked, groups)], aggregations: [], breakouts: [], orders: [], limit: null });
}

/** The same figure of the same rows, by something else. */
export function breakOut(asked: Asked, groups: readonly Group[], by: Clause): Query {
  const stage = lastOf(asked.query);

  return withLast(asked.query, { filters: [...stage.filters, ...filtersOf(asked, groups)], breakouts: [by], orders: [], limit: null });
}

const finer: Record<string, string> = { year: 'quarter', quarter: 'month', month: 'week', week: 'day', day: 'hour', hour: 'minute' };

/** The group that one can look into, and how it is divided then. */
export function zoomOf(asked: Asked, groups: readonly Group[]): { group: Group; ref: Clause } | null {
  for (const group of groups) {
    const ref = refOf(asked, group.column);
    const options = (ref[2] ?? {}) as FieldOptions;
    const unit = finer[options['temporal-unit'] ?? ''];
    const width = asked.cols[group.column]?.binning_info?.bin_width;
    if (group.value === null) continue;
    if (unit) return { group, ref: [ref[0], ref[1], { ...options, 'temporal-unit': unit }] };
    if (width) return { group, ref: [ref[0], ref[1], { ...options, binning: { strategy: 'bin-width', 'bin-width': exact(width / 10) } }] };
  }
  return null;
}

/** Inside one group, in smaller steps. Other groups stay what they are; latitude and longitude go together. */
export function zoomIn(asked: Asked, groups: readonly Group[]): Query {
  const stage = lastOf(asked.query);
  const isArea = (index: number) => isPlace(asked.cols[index] as Column);
  const first = zoomOf(asked, groups)?.group;
  const looked = groups.filter((group) => group === first || (first && isArea(first.column) && isArea(group.column)));
  const breakouts = stage.breakouts.map((ref, index) => {
    const group = looked.find(({ column }) => column === index);
    return (group && zoomOf(asked, [group])?.ref) ?? ref;
  });

  return withLast(asked.query, { filters: [...withoutColumns(asked, looked), ...filtersOf(asked, looked)], breakouts });
}

/** An earlier look into the same column is within the new one. */
function withoutColumns(asked: Asked, groups: readonly Group[]): Clause[] {
  const columns = groups.map(({ column }) => JSON.stringify(plain(refOf(asked, column))));

  return lastOf(asked.query).filters.filter(([head, ref]) => !(['=', '>=', '<', 'between'].includes(head) && Array.isArray(ref) && columns.includes(JSON.stringify(plain(ref as Clause))) && (hasUnit(ref as Clause) || head !== '=')));
}

/** From one end of an axis to another, both within. */
export function narrow(asked: Asked, column: number, from: Cell, to: Cell): Query {
  const ref = refOf(asked, column);
  const width = asked.cols[column]?.binning_info?.bin_width;
  const filters: Clause[] = width && typeof to === 'number' ? [['>=', plain(ref), from], ['<', plain(ref), exact(to + width)]] : [['between', hasUnit(ref) ? ref : plain(ref), from, to]];

  return withLast(asked.query, { filters: [...withoutColumns(asked, [{ column, value: from }]), ...filters] });
}

export type Comparison = '=' | '!=' | '<' | '>' | 'is-null' | 'not-null' | 'contains';

/** Filters by a value of the answer: before the summary for what it is grouped by, after it for a figure. */
export function filterBy(asked: Asked, index: number, comparison: Comparison, value: Cell): Query {
  const clause = (ref: Clause): Clause => (comparison === 'is-null' || comparison === 'not-null' ? [comparison, ref] : [comparison, ref, value]);

  return withFilter(asked, index, (ref) => (comparison === '=' && !isFigure(asked, index) && isSummarised(lastOf(asked.query)) ? groupFilter(asked, { column: index, value }) : clause(ref)));
}

export function withFilter(asked: Asked, index: number, make: (ref: Clause) => Clause): Query {
  const { query } = asked;
  const stage = lastOf(query);

  if (isFigure(asked, index)) return { ...query, stages: [...query.stages, { ...emptyStage, filters: [make(outerRefOf(asked, index))] }] };
  const ref = refOf(asked, index);
  return withLast(query, { filters: [...stage.filters, ...spread(make(hasUnit(ref) ? ref : plain(ref)))] });
}

export function sortBy(asked: Asked, index: number, direction: 'asc' | 'desc'): Query {
  return withLast(asked.query, { orders: [[direction, refOf(asked, index)]] });
}

/** A column as groups: months for dates, ranges for numbers. */
export function asGroup(ref: Clause, column: Column): Clause {
  const [kind, target] = ref;
  const options = (plain(ref)[2] ?? {}) as FieldOptions;

  if (kind === 'field' && holdsDates(column)) return [kind, target, { ...options, 'temporal-unit': 'month' }];
  // Columns of an earlier step have no known range to cut.
  if (kind === 'field' && holdsNumbers(column) && !isDatePart(column) && column.id) return [kind, target, { ...options, binning: { strategy: 'default' } }];
  return plain(ref);
}

/** How often each value, or each range of values, comes. */
export function distribution(asked: Asked, index: number): Query {
  return withLast(asked.query, { aggregations: [['count']], breakouts: [asGroup(refOf(asked, index), asked.cols[index] as Column)], orders: [], limit: null, fields: null });
}

/** One figure of a column, over time when a column says when. */
export function summarise(asked: Asked, index: number, clause: 'sum' | 'avg' | 'distinct', by: Clause | null): Query {
  return withLast(asked.query, { aggregations: [[clause, plain(refOf(asked, index))]], breakouts: by ? [by] : [], orders: [], limit: null, fields: null });
}

/** One row of another table, by its key. */
export const rowOf = (database: number, table: number, key: number, value: Cell): Query => ({ ...newQuery(database, table), stages: [{ ...emptyStage, filters: [['=', ['field', key, null], value]] }] });
