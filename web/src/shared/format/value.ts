// One value of a column, as a reader sees it.
import { holdsDates, isDatePart, isKey, isPlace } from '../data/columns';
import type { Cell, Column, Settings } from '../data/types';
import type { Locale } from '../i18n';
import { type ColumnSettings, columnSettings } from './column-settings';
import { formatDatePart, formatMoment } from './date';
import { formatMeasure } from './number';

export interface Words {
  yes: string;
  no: string;
  empty: string;
}

export interface Writing {
  locale: Locale;
  words: Words;
  /** The day that weeks start with: 0 is Sunday. */
  weekStart?: number;
}

export interface Length {
  isShort?: boolean;
  isCompact?: boolean;
}

const plainYes: Words = { yes: 'true', no: 'false', empty: '' };

export const plainWriting = (locale: Locale): Writing => ({ locale, words: plainYes });

/** Prepares the writing of a column: settings are looked up once for all its values. */
export function writer(writing: Writing, column: Column, settings: Settings, length: Length = {}): (cell: Cell) => string {
  const own = columnSettings(column, settings);

  return (cell) => writeCell(writing, column, own, cell, length);
}

function writeCell(writing: Writing, column: Column, own: ColumnSettings, cell: Cell, length: Length): string {
  if (cell === null || cell === undefined || cell === '') return writing.words.empty;
  if (typeof cell === 'boolean') return cell ? writing.words.yes : writing.words.no;
  if (typeof cell === 'number') return writeNumber(writing, column, own, cell, length);
  if (holdsDates(column) && typeof cell === 'string') return writeDate(writing.locale, column, own, cell, length);
  return typeof cell === 'object' ? JSON.stringify(cell) : `${own.prefix ?? ''}${cell}${own.suffix ?? ''}`;
}

function writeDate(locale: Locale, column: Column, settings: ColumnSettings, cell: string, { isShort }: Length): string {
  const type = column.effective_type ?? column.base_type;

  if (/^type\/Time/.test(type)) return cell.slice(0, 5);
  return formatMoment(locale, cell, {
    unit: column.unit ?? null,
    hasTime: type !== 'type/Date',
    settings,
    ...(isShort && { isShort }),
  });
}

function writeNumber(writing: Writing, column: Column, own: ColumnSettings, cell: number, { isCompact }: Length): string {
  const isStyled = own.number_style !== undefined || own.decimals !== undefined;
  const { locale } = writing;

  if (isDatePart(column)) return formatDatePart(locale, cell, column.unit ?? '', writing.weekStart);
  if (column.unit === 'year' || (isKey(column) && !isStyled)) return `${own.prefix ?? ''}${cell}${own.suffix ?? ''}`;
  if (isPlace(column) && !isStyled) return formatMeasure(locale, cell, { ...own, decimals: 5 });
  if (column.semantic_type === 'type/Percentage' && !isStyled) {
    return formatMeasure(locale, cell, { ...own, number_style: 'percent' }, isCompact);
  }

  const text = formatMeasure(locale, cell, own, isCompact);
  const width = column.binning_info?.bin_width;
  return width ? `${text} – ${formatMeasure(locale, cell + width, own, isCompact)}` : text;
}
