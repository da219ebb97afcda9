// Numbers, with the signs around them that a column asks for.
import type { Locale } from '../i18n';
import type { ColumnSettings } from './column-settings';
import { minus, plainNumber } from './digits';

export const regions: Record<Locale, string> = { en: 'en-GB', fr: 'fr-FR' };

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format is slow, using it is not. */
function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.NumberFormat(regions[locale], options);

  formats.set(key, known);
  return known;
}

const styles: Record<string, (settings: ColumnSettings) => Intl.NumberFormatOptions> = {
  percent: () => ({ style: 'percent' }),
  scientific: () => ({ notation: 'scientific' }),
  currency: ({ currency, currency_style }) => ({
    style: 'currency',
    currency: /^[A-Z]{3}$/.test(currency ?? '') ? (currency as string) : 'EUR',
    currencyDisplay: currency_style === 'code' || currency_style === 'name' ? currency_style : 'narrowSymbol',
  }),
};

function digits({ decimals, number_style }: ColumnSettings, isCompact: boolean): Intl.NumberFormatOptions {
  if (typeof decimals === 'number' && decimals >= 0 && decimals <= 20) {
    return { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  }
  if (isCompact) return { minimumFractionDigits: 0, maximumFractionDigits: 1 };
  if (number_style === 'currency') return {};
  return { maximumFractionDigits: number_style === 'percent' ? 1 : 2 };
}

/** Small numbers keep three figures that mean something, so that 0.0042 is not 0. */
function tiny(value: number, settings: ColumnSettings): Intl.NumberFormatOptions | null {
  const size = Math.abs(settings.number_style === 'percent' ? value * 100 : value);

  return settings.decimals === undefined && size > 0 && size < 0.01 ? { maximumSignificantDigits: 3 } : null;
}

/** Null where Intl has to write: money, powers of ten, figures that mean something in what is tiny. */
function plain(locale: Locale, value: number, settings: ColumnSettings, isCompact: boolean): string | null {
  const { number_style, number_separators } = settings;
  const isPercent = number_style === 'percent';
  if ((!isPercent && number_style && number_style in styles) || tiny(value, settings)) return null;

  const { minimumFractionDigits: least = 0, maximumFractionDigits: most = 3 } = digits(settings, isCompact);
  const [decimal = '.', group = ''] = [...(number_separators ?? '')];
  const isShort = isCompact && Math.abs(value) >= 10_000;
  if (isShort && isPercent) return null;
  return plainNumber(locale, value, { least, most, isPercent, isShort, ...(number_separators && { decimal, group }) });
}

export function formatMeasure(locale: Locale, raw: number, settings: ColumnSettings = {}, isCompact = false): string {
  const value = raw * (settings.scale ?? 1);
  const text = plain(locale, value, settings, isCompact) ?? byIntl(locale, value, settings, isCompact);

  return `${settings.prefix ?? ''}${text}${settings.suffix ?? ''}`;
}

function byIntl(locale: Locale, value: number, settings: ColumnSettings, isCompact: boolean): string {
  const style = styles[settings.number_style ?? '']?.(settings) ?? {};
  const options: Intl.NumberFormatOptions = {
    ...style,
    ...(tiny(value, settings) ?? digits(settings, isCompact)),
    ...(isCompact && Math.abs(value) >= 10_000 && { notation: 'compact', compactDisplay: 'short' }),
  };

  return withSeparators(numberFormat(locale, options), value, settings.number_separators);
}

export const formatNumber = (locale: Locale, value: number): string => plainNumber(locale, value) ?? withSeparators(numberFormat(locale, {}), value);

/** A part of a whole. */
export const formatShare = (locale: Locale, share: number, most: number, hasSign = false): string =>
  plainNumber(locale, share, { isPercent: true, most, hasSign }) ?? withSeparators(numberFormat(locale, { style: 'percent', maximumFractionDigits: most, ...(hasSign && { signDisplay: 'exceptZero' }) }), share);

const signs: Partial<Record<Intl.NumberFormatPartTypes, string>> = { minusSign: minus, exponentMinusSign: minus };

/** `number_separators` is the decimal sign, then the one between thousands when there is one. */
function withSeparators(format: Intl.NumberFormat, value: number, separators?: string): string {
  const [decimal = '.', group = ''] = [...(separators ?? '')];
  const own = separators ? { ...signs, decimal, group } : signs;

  return format
    .formatToParts(value)
    .map(({ type, value: part }) => own[type] ?? part)
    .join('');
}
