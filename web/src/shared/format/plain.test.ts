import { describe, expect, it } from 'vitest';
import type { Locale } from '../i18n';
import { clockOf, dayOf, monthName, monthOf, momentOf, shortDay, type Style, wallOf } from './calendar';
import { minus, plainNumber } from './digits';
import { regions } from './number';

const locales: Locale[] = ['en', 'fr'];
const styles: Style[] = ['long', 'short'];

/** Numbers that repeat from run to run, of all sizes, and those on an edge. */
function samples(): number[] {
  let state = 42;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const found = [0, -0, 1, 0.5, 1.005, 2.5, 9.995, 99.95, 999.5, 999.95, 1_000, 9_999.5, 99_950, 99_949, 999_950, 999_949, 999_999_999, 1e12, 123_456_789_012_345, 0.000_01, -0.001, 1e15, 1e21, 1e-9];

  for (let count = 0; count < 3_000; count += 1) found.push((random() - 0.4) * 10 ** Math.floor(random() * 17 - 4), Math.round(random() * 10 ** Math.floor(random() * 10)) / 1_000);
  return found;
}

describe.each(locales)('numbers in %s', (locale) => {
  const compare = (options: Intl.NumberFormatOptions, write: (value: number) => string | null, values = samples()) => {
    const format = new Intl.NumberFormat(regions[locale], options);
    for (const value of values) {
      const written = write(value);
      if (written !== null) expect(written, String(value)).toBe(format.format(value).replace('-', minus));
    }
  };

  it('are written as Intl writes them', () => {
    compare({}, (value) => plainNumber(locale, value));
    compare({ maximumFractionDigits: 2 }, (value) => plainNumber(locale, value, { most: 2 }));
    compare({ maximumFractionDigits: 0 }, (value) => plainNumber(locale, value, { most: 0 }));
    compare({ minimumFractionDigits: 2, maximumFractionDigits: 2 }, (value) => plainNumber(locale, value, { least: 2, most: 2 }));
  });

  it('are shares with their sign', () => {
    compare({ style: 'percent', maximumFractionDigits: 1 }, (value) => plainNumber(locale, value, { isPercent: true, most: 1 }));
    compare({ style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }, (value) => plainNumber(locale, value, { isPercent: true, most: 1, hasSign: true }));
  });

  it('are short where there is little room', () => {
    const large = samples().filter((value) => Math.abs(value) >= 10_000);
    compare({ notation: 'compact', compactDisplay: 'short', maximumFractionDigits: 1 }, (value) => plainNumber(locale, value, { isShort: true, most: 1 }), large);
  });

  it('are left to Intl when they are very large, very small or none', () => {
    expect([1e15, 1e21, Number.NaN, Number.POSITIVE_INFINITY, 1e-7].map((value) => plainNumber(locale, value))).toEqual(Array(5).fill(null));
  });
});

describe.each(locales)('dates in %s', (locale) => {
  const moments = Array.from({ length: 48 }, (_, index) => new Date(Date.UTC(2019 + (index % 9), index % 12, 1 + ((index * 7) % 28), (index * 5) % 24, (index * 13) % 60, index)));
  const compare = (options: Intl.DateTimeFormatOptions, write: (date: Date) => string) => {
    const format = new Intl.DateTimeFormat(regions[locale], { timeZone: 'UTC', ...options });
    for (const date of moments) expect(write(date), date.toISOString()).toBe(format.format(date));
  };

  it.each(styles)('are written as Intl writes them, %s', (month) => {
    compare({ month }, (date) => monthName(locale, date.getUTCMonth(), month));
    compare({ month, year: 'numeric' }, (date) => monthOf(locale, wallOf(date), month));
    compare({ day: 'numeric', month, year: 'numeric' }, (date) => dayOf(locale, wallOf(date), month));
    compare({ day: 'numeric', month, year: 'numeric', hour: '2-digit', minute: '2-digit' }, (date) => momentOf(locale, wallOf(date), month));
  });

  it('have their hours', () => {
    compare({ day: 'numeric', month: 'short' }, (date) => shortDay(locale, wallOf(date)));
    compare({ hour: '2-digit', minute: '2-digit' }, (date) => clockOf(wallOf(date)));
    compare({ hour: '2-digit', minute: '2-digit', second: '2-digit' }, (date) => clockOf(wallOf(date), true));
    compare({ dateStyle: 'long' }, (date) => dayOf(locale, wallOf(date), 'long'));
    compare({ dateStyle: 'medium', timeStyle: 'short' }, (date) => momentOf(locale, wallOf(date), 'short'));
  });
});
