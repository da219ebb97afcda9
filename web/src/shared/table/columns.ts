// Which columns a table shows, in what order, how wide.
import { holdsNumbers, isKey, isPlace, listedColumns } from '../data/columns';
import type { Cell, Column, Data, Settings } from '../data/types';
import { type ColumnSettings, columnKey, columnSettings, columnTitle, writer, type Writing } from '../format';

export interface ShownColumn {
  index: number;
  column: Column;
  title: string;
  isNumber: boolean;
  own: ColumnSettings;
  width: number;
  /** The largest number of the column, for the bars in its cells. */
  most: number;
  /** Its cells are text on one line: no link, no bar. */
  isPlain: boolean;
  write: (cell: Cell) => string;
  /** Puts the values of a row where the names of columns stand in double braces. */
  fill: (template: string, row: Cell[], isAddress?: boolean) => string;
}

const sampleRows = 60;

export function shownColumns({ cols, rows }: Data, settings: Settings, writing: Writing): ShownColumn[] {
  const sample = rows.slice(0, sampleRows);

  return listedColumns(cols, settings).map((index) => {
    const column = cols[index] as Column;
    const write = writer(writing, column, withDecimals(column, settings, sample.map((row) => row[index] ?? null)));
    const title = columnTitle(column, settings);
    const own = columnSettings(column, settings);
    const longest = Math.max(title.length + 3, ...sample.map((row) => write(row[index] ?? null).length));
    const most = own.show_mini_bar ? Math.max(0, ...rows.map((row) => Number(row[index]) || 0)) : 0;
    return { index, column, title, own, write, most, isPlain: isPlain(column, own), fill: (template, row, isAddress) => filled(cols, template, row, isAddress), isNumber: holdsNumbers(column) && !isKey(column), width: Math.min(320, Math.max(76, longest * 7.6 + 28)) };
  });
}

function isPlain({ semantic_type }: Column, { view_as, show_mini_bar, text_wrapping }: ColumnSettings): boolean {
  const mayLead = view_as === 'link' || view_as === 'email_link' || (view_as !== null && /^type\/(Email|URL)$/.test(semantic_type ?? ''));

  return !mayLead && !view_as && !show_mini_bar && !text_wrapping;
}

/** In an address a value is encoded, unless it is the whole address. */
function filled(cols: Column[], template: string, row: Cell[], isAddress = false): string {
  const value = (name: string) => {
    const at = cols.findIndex((column) => column.name === name || column.display_name === name);
    return at < 0 ? '' : String(row[at] ?? '');
  };
  const alone = /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(template);
  if (alone) return value(alone[1] as string);

  return template.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (_, name: string) => (isAddress ? encodeURIComponent(value(name)) : value(name)));
}

/** Numbers of a column stand under each other only when all have as many decimals. */
function withDecimals(column: Column, settings: Settings, sample: Cell[]): Settings {
  const own = columnSettings(column, settings);
  const hasParts = sample.some((cell) => typeof cell === 'number' && !Number.isInteger(cell) && Math.abs(cell) >= 0.01);
  if (!hasParts || own.decimals !== undefined || own.number_style || !holdsNumbers(column) || isPlace(column)) return settings;

  const all = (settings.column_settings ?? {}) as Record<string, object>;
  return { ...settings, column_settings: { ...all, [columnKey(column)]: { ...own, decimals: 2 } } };
}

export interface Sorting {
  index: number;
  isDescending: boolean;
}

/** Nothing comes last, whatever the direction. */
export function sortedRows(rows: Cell[][], sorting: Sorting | null): Cell[][] {
  if (!sorting) return rows;
  const { index, isDescending } = sorting;
  const way = isDescending ? -1 : 1;

  return [...rows].sort((one, other) => {
    const [a, b] = [one[index] ?? null, other[index] ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === 'number' && typeof b === 'number') return (a - b) * way;
    return String(a).localeCompare(String(b)) * way;
  });
}
