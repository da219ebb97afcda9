// Where the figures of a published page come from, with the filters as their door wants them.
import { get } from '../../api/client';
import { asList, type Choices, type FilterParameter, type FilterValues, isNothing, type LoadChoices } from '../../shared/filters';

export interface Source {
  base: string;
  data: string;
  parameters: readonly FilterParameter[];
}

/** Frames, and previews of what is published, name filters by the word of their address. */
export const isSigned = (data: string): boolean => /^\/api\/(embed|preview_embed)\//.test(data);

/** Public links name filters by id, frames by the word of their address. */
export function queryOf(source: Source, values: FilterValues): string {
  const set = source.parameters.filter(({ id }) => !isNothing(values[id]));
  if (!set.length) return '';
  const sent = isSigned(source.data)
    ? Object.fromEntries(set.map(({ id, slug }) => [slug, values[id]]))
    : set.map(({ id }) => ({ id, value: values[id] }));

  return `?parameters=${encodeURIComponent(JSON.stringify(sent))}`;
}

const dashcardPath = (dashcard: number, card: number) => `/dashcard/${dashcard}/card/${card}`;

/** A pivot table has rows of its own: its totals. */
const pivoted = (path: string) => path.replace(/^\/api\/(public|embed|preview_embed)\//, '/api/$1/pivot/');

export const allRows = (source: Source, values: FilterValues) => `${source.data}/cards${queryOf(source, values)}`;

export function rowsOfCard(source: Source, values: FilterValues, dashcard: number, card: number, display?: string): string {
  const path = source.data + dashcardPath(dashcard, card);

  return (display === 'pivot' ? pivoted(path) : path) + queryOf(source, values);
}

export function rowsOfQuestion(source: Source, values: FilterValues, display: string): string {
  const path = `${source.data}/query`;

  return (display === 'pivot' ? pivoted(path) : path) + queryOf(source, values);
}

export type FileKind = 'csv' | 'xlsx' | 'json';

export const fileOfCard = (source: Source, values: FilterValues, dashcard: number, card: number, kind: FileKind) =>
  `${source.base}${source.data}${dashcardPath(dashcard, card)}/${kind}${queryOf(source, values)}`;

export const fileOfQuestion = (source: Source, values: FilterValues, kind: FileKind) =>
  `${source.base}${source.data}/query/${kind}${queryOf(source, values)}`;

/** The filters that narrow down the values of another, and what they say now. */
export function parentsOf(parameter: FilterParameter, values: FilterValues): [id: string, value: string][] {
  return (parameter.filteringParameters ?? []).flatMap((id) => asList(values[id]).map((value): [string, string] => [id, value]));
}

export function choicesPath({ data }: Source, parameter: FilterParameter, search: string, values: FilterValues): string {
  const end = search ? `search/${encodeURIComponent(search)}` : 'values';
  const parents = new URLSearchParams(parentsOf(parameter, values)).toString();

  return `${data}/params/${encodeURIComponent(parameter.id)}/${end}${parents && `?${parents}`}`;
}

export const choicesFrom =
  (source: Source, values: FilterValues): LoadChoices =>
  (parameter, search) =>
    get<Choices>(choicesPath(source, parameter, search, values));
