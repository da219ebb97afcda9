// The comparisons of rules, in words, and the values that people type for them.
import { msg } from '../../../shared/i18n';

export const operatorWords: Record<string, string> = {
  '=': msg('is'),
  '!=': msg('is not'),
  '<': msg('is less than'),
  '<=': msg('is at most'),
  '>': msg('is more than'),
  '>=': msg('is at least'),
};

const isNumber = (type: string) => /Integer|Float|Decimal|Number/.test(type);

/** Several values are separated by commas; those of a column of numbers are numbers. */
export function ruleValue(text: string, type: string): unknown {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => (isNumber(type) && Number.isFinite(Number(part)) ? Number(part) : part));

  return parts.length === 1 ? parts[0] : parts;
}
