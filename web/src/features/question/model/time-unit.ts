// The step of time that an answer is grouped by, changed without opening the builder.
import { type Clause, type DatasetQuery, type FieldOptions, fromDatasetQuery, type Query, replaced, toDatasetQuery, withStage } from './query';

const steps = ['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];
const ofDays = steps.slice(2);

const unitOf = ([, , options]: Clause) => ((options ?? {}) as FieldOptions)['temporal-unit'] ?? '';

interface Found {
  query: Query;
  index: number;
  unit: string;
}

function find(dataset: DatasetQuery): Found | null {
  const query = fromDatasetQuery(dataset);
  const groups = query?.stages.at(-1)?.breakouts ?? [];
  const index = groups.findIndex((group) => steps.includes(unitOf(group)));

  return query && index >= 0 ? { query, index, unit: unitOf(groups[index] as Clause) } : null;
}

/** The unit of now; nothing where nothing is grouped by time. */
export const timeUnit = (dataset: DatasetQuery): string | null => find(dataset)?.unit ?? null;

export const unitsFor = (type: string | undefined): string[] => (type === 'type/Date' ? ofDays : steps);

/** What was sorted by the group is sorted by it still. */
export function withTimeUnit(dataset: DatasetQuery, unit: string): DatasetQuery {
  const found = find(dataset);
  if (!found) return dataset;
  const last = found.query.stages.length - 1;
  const { breakouts = [], orders = [] } = found.query.stages[last] ?? {};
  const old = breakouts[found.index] as Clause;
  const next: Clause = [old[0], old[1], { ...(old[2] as FieldOptions), 'temporal-unit': unit }];
  const isOld = (clause: unknown) => JSON.stringify(clause) === JSON.stringify(old);

  return toDatasetQuery(withStage(found.query, last, { breakouts: replaced(breakouts, found.index, next), orders: orders.map(([way, target]) => [way, isOld(target) ? next : target]) }));
}
