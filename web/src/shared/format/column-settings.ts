// How a column wants its values written: what the data says of it, then what the chart says.
import type { Column, Settings } from '../data/types';

export interface ColumnSettings {
  column_title?: string;
  number_style?: 'decimal' | 'percent' | 'scientific' | 'currency';
  currency?: string;
  currency_style?: 'symbol' | 'code' | 'name';
  number_separators?: string;
  decimals?: number;
  scale?: number;
  prefix?: string;
  suffix?: string;
  date_style?: string;
  date_separator?: string;
  date_abbreviate?: boolean;
  time_enabled?: 'minutes' | 'seconds' | 'milliseconds' | null;
  time_style?: string;
  text_align?: 'left' | 'right' | 'middle';
  view_as?: 'link' | 'email_link' | 'image' | 'auto' | null;
  link_text?: string;
  link_url?: string;
  show_mini_bar?: boolean;
  text_wrapping?: boolean;
}

/** The key of a column in `column_settings`: by its name, as newer clients write it. */
export const columnKey = (column: Column): string => JSON.stringify(['name', column.name]);

function keysOf(column: Column): string[] {
  const keys = [columnKey(column)];

  if (typeof column.id === 'number') keys.unshift(JSON.stringify(['ref', ['field', column.id, null]]));
  if (Array.isArray(column.field_ref)) keys.unshift(JSON.stringify(['ref', column.field_ref]));
  return keys;
}

export function columnSettings(column: Column, settings: Settings): ColumnSettings {
  const all = (settings.column_settings ?? {}) as Record<string, ColumnSettings>;
  const chosen = keysOf(column).map((key) => all[key] ?? {});

  return Object.assign({}, column.settings, ...chosen) as ColumnSettings;
}

export const columnTitle = (column: Column, settings: Settings): string =>
  columnSettings(column, settings).column_title || column.display_name;
