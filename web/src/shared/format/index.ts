// Numbers and dates as people read them. Everything goes through Intl: nothing to download.
import type { Locale } from '../i18n';
import { regions } from './number';

export { type ColumnSettings, columnKey, columnSettings, columnTitle } from './column-settings';
export { formatDatePart, formatMoment, readDate } from './date';
export { formatMeasure } from './number';
export { useWriting } from './use-writing';
export { plainWriting, writer, type Words, type Writing } from './value';

export function formatNumber(locale: Locale, value: number): string {
  return new Intl.NumberFormat(regions[locale]).format(value);
}

export function formatDate(locale: Locale, iso: string): string {
  return format(locale, iso, { dateStyle: 'long' });
}

export function formatDateTime(locale: Locale, iso: string): string {
  return format(locale, iso, { dateStyle: 'medium', timeStyle: 'short' });
}

function format(locale: Locale, iso: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(iso);

  // The server may send a date that this browser cannot read: better as written than not at all.
  return Number.isNaN(date.getTime()) ? iso : new Intl.DateTimeFormat(regions[locale], options).format(date);
}
