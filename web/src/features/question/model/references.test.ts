import { expect, it } from 'vitest';
import { type Clause, emptyStage, type Query } from './query';
import { isShown, withShown } from './shown';
import { withExpression, withoutBreakout, withoutExpression, withoutJoin } from './references';
import type { Choosable } from './columns';

const total: Clause = ['field', 41, null];
const net: Clause = ['expression', 'Net'];
const query: Query = {
  database: 1,
  source: 5,
  stages: [
    {
      ...emptyStage,
      expressions: { Net: ['-', total, 1], Twice: ['*', net, 2], Other: ['+', total, 1] },
      filters: [['>', net, 10], ['>', total, 1]],
      aggregations: [['sum', net], ['count']],
      breakouts: [net, total],
      orders: [['desc', ['aggregation', 1]], ['asc', total]],
    },
    { ...emptyStage, filters: [['>', ['field', 'Net', { 'base-type': 'type/Float' }], 3], ['>', ['field', 'count', null], 3]] },
  ],
};

it('a custom column takes along what was said of it, also in later steps', () => {
  const [first, second] = withoutExpression(query, 0, 'Net').stages;

  expect(Object.keys(first?.expressions ?? {})).toEqual(['Other']);
  expect(first).toMatchObject({ filters: [['>', total, 1]], aggregations: [['count']], breakouts: [total], orders: [['asc', total]] });
  expect(second?.filters).toHaveLength(1);
});

it('a new name is followed everywhere', () => {
  const [first, second] = withExpression(query, 0, 'Net', 'Without tax', ['-', total, 2]).stages;

  expect(Object.entries(first?.expressions ?? {})[0]).toEqual(['Without tax', ['-', total, 2]]);
  expect(first?.expressions.Twice).toEqual(['*', ['expression', 'Without tax'], 2]);
  expect(first?.filters[0]).toEqual(['>', ['expression', 'Without tax'], 10]);
  expect(second?.filters[0]).toEqual(['>', ['field', 'Without tax', { 'base-type': 'type/Float' }], 3]);
});

it('a join takes its columns along', () => {
  const far: Clause = ['field', 61, { 'join-alias': 'P' }];
  const stage = { ...emptyStage, joins: [{ 'source-table': 8, alias: 'P', strategy: 'left-join', condition: ['=', total, far] as Clause, fields: 'all' as const }], expressions: { A: ['lower', far] }, filters: [['=', far, 'x'], ['=', ['expression', 'A'], 'x'], ['>', total, 1]] as Clause[] };
  const [left] = withoutJoin({ ...query, stages: [stage] }, 0, 'P').stages;

  expect(left).toMatchObject({ joins: [], expressions: {}, filters: [['>', total, 1]] });
});

it('a group takes its order along', () => {
  expect(withoutBreakout(query.stages[0] as never, 1)).toEqual({ breakouts: [net], orders: [['desc', ['aggregation', 1]]] });
});

it('all columns of the source come back, until one is taken away', () => {
  const column = (id: number, options: object | null = null): Choosable => ({ label: String(id), group: '', ref: ['field', id, options], hasValues: null, column: { name: String(id), display_name: String(id), base_type: 'type/Text' } });
  const [one, two, far] = [column(1), column(2), column(3, { 'source-field': 2 })];
  const columns = [one, two, far];

  expect(columns.map((each) => isShown(emptyStage, each))).toEqual([true, true, false]);
  const less = withShown(emptyStage, columns, two, false);
  expect(less).toEqual([one.ref]);
  expect(withShown({ ...emptyStage, fields: less }, columns, two, true)).toBeNull();
  expect(withShown(emptyStage, columns, far, true)).toEqual([one.ref, two.ref, far.ref]);
});
