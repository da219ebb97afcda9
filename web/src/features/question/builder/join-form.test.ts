import { expect, it } from 'vitest';
import type { Column } from '../../../shared/data';
import { type Choosable, joinedAnswerColumns } from '../model/columns';
import { firstJoin, withJoinUnit } from './join-form';

const own = (id: number, more: Partial<Column> = {}, options: object | null = null): Choosable => ({
  label: `C${id}`,
  group: 'Orders',
  ref: ['field', id, options],
  hasValues: null,
  column: { id, name: `C${id}`, display_name: `C${id}`, base_type: 'type/Integer', ...more },
});
const answer: Column[] = [
  { name: 'count', display_name: 'Count', base_type: 'type/Integer' },
  { id: 7, name: 'ID', display_name: 'ID', base_type: 'type/Integer' },
];
const rightOf = (alias: string) => joinedAnswerColumns({ alias }, answer);

it('joins a saved question along the key that points at a column of its answer', () => {
  const join = firstJoin({ source: 'card__3', name: 'People', columns: [own(1), own(2, { fk_target_field_id: 7 })], taken: [], rightOf });

  expect(join).toMatchObject({ 'source-table': 'card__3', alias: 'People', condition: ['=', ['field', 2, null], ['field', 'ID', { 'base-type': 'type/Integer', 'join-alias': 'People' }]] });
});

it('takes no key of columns that are none: figures have no number in common', () => {
  const join = firstJoin({ source: 'card__3', name: 'People', columns: [own(1, { id: null, fk_target_field_id: null })], taken: ['People'], rightOf });

  expect(join.alias).toBe('People 2');
  expect(join.condition[2]).toEqual(['field', 'count', { 'base-type': 'type/Integer', 'join-alias': 'People 2' }]);
});

it('joins what is grouped by the same column', () => {
  const join = firstJoin({ source: 'card__3', name: 'People', columns: [own(1), own(7)], taken: [], rightOf });

  expect([join.condition[1], (join.condition[2] as unknown[])[1]]).toEqual([['field', 7, null], 'ID']);
});

it('does not start from a column that is itself reached along a key', () => {
  const columns = [own(1), own(2, { fk_target_field_id: 7 }, { 'source-field': 9 })];

  expect(firstJoin({ source: 'card__3', name: 'People', columns, taken: [], rightOf }).condition[1]).toEqual(['field', 1, null]);
});

it('puts the same unit of time on both sides, and takes it away again', () => {
  const plain = ['=', ['field', 1, null], ['field', 2, { 'join-alias': 'People' }]] as ['=', ...unknown[]];
  const byMonth = withJoinUnit(plain, 'month');

  expect(byMonth).toEqual(['=', ['field', 1, { 'temporal-unit': 'month' }], ['field', 2, { 'join-alias': 'People', 'temporal-unit': 'month' }]]);
  expect(withJoinUnit(byMonth, undefined)).toEqual(plain);
  expect(withJoinUnit(['=', null, ['field', 2, null]], 'day')).toEqual(['=', null, ['field', 2, { 'temporal-unit': 'day' }]]);
});
