// Turns a message compiled from a .po file into a sentence. Plurals follow the rules of the locale.
import { formatNumber } from '../format/number';

export type Locale = 'en' | 'fr';
export type Values = Record<string, string | number>;
export type Message = string | Token[];
export type Catalogue = Record<string, Message>;
export type Translate = (id: string, values?: Values) => string;

type Token = string | [name: string, kind?: string, forms?: Record<string, Message>];

/** Marks a sentence that is translated later, where it is shown. */
export const msg = (id: string): string => id;

export function translator(locale: Locale, catalogue: Catalogue): Translate {
  return (id, values = {}) => fill(catalogue[id] ?? id, values, locale);
}

function fill(message: Message, values: Values, locale: Locale, count = ''): string {
  if (typeof message === 'string') return message;

  return message.map((token) => fillToken(token, values, locale, count)).join('');
}

/** Which counts take the singular. */
const isOne: Record<Locale, (count: number) => boolean> = { en: (count) => count === 1, fr: (count) => count < 2 };

function fillToken(token: Token, values: Values, locale: Locale, count: string): string {
  if (token === '#') return count;
  if (typeof token === 'string') return token;

  const [name, , forms] = token;
  const value = values[name] ?? '';
  if (!forms) return String(value);

  const number = Number(value);
  const form = forms[`=${number}`] ?? forms[isOne[locale](Math.abs(number)) ? 'one' : 'other'] ?? forms.other;
  return fill(form ?? '', values, locale, formatNumber(locale, number));
}
