// What a click does, where it is kept: for the whole card, or for one column of a table. The keys are Metabase's.
import type { Parameter } from '../../../lib/question-types';
import type { ClickBehavior, ClickMapping } from '../../../shared/dashboard';
import { type Column, columnOf, type Settings } from '../../../shared/data';
import { columnKey } from '../../../shared/format';

type Columns = Record<string, { click_behavior?: ClickBehavior }>;

/** Nothing when nobody said what happens there. */
export function behaviorAt(settings: Settings, column: Column | null): ClickBehavior | undefined {
  if (!column) return settings.click_behavior as ClickBehavior | undefined;
  return ((settings.column_settings ?? {}) as Columns)[columnKey(column)]?.click_behavior;
}

export function withBehavior(settings: Settings, column: Column | null, behavior: ClickBehavior | undefined): Settings {
  if (!column) return { ...settings, click_behavior: behavior };
  const all = (settings.column_settings ?? {}) as Columns;
  const { click_behavior: _, ...others } = all[columnKey(column)] ?? {};

  return { ...settings, column_settings: { ...all, [columnKey(column)]: { ...others, ...(behavior && { click_behavior: behavior }) } } };
}

/** What a value can come from: a column of what was clicked, or a filter of the dashboard. */
export interface ValueOrigin {
  id: string;
  type: 'column' | 'parameter';
  key: string;
  name: string;
}

export const originsOf = (columns: readonly Column[], parameters: readonly Parameter[]): ValueOrigin[] => [
  ...columns.map(({ name, display_name }): ValueOrigin => ({ id: `column ${name}`, type: 'column', key: name, name: display_name })),
  ...parameters.map(({ id, name }): ValueOrigin => ({ id: `parameter ${id}`, type: 'parameter', key: id, name })),
];

/** What takes a value on the page that opens: a filter of a dashboard, a column or a variable of a question. */
export interface ValuePlace {
  key: string;
  label: string;
  target: ClickMapping['target'];
}

export const parameterPlaces = (parameters: readonly Parameter[]): ValuePlace[] => parameters.map(({ id, name }) => ({ key: id, label: name, target: { type: 'parameter', id } }));

/** A target as wiring knows it: `['dimension', ['field', 61, null]]`, `['variable', ['template-tag', 'kind']]`. */
export function questionPlace(label: string, target: unknown): ValuePlace {
  const [kind, ref] = target as [string, unknown[]];
  const key = kind === 'variable' ? String(ref[1]) : JSON.stringify(target);

  return { key, label, target: { type: kind, id: key, ...(kind !== 'variable' && { dimension: target }) } };
}

export function withMapping(behavior: ClickBehavior, { key, target }: ValuePlace, origin: ValueOrigin | undefined): ClickBehavior {
  const { [key]: _, ...others } = behavior.parameterMapping ?? {};
  const made = origin && { id: key, source: { type: origin.type, id: origin.key, name: origin.name }, target };

  return { ...behavior, parameterMapping: { ...others, ...(made && { [key]: made }) } };
}

/** The origin that is most likely meant: the same column of the database, the same name, else the first. */
export function likelyOrigin(place: ValuePlace, columns: readonly Column[], origins: readonly ValueOrigin[]): ValueOrigin | undefined {
  const ref = (place.target.dimension as [string, unknown[]] | undefined)?.[1];
  const same = columns.find(({ id, name }) => (typeof id === 'number' && id === ref?.[1]) || name === ref?.[1]);

  return origins.find(({ type, key }) => type === 'column' && columnOf(columns, key) >= 0 && key === same?.name) ?? origins[0];
}

