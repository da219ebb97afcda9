// Time on an axis: the steps between two moments, and the short words under them.
import { clockOf, monthName, shortDay, wallOf } from '../format/calendar';
import type { Locale } from '../i18n';

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const lengths: Record<Unit, number> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30.44 * 86_400_000,
  quarter: 91.3 * 86_400_000,
  year: 365.25 * 86_400_000,
};

export const isUnit = (unit: string | null | undefined): unit is Unit => (unit ?? '') in lengths;

export function nextMoment(moment: number, unit: Unit): number {
  const date = new Date(moment);

  if (unit === 'month') return date.setUTCMonth(date.getUTCMonth() + 1);
  if (unit === 'quarter') return date.setUTCMonth(date.getUTCMonth() + 3);
  if (unit === 'year') return date.setUTCFullYear(date.getUTCFullYear() + 1);
  return moment + lengths[unit];
}

const mostSteps = 1_200;

/** Every step from the first moment to the last, so that an empty month is a gap and not a lie. */
export function everyMoment(moments: number[], unit: Unit): number[] {
  const sorted = [...new Set(moments)].sort((a, b) => a - b);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined || (last - first) / lengths[unit] > mostSteps) return sorted;

  const all = new Set(sorted);
  for (let moment = first; moment < last; moment = nextMoment(moment, unit)) all.add(moment);
  // Weeks that do not start on the same day would double: then only what came stands on the axis.
  return all.size > (last - first) / lengths[unit] + 3 ? sorted : [...all].sort((a, b) => a - b);
}

/** The unit that suits a span of time when the values are not grouped by one. */
export function unitFor(span: number): Unit {
  const order: Unit[] = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute'];

  return order.find((unit) => span >= 4 * lengths[unit]) ?? 'minute';
}

const steps: Record<Unit, number[]> = {
  minute: [1, 5, 15, 30, 60, 360, 1440],
  hour: [1, 3, 6, 12, 24, 48, 168],
  day: [1, 2, 7, 14, 28, 56, 91, 182, 364],
  week: [1, 2, 4, 8, 13, 26, 52],
  month: [1, 2, 3, 6, 12, 24, 60],
  quarter: [1, 2, 4, 8, 20],
  year: [1, 2, 5, 10, 20, 50],
};

/** Which of the moments get a word, when there is room for `most`. */
export function tickIndexes(moments: number[], unit: Unit, most: number): number[] {
  const step = steps[unit].find((candidate) => moments.length / candidate <= most) ?? Math.ceil(moments.length / most);
  const first = Math.max(0, moments.findIndex((moment) => isRound(new Date(moment), unit, step)));

  return moments.map((_, index) => index).filter((index) => index >= first % step && (index - first) % step === 0);
}

function isRound(date: Date, unit: Unit, step: number): boolean {
  if (unit === 'month') return date.getUTCMonth() % Math.min(step, 12) === 0;
  if (unit === 'quarter') return (date.getUTCMonth() / 3) % Math.min(step, 4) === 0;
  if (unit === 'year') return date.getUTCFullYear() % step === 0;
  if (unit === 'hour') return date.getUTCHours() % Math.min(step, 24) === 0;
  if (unit === 'minute') return date.getUTCMinutes() % Math.min(step, 60) === 0;
  return true;
}

/** Two lines: the step, and under it what it belongs to when that changes. */
export function momentWords(locale: Locale, moment: number, unit: Unit, before: number | undefined): [string, string] {
  const date = new Date(moment);
  const year = String(date.getUTCFullYear());
  const isNewYear = before === undefined || new Date(before).getUTCFullYear() !== date.getUTCFullYear();
  const isNewDay = before === undefined || new Date(before).getUTCDate() !== date.getUTCDate();
  const wall = wallOf(date);

  if (unit === 'year') return [year, ''];
  if (unit === 'quarter') return [`${locale === 'fr' ? 'T' : 'Q'}${Math.floor(date.getUTCMonth() / 3) + 1}`, isNewYear ? year : ''];
  if (unit === 'month') return [monthName(locale, wall.month, 'short'), isNewYear ? year : ''];
  if (unit === 'week' || unit === 'day') return [shortDay(locale, wall), isNewYear ? year : ''];
  return [clockOf(wall), isNewDay ? shortDay(locale, wall) : ''];
}
