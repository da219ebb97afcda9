// What a filter holds, whatever the order that it is written in; and periods that move with today.
import type { Span } from '../../../shared/filters';
import type { Clause } from './query';

export interface FilterParts {
  head: string;
  ref: unknown;
  values: unknown[];
  options: Record<string, unknown>;
}

const isOptions = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Options stand behind the values, or before the column when there are several values. */
export function partsOf([head, ...others]: Clause): FilterParts {
  const [ref, ...values] = others.filter((one) => !isOptions(one));

  return { head, ref, values, options: others.find(isOptions) ?? {} };
}

/** Several conditions, of which one is enough, or all must hold. */
export interface Box {
  head: 'or' | 'and';
  parts: Clause[];
}

export function boxOf([head, ...parts]: Clause): Box | null {
  const isBox = (head === 'or' || head === 'and') && parts.length > 0 && parts.every((part) => Array.isArray(part));

  return isBox ? { head, parts: parts as Clause[] } : null;
}

/** A box of one condition is that condition. */
export const boxClause = ({ head, parts }: Box): Clause => (parts.length === 1 ? (parts[0] as Clause) : [head, ...parts]);

const counts: Record<string, number> = { last: -1, current: 0, next: 1 };

export function spanOf(filter: Clause): Span | null {
  const { head, values: [first, unit, shift, by], options } = partsOf(filter);
  const count = counts[String(first)] ?? Number(first);
  const isShifted = head === 'relative-time-interval';
  if (!(isShifted || head === 'time-interval') || !Number.isInteger(count) || typeof unit !== 'string') return null;

  const way = count === 0 ? 'this' : count < 0 ? 'past' : 'next';
  const span: Span = { way, count: Math.abs(count) || 1, unit, withNow: options['include-current'] === true };
  if (!isShifted) return span;
  // A period that goes one way from a start that lies the other way has no words here.
  const isSpoken = Number.isInteger(shift) && typeof by === 'string' && way !== 'this' && Math.sign(Number(shift)) === Math.sign(count);
  return isSpoken ? { ...span, from: { count: Math.abs(Number(shift)), unit: by } } : null;
}

export function spanClause({ way, count, unit, withNow, from }: Span, ref: Clause): Clause {
  const sign = way === 'past' ? -1 : 1;

  if (way === 'this') return ['time-interval', ref, 'current', unit];
  if (from) return ['relative-time-interval', ref, sign * count, unit, sign * from.count, from.unit];
  return ['time-interval', ref, sign * count, unit, ...(withNow ? [{ 'include-current': true }] : [])];
}
