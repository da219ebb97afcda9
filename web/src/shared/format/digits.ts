// Numbers written without Intl, which a browser takes long to get ready: a fifth of a second on a slow phone, before
// the first figure. What is written here is what Intl writes; tests compare the two.
import type { Locale } from '../i18n';

interface Signs {
  decimal: string;
  group: string;
  percent: string;
  /** After thousands, millions, thousands of millions, and so on. */
  powers: string[];
}

const signs: Record<Locale, Signs> = {
  en: { decimal: '.', group: ',', percent: '%', powers: ['k', 'm', 'bn', 'tn'] },
  fr: { decimal: ',', group: '\u202f', percent: '\u00a0%', powers: ['\u00a0k', '\u00a0M', '\u00a0Md', '\u00a0Bn'] },
};

export interface Digits {
  least?: number;
  most?: number;
  isPercent?: boolean;
  /** 12,345 as 12.3k. */
  isShort?: boolean;
  /** Also what is above zero has a sign. */
  hasSign?: boolean;
  decimal?: string;
  group?: string;
}

/** As in print: as wide as a figure, and not a hyphen. */
export const minus = '\u2212';

const largest = 1e15;
const smallest = 1e-6;

interface Figure {
  whole: string;
  part: string;
}

/** The digits as they are read, with the point moved: multiplying would not be exact. */
function digitsOf(value: number, by: number): Figure {
  const [whole = '0', part = ''] = String(value).split('.');
  const all = whole.padStart(1 - by, '0') + part.padEnd(by, '0');
  const point = Math.max(whole.length, 1 - by) + by;

  return { whole: all.slice(0, point).replace(/^0+(?=\d)/, ''), part: all.slice(point) };
}

/** At most so many digits after the point, half away from zero. */
function rounded({ whole, part }: Figure, most: number): Figure {
  if (part.length <= most) return { whole, part };
  const kept = [...`0${whole}${part.slice(0, most)}`].map(Number);

  if (Number(part[most]) >= 5) {
    let at = kept.length - 1;
    while (kept[at] === 9) kept[at--] = 0;
    kept[at] = (kept[at] ?? 0) + 1;
  }
  const digits = kept.join('').replace(/^0(?=\d)/, '');
  return { whole: digits.slice(0, digits.length - most), part: most ? digits.slice(-most) : '' };
}

function grouped(whole: string, group: string): string {
  return whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
}

const powers = 4;

/** In the largest unit that leaves something before the point; rounding may lead to the next. */
function shortOf(value: number, most: number): Figure & { power: number } {
  const power = Math.min(powers, Math.floor((String(Math.trunc(value)).length - 1) / 3));
  const figure = rounded(digitsOf(value, -3 * power), most);

  return figure.whole.length > 3 && power < powers ? { ...rounded(digitsOf(value, -3 * (power + 1)), most), power: power + 1 } : { ...figure, power };
}

/** Null for what only Intl can write: the very large, the very small, what is no number. */
export function plainNumber(locale: Locale, value: number, digits: Digits = {}): string | null {
  const { least = 0, isPercent = false, isShort = false, hasSign = false } = digits;
  const most = Math.max(least, digits.most ?? (isPercent ? 0 : 3));
  const own = signs[locale];
  const size = Math.abs(value);
  if (!(size < largest) || (size !== 0 && size < smallest)) return null;

  const { whole, part, power } = isShort ? shortOf(size, most) : { ...rounded(digitsOf(size, isPercent ? 2 : 0), most), power: 0 };
  const tail = part.replace(/0+$/, '').padEnd(least, '0');
  const isNothing = !/[1-9]/.test(whole + part);
  const isBelow = value < 0 || Object.is(value, -0);
  const sign = hasSign ? (isNothing ? '' : isBelow ? minus : '+') : isBelow ? minus : '';

  return sign + grouped(whole, digits.group ?? own.group) + (tail && (digits.decimal ?? own.decimal) + tail) + (power ? (own.powers[power - 1] ?? '') : '') + (isPercent ? own.percent : '');
}
