import { expect, it } from 'vitest';
import { olderQuery } from './older-query';

const read = (query: object) => olderQuery({ database: 1, type: 'query', query: query as Record<string, unknown> }).query;

it('reads references of all six kinds, within each other too', () => {
  const breakout = [['datetime-field', ['field-id', 43], 'as', 'month'], ['datetime-field', ['fk->', 38, ['field-id', 65]], 'year'], ['binning-strategy', ['field-id', 41], 'num-bins', 5], ['binning-strategy', ['joined-field', 'P', ['field-id', 64]], 'default'], 7];

  expect(read({ 'source-table': 5, aggregation: [['sum', ['fk->', ['field-id', 38], ['field-id', 64]]]], breakout, filter: ['AND', ['=', ['field-literal', 'KIND', 'type/Text'], 'A_B'], ['>', ['field-id', 41], 10]] })).toEqual({
    'source-table': 5,
    aggregation: [['sum', ['field', 64, { 'source-field': 38 }]]],
    breakout: [
      ['field', 43, { 'temporal-unit': 'month' }],
      ['field', 65, { 'source-field': 38, 'temporal-unit': 'year' }],
      ['field', 41, { binning: { strategy: 'num-bins', 'num-bins': 5 } }],
      ['field', 64, { 'join-alias': 'P', binning: { strategy: 'default' } }],
      ['field', 7, null],
    ],
    filter: ['and', ['=', ['field', 'KIND', { 'base-type': 'type/Text' }], 'A_B'], ['>', ['field', 41, null], 10]],
  });
});

it('reads orders that were turned around, names in capitals, and inner questions', () => {
  const inner = { source_table: 5, aggregation: ['rows'], order_by: [[['field-id', 43], 'descending'], ['asc', 41]], fields: [1, ['field-id', 2]] };

  expect(read({ 'source-query': inner, LIMIT: 3 })).toEqual({
    'source-query': { 'source-table': 5, 'order-by': [['desc', ['field', 43, null]], ['asc', ['field', 41, null]]], fields: [['field', 1, null], ['field', 2, null]] },
    limit: 3,
  });
});

it('reads the conditions of joins and what custom columns are made of, and keeps their names', () => {
  const joins = [{ 'source-table': 8, alias: 'P', fields: 'all', condition: ['=', ['field-id', 38], ['joined-field', 'P', ['field-id', 60]]] }];

  expect(read({ 'source-table': 5, joins, expressions: { NET_PRICE: ['-', ['field-id', 41], 1] }, breakout: [['expression', 'NET_PRICE']] })).toEqual({
    'source-table': 5,
    joins: [{ 'source-table': 8, alias: 'P', fields: 'all', condition: ['=', ['field', 38, null], ['field', 60, { 'join-alias': 'P' }]] }],
    expressions: { NET_PRICE: ['-', ['field', 41, null], 1] },
    breakout: [['expression', 'NET_PRICE']],
  });
});

it('leaves questions of today as they are', () => {
  const stored = { database: 1, type: 'query' as const, query: { 'source-table': 5, filter: ['=', ['field', 61, { 'source-field': 38 }], 'Widget'], 'order-by': [['asc', ['aggregation', 0]]] } };

  expect(olderQuery(stored)).toBe(stored);
});
