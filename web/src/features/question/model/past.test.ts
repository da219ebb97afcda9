import { expect, it } from 'vitest';
import type { Choosable } from './columns';
import { agoChoices, comparable, firstTime, past, timeGroup } from './past';
import { type Clause, emptyStage } from './query';

const column = (id: number, base_type: string): Choosable => ({ label: `C${id}`, group: '', ref: ['field', id, null], hasValues: null, column: { id, name: `c${id}`, display_name: `C${id}`, base_type } });
const columns = [column(1, 'type/Text'), column(2, 'type/DateTime'), column(3, 'type/Date')];
const month: Clause = ['field', 2, { 'temporal-unit': 'month' }];

it('goes back along the group of time, or along the first date', () => {
  expect(timeGroup({ ...emptyStage, breakouts: [['field', 1, null], month] }, columns)).toEqual(month);
  expect(timeGroup({ ...emptyStage, breakouts: [['field', 3, null]] }, columns)).toEqual(['field', 3, null]);
  expect(timeGroup({ ...emptyStage, breakouts: [['field', 1, null]] }, columns)).toBeUndefined();
  expect(firstTime(columns)?.label).toBe('C2');
});

it('knows how many rows a year is', () => {
  expect(agoChoices(month).map(({ count }) => count)).toEqual([1, 12]);
  expect(agoChoices(['field', 3, null]).map(({ count }) => count)).toEqual([1]);
});

it('makes the earlier value, the difference and the change', () => {
  const sum: Clause = ['sum', ['field', 4, null]];
  const before = ['offset', {}, sum, -12];
  const named = (formula: unknown) => ['aggregation-options', formula, { name: 'N', 'display-name': 'N' }];

  expect(past(sum, 'value', 12, 'N')).toEqual(named(before));
  expect(past(['aggregation-options', sum, { name: 'Turnover' }], 'difference', 12, 'N')).toEqual(named(['-', sum, before]));
  expect(past(sum, 'change', 12, 'N')).toEqual(named(['-', ['/', sum, before], 1]));
});

it('does not compare what compares already', () => {
  expect(comparable([['count'], past(['count'], 'change', 1, 'N')])).toEqual([['count']]);
});
