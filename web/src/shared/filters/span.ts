// A period that moves with today: `past30days~`, `next2weeks`, `thismonth`, `past3months-from-1years`.
import { msg, type Translate } from '../i18n';

export interface Length {
  count: number;
  unit: string;
}

export interface Span extends Length {
  way: 'past' | 'next' | 'this';
  /** Whether the period that is not over belongs to it. */
  withNow: boolean;
  /** How far from today it starts, when not now. */
  from?: Length;
}

interface Words {
  unit: string;
  name: string;
  length: string;
  past: string;
  next: string;
  now: string;
}

/** Units of a period, the shortest first, and how one speaks of them. */
export const spanUnits: Words[] = [
  {
    unit: 'minute',
    name: msg('minutes'),
    length: msg('{count, plural, one {# minute} other {# minutes}}'),
    past: msg('{count, plural, one {the last minute} other {the last # minutes}}'),
    next: msg('{count, plural, one {the next minute} other {the next # minutes}}'),
    now: msg('this minute'),
  },
  {
    unit: 'hour',
    name: msg('hours'),
    length: msg('{count, plural, one {# hour} other {# hours}}'),
    past: msg('{count, plural, one {the last hour} other {the last # hours}}'),
    next: msg('{count, plural, one {the next hour} other {the next # hours}}'),
    now: msg('this hour'),
  },
  {
    unit: 'day',
    name: msg('days'),
    length: msg('{count, plural, one {# day} other {# days}}'),
    past: msg('{count, plural, one {the last day} other {the last # days}}'),
    next: msg('{count, plural, one {the next day} other {the next # days}}'),
    now: msg('today'),
  },
  {
    unit: 'week',
    name: msg('weeks'),
    length: msg('{count, plural, one {# week} other {# weeks}}'),
    past: msg('{count, plural, one {last week} other {the last # weeks}}'),
    next: msg('{count, plural, one {next week} other {the next # weeks}}'),
    now: msg('this week'),
  },
  {
    unit: 'month',
    name: msg('months'),
    length: msg('{count, plural, one {# month} other {# months}}'),
    past: msg('{count, plural, one {last month} other {the last # months}}'),
    next: msg('{count, plural, one {next month} other {the next # months}}'),
    now: msg('this month'),
  },
  {
    unit: 'quarter',
    name: msg('quarters'),
    length: msg('{count, plural, one {# quarter} other {# quarters}}'),
    past: msg('{count, plural, one {last quarter} other {the last # quarters}}'),
    next: msg('{count, plural, one {next quarter} other {the next # quarters}}'),
    now: msg('this quarter'),
  },
  {
    unit: 'year',
    name: msg('years'),
    length: msg('{count, plural, one {# year} other {# years}}'),
    past: msg('{count, plural, one {last year} other {the last # years}}'),
    next: msg('{count, plural, one {next year} other {the next # years}}'),
    now: msg('this year'),
  },
];

/** What people mean most often. */
export const knownPeriods = ['thisday', 'past1days', 'past7days', 'past30days', 'thisweek', 'past1weeks', 'thismonth', 'past1months', 'past3months', 'past12months', 'thisyear', 'past1years'];

const wordsOf = (unit: string) => spanUnits.find((one) => one.unit === unit);

const named: Record<string, string> = { today: 'thisday', yesterday: 'past1days', lastweek: 'past1weeks', lastmonth: 'past1months', lastquarter: 'past1quarters', lastyear: 'past1years' };

export function readSpan(text: string): Span | null {
  const [, way, count, unit = '', now, shift, by = ''] = /^(past|next|this)(\d{1,5})?([a-z]+?)s?(~)?(?:-from-(\d{1,5})([a-z]+?)s?)?$/.exec(named[text] ?? text) ?? [];
  const isRight = way && wordsOf(unit) && (way === 'this') === (count === undefined) && (shift === undefined || wordsOf(by));
  if (!isRight) return null;

  return { way: way as Span['way'], count: Number(count ?? 1), unit, withNow: now !== undefined, ...(shift && { from: { count: Number(shift), unit: by } }) };
}

export function writeSpan({ way, count, unit, withNow, from }: Span): string {
  if (way === 'this') return `this${unit}`;

  return `${way}${count}${unit}s${from ? `-from-${from.count}${from.unit}s` : withNow ? '~' : ''}`;
}

export function speakSpan(t: Translate, { way, count, unit, withNow, from }: Span): string {
  const words = wordsOf(unit);
  const by = from && wordsOf(from.unit);
  if (!words) return unit;
  const said = way === 'this' ? t(words.now) : t((count === 1 && unit === 'day' && besideToday[way]) || words[way], { count });

  if (from && by) return t(way === 'next' ? msgLater : msgEarlier, { period: said, shift: t(by.length, { count: from.count }) });
  return withNow && way !== 'this' ? t(msgWithNow, { period: said }) : said;
}

const besideToday = { past: msg('yesterday'), next: msg('tomorrow') };
const msgEarlier = msg('{period}, {shift} earlier');
const msgLater = msg('{period}, {shift} later');
const msgWithNow = msg('{period}, with the one that is not over');
