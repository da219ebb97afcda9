// Dates without some days of the week, months, quarters or hours: `['!=', ['get-month', column], 1, 2]`.
import { formatDatePart } from '../../../shared/format';
import { type Locale, msg } from '../../../shared/i18n';
import type { Clause } from './query';

export interface PartOfTime {
  /** As the filters of dashboards write it: `exclude-days-Mon`. */
  id: string;
  label: string;
  head: string;
  unit: string;
  first: number;
  last: number;
}

export const partsOfTime: PartOfTime[] = [
  { id: 'days', label: msg('Days of the week'), head: 'get-day-of-week', unit: 'day-of-week', first: 1, last: 7 },
  { id: 'months', label: msg('Months of the year'), head: 'get-month', unit: 'month-of-year', first: 1, last: 12 },
  { id: 'quarters', label: msg('Quarters of the year'), head: 'get-quarter', unit: 'quarter-of-year', first: 1, last: 4 },
  { id: 'hours', label: msg('Hours of the day'), head: 'get-hour', unit: 'hour-of-day', first: 0, last: 23 },
];

export interface Exclusion {
  part: PartOfTime;
  values: number[];
}

// Days are counted from Monday, whatever day the weeks of the site start with.
const monday = 1;
const fromMonday = 'iso';

export const valuesOfPart = ({ first, last }: PartOfTime): number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index);

export const namePart = (locale: Locale, { unit }: PartOfTime, value: number): string => formatDatePart(locale, value, unit, monday);

export const exclusionClause = ({ part, values }: Exclusion, ref: Clause): Clause => ['!=', [part.head, ref, ...(part.id === 'days' ? [fromMonday] : [])], ...values];

export function exclusionOf([head, target, ...values]: Clause): (Exclusion & { ref: Clause }) | null {
  if (head !== '!=' || !Array.isArray(target) || !Array.isArray(target[1])) return null;
  const part = partsOfTime.find((one) => one.head === target[0]);
  const isKnown = part && (part.id !== 'days' || target[2] === fromMonday) && values.length > 0 && values.every((value) => typeof value === 'number');

  return isKnown ? { part, values: values as number[], ref: target[1] as Clause } : null;
}

const shortNames: Record<string, string[]> = {
  days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};

/** `exclude-days-Mon-Tue`, `exclude-hours-0`: what a filter of a dashboard says. */
export function readExclusion(text: string): Exclusion | null {
  const [, id, list] = /^exclude-([a-z]+)-([A-Za-z0-9-]+)$/.exec(text) ?? [];
  const part = partsOfTime.find((one) => one.id === id);
  if (!part || !list) return null;

  const names = shortNames[part.id];
  const values = list.split('-').map((word) => (names ? names.indexOf(word) + 1 : /^\d+$/.test(word) ? Number(word) : -1));
  return values.every((value) => value >= part.first && value <= part.last) ? { part, values } : null;
}
