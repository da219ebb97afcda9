// What a click on a card does, as its author chose: set filters of the dashboard, go to another page,
// or nothing. The keys are Metabase's.
import type { Cell, Column, Data, Settings } from '../data/types';
import type { Meaning } from '../data/meaning';
import { columnSettings } from '../format';

interface Source {
  type: string;
  id: string;
}

export interface ClickMapping {
  id: string;
  source: Source;
  /** A filter of a dashboard, a variable of SQL, or a column of the question that opens. */
  target: { type: string; id: string; dimension?: unknown };
}

export interface ClickBehavior {
  type: 'actionMenu' | 'none' | 'crossfilter' | 'link';
  linkType?: 'dashboard' | 'question' | 'url';
  targetId?: number;
  tabId?: number;
  linkTemplate?: string;
  parameterMapping?: Record<string, ClickMapping>;
}

/** Filters that the page has now, by their ids. */
export interface ClickContext {
  parameters: readonly { id: string; slug: string; name: string; type: string }[];
  values: Record<string, unknown>;
}

/** A value for a column of the question that opens, and where it comes from: a column of the answer, or a filter. */
export interface ClickFilter {
  target: unknown;
  value: unknown;
  column?: Column;
  type?: string;
}

export type ClickAct =
  | { kind: 'filter'; values: Record<string, Cell> }
  | { kind: 'page'; page: 'dashboard' | 'question'; id: number; tab: number | undefined; values: Record<string, unknown>; filters: ClickFilter[] }
  | { kind: 'address'; address: string };

const isBehavior = (value: unknown): value is ClickBehavior => typeof value === 'object' && value !== null && 'type' in value;

/** A column of a table may do something of its own. */
export function behaviorOf(settings: Settings, data?: Data, column?: number): ClickBehavior | undefined {
  const clicked = column === undefined ? undefined : data?.cols[column];
  const own = clicked && (columnSettings(clicked, settings) as { click_behavior?: unknown }).click_behavior;

  if (isBehavior(own)) return own;
  return isBehavior(settings.click_behavior) ? settings.click_behavior : undefined;
}

/** Whether a click does anything anywhere on the card: only then it invites one. */
export function hasClick(settings: Settings): boolean {
  const columns = Object.values((settings.column_settings ?? {}) as Record<string, { click_behavior?: unknown }>);

  return [settings.click_behavior, ...columns.map(({ click_behavior }) => click_behavior)].some((one) => isBehavior(one) && (one.type === 'crossfilter' || one.type === 'link'));
}

/** The cell of a column, in the row or the groups of what was clicked. */
function cellOf(data: Data, meaning: Meaning, name: string): Cell {
  const column = data.cols.findIndex((one) => one.name === name);

  if (column < 0) return null;
  if (meaning.row) return meaning.row[column] ?? null;
  if (meaning.column === column) return meaning.value;
  return meaning.groups.find((group) => group.column === column)?.value ?? null;
}

const named = (context: ClickContext, id: string) => context.parameters.find((one) => one.id === id || one.slug === id || one.name === id);

function valueOf(data: Data, meaning: Meaning, context: ClickContext, { type, id }: Source): unknown {
  if (type === 'parameter') return context.values[named(context, id)?.id ?? id] ?? null;
  return type === 'column' ? cellOf(data, meaning, id) : null;
}

const templateName = /\{\{\s*([^}]+?)\s*\}\}/g;
const safeAddress = /^(https?:\/\/|mailto:|\/(?![/\\]))/i;

/** A name stands for a column or a filter. Alone it may be a whole address; inside one it is a part. */
export function fillAddress(template: string, data: Data, meaning: Meaning, context: ClickContext): string | null {
  const valueIn = (name: string): string => {
    const isColumn = data.cols.some((column) => column.name === name);
    const value = isColumn ? cellOf(data, meaning, name) : context.values[named(context, name)?.id ?? ''];
    return value === null || value === undefined ? '' : String(value);
  };
  const alone = /^\s*\{\{\s*([^}]+?)\s*\}\}\s*$/.exec(template)?.[1];
  const address = alone ? valueIn(alone) : template.replace(templateName, (_, name: string) => encodeURIComponent(valueIn(name)));

  return safeAddress.test(address) ? address : null;
}

function filterOf({ cols }: Data, context: ClickContext, { type, id }: Source, target: unknown, value: unknown): ClickFilter[] {
  if (target === undefined) return [];
  const column = type === 'column' ? cols.find(({ name }) => name === id) : undefined;
  const parameter = type === 'parameter' ? named(context, id) : undefined;

  return [{ target, value, ...(column && { column }), ...(parameter && { type: parameter.type }) }];
}

export function clickAct(behavior: ClickBehavior, data: Data, meaning: Meaning, context: ClickContext): ClickAct | null {
  const mapped = Object.values(behavior.parameterMapping ?? {}).map(({ source, target }) => ({ source, target, value: valueOf(data, meaning, context, source) }));
  const given = mapped.filter(({ value }) => value !== null && value !== undefined);
  const found = Object.fromEntries(given.filter(({ target }) => target.dimension === undefined).map(({ target, value }) => [target.id, value]));

  if (behavior.type === 'crossfilter') return Object.keys(found).length ? { kind: 'filter', values: found as Record<string, Cell> } : null;
  if (behavior.type !== 'link') return null;
  if (behavior.linkType === 'url') {
    const address = fillAddress(behavior.linkTemplate ?? '', data, meaning, context);
    return address ? { kind: 'address', address } : null;
  }
  if (!behavior.targetId || !behavior.linkType) return null;
  return { kind: 'page', page: behavior.linkType, id: behavior.targetId, tab: behavior.tabId, values: found, filters: given.flatMap(({ source, target, value }) => filterOf(data, context, source, target.dimension, value)) };
}

/** What a chosen cell becomes as the value of a filter: days as dates, lists where the filter takes one. */
export function filterValue(type: string, cell: Cell): unknown {
  if (type.startsWith('date')) return String(cell).slice(0, 10);
  return /^(string|number|location|id|category|boolean)/.test(type) ? [cell] : cell;
}
