import { expect, it } from 'vitest';
import type { Clause } from './query';
import { timeUnit, unitsFor, withTimeUnit } from './time-unit';

const month: Clause = ['field', 43, { 'temporal-unit': 'month', 'source-field': 7 }];
const dataset = (more: object = {}) => ({ database: 1, type: 'query' as const, query: { 'source-table': 5, aggregation: [['count']], breakout: [['field', 61, null], month], 'order-by': [['desc', month], ['asc', ['aggregation', 0]]], ...more } });

it('changes the group and what is sorted by it, and nothing else', () => {
  const year = ['field', 43, { 'temporal-unit': 'year', 'source-field': 7 }];

  expect(timeUnit(dataset())).toBe('month');
  expect(withTimeUnit(dataset(), 'year')).toEqual(dataset({ breakout: [['field', 61, null], year], 'order-by': [['desc', year], ['asc', ['aggregation', 0]]] }));
});

it('is nothing for days of the week, for no time, and for SQL', () => {
  expect(timeUnit(dataset({ breakout: [['field', 43, { 'temporal-unit': 'day-of-week' }]] }))).toBeNull();
  expect(timeUnit(dataset({ breakout: [] }))).toBeNull();
  expect(timeUnit({ database: 1, type: 'native', native: { query: 'select 1' } })).toBeNull();
  expect(unitsFor('type/Date')).not.toContain('hour');
});
