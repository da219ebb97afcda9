// What a filter can act on in a question: columns of its table and of those it points at, or variables of its SQL.
import { useQueries } from '@tanstack/react-query';
import { get } from '../../../api/client';
import type { Question, TableForQuestion } from '../../../lib/question-types';
import { type Column, holdsDates, holdsNumbers, holdsTruth, isKey } from '../../../shared/data';

export interface Target {
  label: string;
  target: unknown;
}

type Tables = Map<number, TableForQuestion>;

const load = (id: number) => ({
  queryKey: ['table-for-question', id],
  queryFn: () => get<TableForQuestion>(`/api/table/${id}/query_metadata`),
  staleTime: 5 * 60_000,
});

/** A question, as far as one can wire it. */
export type Wired = Pick<Question, 'id' | 'name' | 'dataset_query'>;

function sourceTable({ dataset_query }: Wired): number | null {
  let query = dataset_query.query;
  while (query?.['source-query']) query = query['source-query'] as Record<string, unknown>;
  const source = query?.['source-table'];

  return typeof source === 'number' ? source : null;
}

const useLoaded = (ids: number[]): Tables =>
  useQueries({
    queries: [...new Set(ids)].map(load),
    combine: (results) => new Map(results.flatMap(({ data }) => (data ? [[data.id, data] as const] : []))),
  });

export function useWiringTables(questions: readonly Wired[]): Tables {
  const own = useLoaded(questions.flatMap((question) => sourceTable(question) ?? []));
  const reached = useLoaded([...own.values()].flatMap(({ fields }) => fields.flatMap(({ target }) => target?.table_id ?? [])));

  return new Map([...reached, ...own]);
}

/** Without a kind of filter every column fits. */
function fits(column: Column, type: string | null): boolean {
  if (type === null) return true;
  if (type.startsWith('date') || type === 'temporal-unit') return holdsDates(column);
  if (type.startsWith('number')) return holdsNumbers(column) && !isKey(column);
  if (type.startsWith('boolean')) return holdsTruth(column);
  if (type === 'id') return isKey(column);
  return !holdsDates(column) && !holdsNumbers(column) && !holdsTruth(column);
}

export function targetsOf(question: Wired, type: string | null, tables: Tables): Target[] {
  const { native } = question.dataset_query;
  if (native) return tagTargets(native['template-tags'] as Record<string, Tag> | undefined);
  const table = tables.get(sourceTable(question) ?? -1);
  if (!table) return [];

  const own = table.fields.filter((field) => fits(field, type)).map((field): Target => ({ label: field.display_name, target: ['dimension', ['field', field.id, null], { 'stage-number': 0 }] }));
  const reached = table.fields.flatMap((field) => {
    const far = field.target && tables.get(field.target.table_id);
    return (far?.fields ?? [])
      .filter((one) => fits(one, type))
      .map((one): Target => ({ label: `${far?.display_name ?? ''} → ${one.display_name}`, target: ['dimension', ['field', one.id, { 'source-field': field.id }], { 'stage-number': 0 }] }));
  });
  return [...own, ...reached];
}

interface Tag {
  name: string;
  'display-name': string;
  type: string;
}

const tagTargets = (tags: Record<string, Tag> = {}): Target[] =>
  Object.values(tags).map((tag) => ({
    label: tag['display-name'],
    target: [tag.type === 'dimension' ? 'dimension' : 'variable', ['template-tag', tag.name]],
  }));

/** Two ways to write the same target: options that only repeat the type or the stage do not count. */
export const sameTarget = (one: unknown, other: unknown) => identity(one) === identity(other);

function identity(target: unknown): string {
  if (!Array.isArray(target)) return '';
  const [kind, ref] = target as [string, unknown];
  const [head, name, options] = (Array.isArray(ref) ? ref : [ref]) as [unknown, unknown, Record<string, unknown> | null | undefined];

  return JSON.stringify([kind, head, name, options?.['source-field'] ?? null, options?.['join-alias'] ?? null]);
}
