// The words of dates, as Intl writes them; see digits.ts for why they are written here.
import type { Locale } from '../i18n';

export type Style = 'long' | 'short';

const months: Record<Locale, Record<Style, string[]>> = {
  en: {
    long: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
    short: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'],
  },
  fr: {
    long: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
    short: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
  },
};

/** A moment on some wall: of the report in UTC, or of the reader. */
export interface Wall {
  year: number;
  /** From 0. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

export const wallOf = (date: Date): Wall => ({
  year: date.getUTCFullYear(),
  month: date.getUTCMonth(),
  day: date.getUTCDate(),
  hour: date.getUTCHours(),
  minute: date.getUTCMinutes(),
  second: date.getUTCSeconds(),
});

export const ownWallOf = (date: Date): Wall => ({
  year: date.getFullYear(),
  month: date.getMonth(),
  day: date.getDate(),
  hour: date.getHours(),
  minute: date.getMinutes(),
  second: date.getSeconds(),
});

export const monthName = (locale: Locale, month: number, style: Style): string => months[locale][style][month] ?? '';

export const monthOf = (locale: Locale, { month, year }: Wall, style: Style): string => `${monthName(locale, month, style)} ${year}`;

export const shortDay = (locale: Locale, { day, month }: Wall): string => `${day} ${monthName(locale, month, 'short')}`;

export const dayOf = (locale: Locale, wall: Wall, style: Style): string => `${wall.day} ${monthOf(locale, wall, style)}`;

const two = (part: number) => String(part).padStart(2, '0');

export const clockOf = ({ hour, minute, second }: Wall, hasSeconds = false): string => [hour, minute, ...(hasSeconds ? [second] : [])].map(two).join(':');

const at: Record<Locale, Record<Style, string>> = { en: { long: ' at ', short: ', ' }, fr: { long: ' à ', short: ', ' } };

export const momentOf = (locale: Locale, wall: Wall, style: Style, hasSeconds = false): string => dayOf(locale, wall, style) + at[locale][style] + clockOf(wall, hasSeconds);
