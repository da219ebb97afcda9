// Numbers and dates as people read them: what is usual by tables of our own, the rest by Intl.
import type { Locale } from '../i18n';
import { clockOf, dayOf, momentOf, ownWallOf, type Wall } from './calendar';

export { type ColumnSettings, columnKey, columnSettings, columnTitle } from './column-settings';
export { formatDatePart, formatMoment, readDate } from './date';
export { formatMeasure, formatNumber, formatShare } from './number';
export { useWriting } from './use-writing';
export { plainWriting, writer, type Words, type Writing } from './value';

export const formatDate = (locale: Locale, iso: string): string => written(iso, (wall) => dayOf(locale, wall, 'long'));

export const formatDateTime = (locale: Locale, iso: string): string => written(iso, (wall) => momentOf(locale, wall, 'short'));

/** For lines of a log, of which a minute has many. */
export const formatInstant = (locale: Locale, iso: string): string => written(iso, (wall) => momentOf(locale, wall, 'short', true));

/** The hour of today. */
export const formatClock = (iso: string): string => written(iso, (wall) => clockOf(wall));

function written(iso: string, write: (wall: Wall) => string): string {
  const date = new Date(iso);

  // The server may send a date that this browser cannot read: better as written than not at all.
  return Number.isNaN(date.getTime()) ? iso : write(ownWallOf(date));
}
