import { expect, it } from 'vitest';
import { before, counted, given, holdsSomething, upTo } from './preview';
import { type Clause, emptyStage, newQuery, toDatasetQuery } from './query';

const total: Clause = ['field', 41, null];
const stage = { ...emptyStage, filters: [['>', total, 10] as Clause], expressions: { double: ['*', total, 2] }, aggregations: [['count'] as Clause], breakouts: [['field', 61, null] as Clause], orders: [['desc', ['aggregation', 0]] as Clause], limit: 5 };
const query = { ...newQuery(1, 5), stages: [stage, { ...emptyStage, filters: [['>', ['field', 'count', null], 3] as Clause] }] };
const inner = (one: typeof query) => toDatasetQuery(one).query;

it('takes the question as far as a step', () => {
  expect(inner(upTo(query, 0, 'data'))).toEqual({ 'source-table': 5 });
  expect(inner(upTo(query, 0, 'filter'))).toEqual({ 'source-table': 5, filter: stage.filters[0], expressions: stage.expressions });
  expect(inner(upTo(query, 0, 'summary'))).toMatchObject({ aggregation: [['count']], breakout: stage.breakouts });
  expect(inner(upTo(query, 0, 'summary'))).not.toHaveProperty('limit');
  expect(inner(upTo(query, 1, 'data'))).toEqual({ 'source-query': inner(upTo(query, 0, 'order')) });
});

it('counts rows, groups, and what a limit leaves', () => {
  expect(inner(counted(upTo(query, 0, 'filter')))).toMatchObject({ 'source-table': 5, filter: stage.filters[0], aggregation: [['count']] });
  expect(inner(counted(upTo(query, 0, 'summary')))).toEqual({ 'source-query': inner(upTo(query, 0, 'summary')), aggregation: [['count']] });
  expect(inner(counted({ ...newQuery(1, 5), stages: [{ ...emptyStage, limit: 7 }] }))).toEqual({ 'source-query': { 'source-table': 5, limit: 7 }, aggregation: [['count']] });
});

it('knows which steps hold something', () => {
  expect((['data', 'join', 'filter', 'expressions', 'summary', 'order'] as const).map((step) => holdsSomething(stage, step))).toEqual([true, false, true, true, true, true]);
});

it('knows what comes into a step, and what it gives', () => {
  const into = (at: number, step: 'data' | 'join' | 'filter' | 'summary' | 'order') => {
    const earlier = before({ query, at, step });
    return earlier && inner(earlier);
  };

  expect(into(0, 'data')).toBeUndefined();
  expect(into(0, 'filter')).toEqual({ 'source-table': 5 });
  expect(into(0, 'summary')).toEqual(inner(upTo(query, 0, 'filter')));
  expect(into(0, 'order')).toEqual(inner(upTo(query, 0, 'summary')));
  expect(into(1, 'filter')).toEqual(inner(upTo(query, 0, 'order')));
  expect(given({ query, at: 0, step: 'join' })).toBeUndefined();
  expect(given({ query, at: 1, step: 'filter' })).toEqual(upTo(query, 1, 'filter'));
});
