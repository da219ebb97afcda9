// Dates, as exact as the unit they were grouped by. The server sends the wall clock of the report:
// it is read as such, whatever the time zone of the browser.
import type { Locale } from '../i18n';
import { clockOf, dayOf, momentOf, monthName, monthOf, type Style, wallOf } from './calendar';
import type { ColumnSettings } from './column-settings';
import { regions } from './number';

export function readDate(value: unknown): Date | null {
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(String(value));
  if (!parts) return null;
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0'] = parts.map((part) => part ?? undefined);
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)));

  return Number.isNaN(date.getTime()) ? null : date;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(regions[locale], { timeZone: 'UTC', ...options });

  formats.set(key, known);
  return known;
}

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
const dayOptions = (style: Style): Intl.DateTimeFormatOptions => ({ day: 'numeric', month: style, year: 'numeric' });

function week(locale: Locale, date: Date, style: Style): string {
  const end = new Date(date.getTime() + 6 * 86_400_000);

  return dateFormat(locale, dayOptions(style)).formatRange(date, end);
}

const quarter = (locale: Locale, date: Date) =>
  `${locale === 'fr' ? 'T' : 'Q'}${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`;

const byUnit: Record<string, (locale: Locale, date: Date, style: Style) => string> = {
  year: (_, date) => String(date.getUTCFullYear()),
  quarter,
  month: (locale, date, style) => monthOf(locale, wallOf(date), style),
  week,
  day: (locale, date, style) => dayOf(locale, wallOf(date), style),
  hour: (locale, date, style) => momentOf(locale, wallOf(date), style),
  minute: (locale, date, style) => momentOf(locale, wallOf(date), style),
};

// Patterns that Metabase stores, in the words of Intl.
const patterns: Record<string, (locale: Locale, date: Date, settings: ColumnSettings) => string> = {
  'MMMM D, YYYY': (locale, date, settings) => dayOf(locale, wallOf(date), shortOr(settings)),
  'D MMMM, YYYY': (locale, date, settings) => dayOf(locale, wallOf(date), shortOr(settings)),
  'dddd, MMMM D, YYYY': (locale, date, settings) =>
    dateFormat(locale, { weekday: shortOr(settings), ...dayOptions(shortOr(settings)) }).format(date),
  'M/D/YYYY': (_, date, settings) => numeric(date, ['m', 'd', 'y'], settings),
  'D/M/YYYY': (_, date, settings) => numeric(date, ['d', 'm', 'y'], settings),
  'YYYY/M/D': (_, date, settings) => numeric(date, ['y', 'm', 'd'], settings),
};

const shortOr = ({ date_abbreviate }: ColumnSettings): Style => (date_abbreviate ? 'short' : 'long');

const two = (value: number): string => String(value).padStart(2, '0');

/** The signs of a pattern of one's own; longer ones are looked for first. */
const signs: Record<string, (locale: Locale, date: Date) => string> = {
  YYYY: (_, date) => String(date.getUTCFullYear()),
  MMMM: (locale, date) => monthName(locale, date.getUTCMonth(), 'long'),
  dddd: (locale, date) => dateFormat(locale, { weekday: 'long' }).format(date),
  MMM: (locale, date) => monthName(locale, date.getUTCMonth(), 'short'),
  ddd: (locale, date) => dateFormat(locale, { weekday: 'short' }).format(date),
  YY: (_, date) => two(date.getUTCFullYear() % 100),
  MM: (_, date) => two(date.getUTCMonth() + 1),
  DD: (_, date) => two(date.getUTCDate()),
  HH: (_, date) => two(date.getUTCHours()),
  mm: (_, date) => two(date.getUTCMinutes()),
  ss: (_, date) => two(date.getUTCSeconds()),
  M: (_, date) => String(date.getUTCMonth() + 1),
  D: (_, date) => String(date.getUTCDate()),
  H: (_, date) => String(date.getUTCHours()),
  Q: (_, date) => String(Math.floor(date.getUTCMonth() / 3) + 1),
};

const sign = new RegExp(`\\[([^\\]]*)\\]|${Object.keys(signs).join('|')}`, 'g');

/** Words stand in square brackets: [le] D MMMM YYYY. */
const written = (pattern: string, locale: Locale, date: Date, isShort: boolean): string =>
  (isShort ? pattern.replace('MMMM', 'MMM').replace('dddd', 'ddd') : pattern).replace(sign, (found, words?: string) => words ?? signs[found]?.(locale, date) ?? found);

function numeric(date: Date, order: ('d' | 'm' | 'y')[], { date_separator }: ColumnSettings): string {
  const parts = { d: two(date.getUTCDate()), m: two(date.getUTCMonth() + 1), y: String(date.getUTCFullYear()) };

  return order.map((part) => parts[part]).join(date_separator ?? '/');
}

function time(locale: Locale, date: Date, { time_enabled, time_style }: ColumnSettings): string {
  if (time_enabled === null) return '';
  const seconds = time_enabled === 'seconds' || time_enabled === 'milliseconds';

  if (!time_style) return clockOf(wallOf(date), seconds);
  return dateFormat(locale, { ...clock, ...(seconds && { second: '2-digit' }), hour12: time_style.includes('A') }).format(date);
}

interface DateAsk {
  unit?: string | null;
  /** Whether the values have a time of day at all. */
  hasTime?: boolean;
  isShort?: boolean;
  settings?: ColumnSettings;
}

export function formatMoment(locale: Locale, value: unknown, { unit, hasTime, isShort, settings = {} }: DateAsk): string {
  const date = readDate(value);
  if (!date) return String(value);
  const style: Style = isShort || settings.date_abbreviate ? 'short' : 'long';
  const pattern = patterns[settings.date_style ?? ''];
  const grouped = byUnit[unit ?? ''];

  if (settings.date_style && !pattern && unit !== 'week') return written(settings.date_style, locale, date, style === 'short');
  if (grouped && (!pattern || unit !== 'day')) return grouped(locale, date, style);
  const day = pattern ? pattern(locale, date, settings) : dayOf(locale, wallOf(date), style);
  const hour = hasTime && unit !== 'day' ? time(locale, date, settings) : '';

  return hour ? `${day} ${hour}` : day;
}

const sunday = Date.UTC(2023, 0, 1);

/** Parts of a date are numbers from the server: the first day of the week is the site's. */
export function formatDatePart(locale: Locale, value: number, unit: string, weekStart = 1): string {
  if (unit === 'month-of-year') return monthName(locale, value - 1, 'long');
  if (unit === 'day-of-week') {
    const day = new Date(sunday + ((value - 1 + weekStart) % 7) * 86_400_000);
    return dateFormat(locale, { weekday: 'long' }).format(day);
  }
  if (unit === 'hour-of-day') return dateFormat(locale, { hour: 'numeric' }).format(new Date(Date.UTC(2023, 0, 1, value)));
  if (unit === 'quarter-of-year') return `${locale === 'fr' ? 'T' : 'Q'}${value}`;
  return String(value);
}
