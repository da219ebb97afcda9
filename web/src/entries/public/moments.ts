// When figures were made, as a reader says it: the hour alone while it is today.
import { formatDateTime } from '../../shared/format';
import { clockOf, ownWallOf } from '../../shared/format/calendar';
import type { Locale, Translate } from '../../shared/i18n';

export { formatDate } from '../../shared/format';

export const isToday = (iso: string, now = new Date()): boolean => new Date(iso).toDateString() === now.toDateString();

export function formatTime(locale: Locale, iso: string): string {
  return isToday(iso) ? clockOf(ownWallOf(new Date(iso))) : formatDateTime(locale, iso);
}

export function dataOf(t: Translate, locale: Locale, iso: string): string {
  const time = formatTime(locale, iso);

  return isToday(iso) ? t('Data of {time}', { time }) : t('Data of {date}', { date: time });
}
