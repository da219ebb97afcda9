// Filters of a question or a dashboard, as they are stored and sent.

export interface FilterParameter {
  id: string;
  name: string;
  slug: string;
  type: string;
  default?: unknown;
  required?: boolean;
  isMultiSelect?: boolean;
  filteringParameters?: string[];
  values_query_type?: string;
  temporal_units?: string[];
}

export type FilterValues = Record<string, unknown>;

export interface Choices {
  values: unknown[][];
  has_more_values: boolean;
}

/** Asks for the values to choose from; `search` narrows a long list down. */
export type LoadChoices = (parameter: FilterParameter, search: string) => Promise<Choices>;

export const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.every((one) => one === null || one === ''));

export const asList = (value: unknown): string[] =>
  (Array.isArray(value) ? value : isNothing(value) ? [] : [value]).map((one) => String(one ?? ''));

/** What stands in the address: `?state=CA&state=NY`. A name alone means "none", even where there is a default. */
export function valuesFromAddress(search: string, parameters: readonly FilterParameter[]): FilterValues {
  const asked = new URLSearchParams(search);

  return Object.fromEntries(
    parameters.map((parameter) => {
      const found = asked.getAll(parameter.slug);
      if (!asked.has(parameter.slug)) return [parameter.id, parameter.default ?? null];
      const kept = found.filter((value) => value !== '');
      return [parameter.id, kept.length ? (takesList(parameter) ? kept : kept[0]) : null];
    }),
  );
}

/** What one emptied oneself: no value, and no value at the start either. */
const emptied: readonly unknown[] = [];

/** Who clears a filter wants it to stay clear. */
export const cleared = (before: FilterValues, after: FilterValues): FilterValues =>
  Object.fromEntries(Object.entries(after).map(([id, value]) => [id, isNothing(value) && !isNothing(before[id]) ? emptied : value]));

/** A filter that was cleared is sent without a value, so that it is remembered; one that nobody touched is not sent. */
export const isSent = (value: unknown): boolean => !isNothing(value) || (Array.isArray(value) && value.length === 0);
export const sentValue = (value: unknown): unknown => (isNothing(value) ? null : value);

/** What the address says; where it says nothing of filters, what one chose the last time. */
export function valuesAtStart(search: string, parameters: readonly FilterParameter[], last: FilterValues = {}): FilterValues {
  const asked = new URLSearchParams(search);
  if (parameters.some(({ slug }) => asked.has(slug))) return valuesFromAddress(search, parameters);

  return Object.fromEntries(
    parameters.map((parameter) => {
      const { id } = parameter;
      const list = asList(last[id]);
      if (!(id in last)) return [id, parameter.default ?? null];
      if (isNothing(last[id])) return [id, parameter.required ? (parameter.default ?? null) : emptied];
      return [id, takesList(parameter) ? list : list[0]];
    }),
  );
}

export function valuesToAddress(values: FilterValues, parameters: readonly FilterParameter[]): string {
  const pairs = parameters.flatMap((parameter): [string, string][] => {
    const list = asList(values[parameter.id]);
    if (!list.length) return isNothing(parameter.default) ? [] : [[parameter.slug, '']];
    return list.map((value) => [parameter.slug, value]);
  });

  return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}

export const takesList = ({ type }: FilterParameter): boolean => /^(string|number|location|id|category|boolean)/.test(type);
