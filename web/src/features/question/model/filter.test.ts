import { expect, it } from 'vitest';
import { comparisonOf } from '../builder/filter-form';
import { boxClause, boxOf, partsOf, spanClause, spanOf } from './filter';
import type { Clause } from './query';
import { speakFilter } from './speak';
import { comparisons } from './words';

const created: Clause = ['field', 43, null];
const title: Clause = ['field', 7, null];

it.each<Clause[]>([
  [['time-interval', created, -45, 'day']],
  [['time-interval', created, 'current', 'month']],
  [['time-interval', created, 3, 'week', { 'include-current': true }]],
  [['relative-time-interval', created, -3, 'month', -1, 'year']],
])('a period is read and written without a change: %j', (clause) => {
  const span = spanOf(clause);

  expect(span && spanClause(span, created)).toEqual(clause);
});

it('reads the words of old periods, and leaves alone what has no words here', () => {
  expect(spanOf(['time-interval', created, 'last', 'month'])).toEqual(spanOf(['time-interval', created, -1, 'month']));
  expect(spanOf(['relative-time-interval', created, -3, 'month', 1, 'year'])).toBeNull();
  expect(spanOf(['=', created, '2026-01-01'])).toBeNull();
});

it('finds the options before the column and behind the values', () => {
  const behind = partsOf(['contains', title, 'a', { 'case-sensitive': false }]);
  const before = partsOf(['contains', { 'case-sensitive': false }, title, 'a', 'b']);

  expect(behind).toEqual({ head: 'contains', ref: title, values: ['a'], options: { 'case-sensitive': false } });
  expect(before).toEqual({ head: 'contains', ref: title, values: ['a', 'b'], options: { 'case-sensitive': false } });
});

it('only opens a form that shows the whole filter', () => {
  const shown = (filter: Clause, family: keyof typeof comparisons) => comparisonOf(comparisons[family], filter)?.id;

  expect(shown(['contains', { 'case-sensitive': false }, title, 'a', 'b'], 'text')).toBe('contains');
  expect(shown(['relative-time-interval', created, -3, 'month', -1, 'year'], 'date')).toBe('time-interval');
  expect(shown(['=', title, null], 'text')).toBeUndefined();
  expect(shown(['>', title, ['field', 8, null]], 'number')).toBeUndefined();
  expect(shown(['inside', title, created, 1, 2, 3, 4], 'number')).toBeUndefined();
  expect(shown(['not', ['contains', title, 'a']], 'text')).toBeUndefined();
});

it('reads boxes of conditions and says them, with brackets where they are needed', () => {
  const columns = [{ label: 'Title', group: 'Products', ref: title, column: { name: 'title', display_name: 'Title', base_type: 'type/Text' }, hasValues: null }];
  const is = (value: string): Clause => ['=', title, value];
  const speaker = { t: (text: string, values: Record<string, unknown> = {}) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name])), locale: 'en' as const };
  const nested: Clause = ['or', is('a'), ['and', is('b'), ['not-empty', title]]];

  expect(boxOf(nested)?.parts).toHaveLength(2);
  expect(boxOf(is('a'))).toBeNull();
  expect(boxOf(['or'])).toBeNull();
  expect(boxClause({ head: 'or', parts: [is('a')] })).toEqual(is('a'));
  expect(boxClause(boxOf(nested) as NonNullable<ReturnType<typeof boxOf>>)).toEqual(nested);
  expect(speakFilter(speaker, nested, columns)).toBe('Title is a or (Title is b and Title is not empty)');
});
