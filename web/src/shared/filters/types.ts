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

export function valuesToAddress(values: FilterValues, parameters: readonly FilterParameter[]): string {
  const pairs = parameters.flatMap((parameter): [string, string][] => {
    const list = asList(values[parameter.id]);
    if (!list.length) return isNothing(parameter.default) ? [] : [[parameter.slug, '']];
    return list.map((value) => [parameter.slug, value]);
  });

  return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}

export const takesList = ({ type }: FilterParameter): boolean => /^(string|number|location|id|category|boolean)/.test(type);
