// Charts of one group and one measure: pies, rows, funnels, waterfalls and areas that fill a rectangle
// all start from the same list.
import { columnOf } from '../data/columns';
import type { Meaning } from '../data/meaning';
import type { Cell, Column } from '../data/types';
import { formatShare, writer } from '../format';
import { type ReadAsk, colourOr, inkAt } from './ask';
import { chosenColumns, toNumber } from './series';

export interface Slice {
  key: string;
  label: string;
  value: number;
  written: string;
  ink: string;
  /** Absent for what was put together. */
  meaning?: Meaning;
}

export interface Slices {
  group: Column;
  measure: Column;
  slices: Slice[];
  write: (value: Cell) => string;
}

interface Keys {
  group: string;
  measure: string;
}

export function readSlices(ask: ReadAsk, keys: Keys): Slices | null {
  const { data, settings } = ask;
  const chosen = chosenColumns(data, settings);
  const namedGroup = columnOf(data.cols, first(settings[keys.group]));
  const namedMeasure = columnOf(data.cols, settings[keys.measure]);
  const group = namedGroup >= 0 ? namedGroup : chosen.groups[0];
  const measure = namedMeasure >= 0 ? namedMeasure : chosen.measures.find((index) => index !== group);
  if (group === undefined || measure === undefined) return null;

  const columns = { group: data.cols[group] as Column, measure: data.cols[measure] as Column };
  return { ...columns, ...slicesOf(ask, columns, group, measure) };
}

const first = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : value);

function slicesOf(ask: ReadAsk, columns: { group: Column; measure: Column }, group: number, measure: number) {
  const name = writer(ask.writing, columns.group, ask.settings);
  const write = writer(ask.writing, columns.measure, ask.settings);
  const totals = new Map<string, { label: string; value: number; cell: Cell }>();

  for (const row of ask.data.rows) {
    const key = String(row[group] ?? '');
    const known = totals.get(key) ?? { label: name(row[group] ?? null), value: 0, cell: row[group] ?? null };
    known.value += toNumber(row[measure]) ?? 0;
    totals.set(key, known);
  }
  const slices = [...totals].map(([key, { label, value, cell }], index): Slice => ({
    key,
    label,
    value,
    written: write(value),
    ink: inkOf(ask, key, index),
    meaning: { column: measure, value, groups: [{ column: group, value: cell }] },
  }));
  return { slices, write };
}

function inkOf({ settings }: ReadAsk, key: string, index: number): string {
  const rows = Array.isArray(settings['pie.rows']) ? (settings['pie.rows'] as { key?: string; color?: string }[]) : [];
  const chosen = (settings['pie.colors'] ?? {}) as Record<string, unknown>;

  return colourOr(rows.find((row) => row.key === key)?.color ?? chosen[key], inkAt(index));
}

export const percent = (ask: ReadAsk, share: number): string => formatShare(ask.writing.locale, share, share < 0.1 ? 1 : 0);
