// The variables of a question in SQL: `{{name}}` in the text, a widget above it.
import type { FilterParameter } from '../../../shared/filters';
import { plainSource, takesSource, type ValueSource } from '../../values';
import type { TagSource } from '../draft';
import type { DatasetQuery, TemplateTag } from '../model/query';

const pattern = /\{\{\s*([\p{L}\p{N}_][\p{L}\p{N}_ -]*?)\s*\}\}/gu;

export const tagNames = (sql: string): string[] => [...new Set([...sql.matchAll(pattern)].map(([, name]) => name as string))];

const asTitle = (name: string) => name.replaceAll('_', ' ').replace(/^./u, (letter) => letter.toUpperCase());

const newId = () => (typeof globalThis.crypto?.randomUUID === 'function' ? crypto.randomUUID() : Array.from({ length: 4 }, () => Math.random().toString(16).slice(2, 10)).join('-'));

const parts = /\{\{\s*(?:(snippet:)\s*([^{}]+?)|(#(\d+)[\w-]*))\s*\}\}/g;

/** `{{snippet: name}}` puts a text of the site in, `{{#12}}` another question: no widget asks for them. */
function partTags(sql: string): [string, Omit<TemplateTag, 'id'>][] {
  return [...sql.matchAll(parts)].map(([, , snippet, reference, card]) =>
    reference
      ? [reference, { name: reference, 'display-name': reference, type: 'card', 'card-id': Number(card) }]
      : [`snippet: ${snippet}`, { name: `snippet: ${snippet}`, 'display-name': `Snippet: ${snippet}`, type: 'snippet', 'snippet-name': snippet ?? '' }],
  );
}

/** Tags follow the text: a new name gets one, a name that is gone loses it. */
export function withSql(query: DatasetQuery, sql: string): DatasetQuery {
  const old = query.native?.['template-tags'] ?? {};
  const named = tagNames(sql).map((name): [string, Omit<TemplateTag, 'id'>] => [name, { name, 'display-name': asTitle(name), type: 'text' }]);
  const tags = [...named, ...partTags(sql)].map(([name, tag]): [string, TemplateTag] => [name, old[name] ?? { id: newId(), ...tag }]);

  return { ...query, native: { query: sql, 'template-tags': Object.fromEntries(tags) } };
}

const widgetTypes: Record<string, string> = { text: 'category', number: 'number/=', date: 'date/single', boolean: 'boolean/=', 'temporal-unit': 'temporal-unit' };

export type TagParameter = FilterParameter & ValueSource & { target: unknown };

/** Which kinds of variables may take several values. */
export const mayTakeMany = ({ type }: TemplateTag): boolean => type === 'text' || type === 'number' || type === 'dimension';

/** The widgets of the tags in their order, as parameters that the server understands. Those without a place come last. */
export function tagParameters({ native }: DatasetQuery, sources: readonly TagSource[] = []): TagParameter[] {
  const place = ({ id }: TemplateTag) => (sources.findIndex((one) => one.id === id) + 1 || sources.length + 1);

  return Object.values(native?.['template-tags'] ?? {})
    .filter(({ type }) => type !== 'card' && type !== 'snippet')
    .sort((one, other) => place(one) - place(other))
    .map((tag) => {
      const isOfColumn = tag.type === 'dimension' || tag.type === 'temporal-unit';
      const type = tag.type === 'dimension' ? (tag['widget-type'] ?? 'category') : (widgetTypes[tag.type] ?? 'category');
      const own = sources.find(({ id }) => id === tag.id);
      const source = takesSource(type) ? own : undefined;
      return {
        id: tag.id,
        name: tag['display-name'],
        slug: tag.name,
        type,
        target: [isOfColumn ? 'dimension' : 'variable', ['template-tag', tag.name]],
        isMultiSelect: (mayTakeMany(tag) ? own?.isMultiSelect : undefined) ?? tag.type === 'dimension',
        ...(tag.default !== undefined && tag.default !== null && { default: tag.default }),
        ...(tag.required && { required: true }),
        ...(source && plainSource(source)),
      };
    });
}

/** What is kept of every variable, in their order. */
const allSources = (query: DatasetQuery, sources: readonly TagSource[]): TagSource[] => tagParameters(query, sources).map(({ id }) => sources.find((one) => one.id === id) ?? { id });

export const withTagSource = (query: DatasetQuery, sources: readonly TagSource[], changed: TagSource): TagSource[] => allSources(query, sources).map((one) => (one.id === changed.id ? changed : one));

/** One variable at another place, counted from 0. */
export function withTagMoved(query: DatasetQuery, sources: readonly TagSource[], id: string, to: number): TagSource[] {
  const all = allSources(query, sources);
  const own = all.find((one) => one.id === id);
  const others = all.filter((one) => one !== own);

  return own ? [...others.slice(0, to), own, ...others.slice(to)] : all;
}
