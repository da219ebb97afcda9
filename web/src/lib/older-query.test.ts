import { expect, it } from 'vitest';
import { olderQuery } from './older-query';

const id = (mark: string, more: object = {}) => ({ 'lib/uuid': mark, ...more });
const read = (stages: object[]) => olderQuery({ 'lib/type': 'mbql/query', database: 1, stages } as never);
const field = (target: number | string, more: object = {}) => ['field', id('f', { 'effective-type': 'type/Float', ...more }), target];

it('reads the stages of a question, the first one innermost', () => {
  const first = {
    'source-table': 5,
    joins: [{ alias: 'P', strategy: 'left-join', fields: 'all', conditions: [['=', id('c'), field(38), field(60, { 'join-alias': 'P' })]], stages: [{ 'source-table': 8 }] }],
    expressions: [['-', id('e', { 'lib/expression-name': 'Net' }), field(41), 1]],
    filters: [['>', id('g'), ['expression', id('h'), 'Net'], 10], ['contains', id('i', { 'case-sensitive': false }), field(61, { 'source-field': 38 }), 'a']],
    aggregation: [['count', id('n')], ['sum', id('s', { name: 'all', 'display-name': 'All of it' }), ['expression', id('h'), 'Net']]],
    breakout: [field(43, { 'temporal-unit': 'month' })],
    'order-by': [['desc', id('o'), ['aggregation', id('a'), 's']]],
  };
  const second = { filters: [['>', id('j'), field('count', { 'base-type': 'type/Integer' }), 3]], limit: 10 };

  expect(read([first, second])).toEqual({
    database: 1,
    type: 'query',
    query: {
      'source-query': {
        'source-table': 5,
        joins: [{ 'source-table': 8, alias: 'P', strategy: 'left-join', fields: 'all', condition: ['=', ['field', 38, null], ['field', 60, { 'join-alias': 'P' }]] }],
        expressions: { Net: ['-', ['field', 41, null], 1] },
        filter: ['and', ['>', ['expression', 'Net'], 10], ['contains', ['field', 61, { 'source-field': 38 }], 'a', { 'case-sensitive': false }]],
        aggregation: [['count'], ['aggregation-options', ['sum', ['expression', 'Net']], { name: 'all', 'display-name': 'All of it' }]],
        breakout: [['field', 43, { 'temporal-unit': 'month' }]],
        'order-by': [['desc', ['aggregation', 1]]],
      },
      filter: ['>', ['field', 'count', { 'base-type': 'type/Integer' }], 3],
      limit: 10,
    },
  });
});

it('reads periods, cases and saved questions', () => {
  const filters = [['time-interval', id('t', { 'include-current': true }), field(43), -30, 'day']];
  const expressions = [['case', id('c', { 'lib/expression-name': 'Size' }), [[['>', id('g'), field(41), 100], 'large']], 'small']];

  expect(read([{ 'source-card': 12, filters, expressions }])).toMatchObject({
    query: {
      'source-table': 'card__12',
      filter: ['time-interval', ['field', 43, null], -30, 'day', { 'include-current': true }],
      expressions: { Size: ['case', [[['>', ['field', 41, null], 100], 'large']], { default: 'small' }] },
    },
  });
});

it('reads SQL with its variables', () => {
  const tag = { id: 'x', name: 'who', 'display-name': 'Who', type: 'dimension', dimension: field(61) };

  expect(read([{ native: 'select 1 where {{who}}', 'template-tags': { who: tag } }])).toEqual({
    database: 1,
    type: 'native',
    native: { query: 'select 1 where {{who}}', 'template-tags': { who: { ...tag, dimension: ['field', 61, null] } } },
  });
});

it('gives back what is in the older form already, and stands what is broken', () => {
  const older = { database: 1, type: 'query' as const, query: { 'source-table': 5 } };

  expect(olderQuery(older)).toBe(older);
  expect(read([null as never])).toMatchObject({ type: 'query' });
});
