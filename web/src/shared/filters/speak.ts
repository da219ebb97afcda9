// What a filter holds, as one reads it: on paper, and where its widget has no word of its own.
import { formatDatePart, formatMoment } from '../format';
import type { Locale, Translate } from '../i18n';
import { readSpan, speakSpan } from './span';
import { asList, type FilterParameter } from './types';

interface Reader {
  t: Translate;
  locale: Locale;
}

const shortDays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const shortMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const excluded: Record<string, { unit: string; names?: string[] }> = {
  days: { unit: 'day-of-week', names: shortDays },
  months: { unit: 'month-of-year', names: shortMonths },
  quarters: { unit: 'quarter-of-year' },
  hours: { unit: 'hour-of-day' },
};

const capital = (text: string) => text.replace(/^./u, (letter) => letter.toUpperCase());

/** `past30days`, `2026-03`, `Q1-2026`, `2026-01-01~2026-02-01`, `exclude-days-Mon`, in words. */
export function speakDate({ t, locale }: Reader, text: string): string {
  const span = readSpan(text);
  const [, part = '', list = ''] = /^exclude-([a-z]+)-(.+)$/.exec(text) ?? [];
  const kind = excluded[part];
  const [, quarter, year] = /^Q([1-4])-(\d{4})$/.exec(text) ?? [];
  const moment = (one: string) => formatMoment(locale, one, { unit: /^\d{4}-\d{2}$/.test(one) ? 'month' : one.includes('T') ? 'minute' : 'day' });
  const [from = '', to] = text.split('~');

  if (span) return capital(speakSpan(t, span));
  if (kind) return t('Except {values}', { values: list.split('-').map((word) => formatDatePart(locale, kind.names ? kind.names.indexOf(word) + 1 : Number(word), kind.unit)).join(', ') });
  if (quarter) return `${locale === 'fr' ? 'T' : 'Q'}${quarter} ${year}`;
  if (to === undefined) return /^\d{4}-/.test(text) ? moment(text) : text;
  if (from && to) return t('From {from} to {to}', { from: moment(from), to: moment(to) });
  return from ? t('After {day}', { day: moment(from) }) : to ? t('Before {day}', { day: moment(to) }) : '';
}

export function speakFilterValue(reader: Reader, { type }: FilterParameter, value: unknown): string {
  const texts = asList(value);

  if (type.startsWith('date')) return texts.map((text) => speakDate(reader, text)).join(', ');
  return texts.join(type === 'number/between' ? ' – ' : ', ');
}
