// What a filter can act on in a question: columns of its table and of those it points at, what a saved question below
// it gives, or variables of its SQL.
import { useQueries } from '@tanstack/react-query';
import { get } from '../../../api/client';
import { olderQuery } from '../../../lib/older-query';
import type { Question, TableForQuestion } from '../../../lib/question-types';
import { type Column, holdsDates, holdsNumbers, holdsTruth, isKey } from '../../../shared/data';

export interface Target {
  label: string;
  target: unknown;
}

/** A table by its number, a saved question as `card__7`. */
type SourceId = number | string;
type Source = Omit<TableForQuestion, 'id'> & { id: SourceId };
export type Sources = Map<SourceId, Source>;

const load = (id: SourceId) => ({
  queryKey: ['table-for-question', id],
  queryFn: () => get<Source>(`/api/table/${id}/query_metadata`),
  staleTime: 5 * 60_000,
});

/** A question, as far as one can wire it. */
export type Wired = Pick<Question, 'id' | 'name' | 'dataset_query'> & { type?: Question['type'] };

/** A model is what it gives; any other question is what it reads from. */
function sourceOf({ id, type, dataset_query }: Wired): SourceId | null {
  if (type === 'model') return `card__${id}`;
  let { query } = olderQuery(dataset_query);
  while (query?.['source-query']) query = query['source-query'] as Record<string, unknown>;
  const source = query?.['source-table'];

  return typeof source === 'number' || typeof source === 'string' ? source : null;
}

/** The number of the saved question whose columns a filter acts on. */
export function savedSourceOf(question: Wired): number | null {
  const source = sourceOf(question);
  const number = typeof source === 'string' ? /^card__(\d+)$/.exec(source)?.[1] : undefined;

  return number === undefined ? null : Number(number);
}

const useLoaded = (ids: SourceId[]): Sources =>
  useQueries({
    queries: [...new Set(ids)].map(load),
    combine: (results) => new Map(results.flatMap(({ data }) => (data ? [[data.id, data] as const] : []))),
  });

export function useWiringSources(questions: readonly Wired[]): Sources {
  const own = useLoaded(questions.flatMap((question) => sourceOf(question) ?? []));
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

export function targetsOf(question: Wired, type: string | null, sources: Sources): Target[] {
  const { native } = olderQuery(question.dataset_query);
  const tags = native ? tagTargets(native['template-tags'] as Record<string, Tag> | undefined) : [];
  const source = sources.get(sourceOf(question) ?? -1);
  if (!source) return tags;
  const ofTable = typeof source.id === 'number';

  const own = source.fields.filter((field) => fits(field, type)).map((field) => columnTarget(field.display_name, ofTable ? ['field', field.id, null] : named(field)));
  const reached = source.fields.flatMap((field) => {
    const far = field.target && sources.get(field.target.table_id);
    return (far?.fields ?? []).filter((one) => fits(one, type)).map((one) => columnTarget(`${far?.display_name ?? ''} → ${one.display_name}`, ['field', one.id, { 'source-field': field.id }]));
  });
  return [...tags, ...own, ...reached];
}

/** What a question gives is known by its name. */
const named = ({ name, effective_type, base_type }: Column) => ['field', name, { 'base-type': effective_type ?? base_type }];

const columnTarget = (label: string, ref: unknown[]): Target => ({ label, target: ['dimension', ref, { 'stage-number': 0 }] });

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
