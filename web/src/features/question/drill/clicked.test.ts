import { expect, it } from 'vitest';
import type { Column } from '../../../shared/data';
import { clickedFilter, dateText } from './clicked';

const target = ['dimension', ['field', 7, null]];
const column = (base_type: string, more: Partial<Column> = {}): Column => ({ name: 'c', display_name: 'C', base_type, ...more });

it.each([
  ['2026-03-01T00:00:00+01:00', 'month', '2026-03'],
  ['2026-03-02', 'week', '2026-03-02~2026-03-08'],
  ['2026-10-01', 'quarter', '2026-10-01~2026-12-31'],
  ['2024-01-01', 'year', '2024-01-01~2024-12-31'],
  ['2026-03-02T10:00:00Z', 'day', '2026-03-02'],
  ['soon', 'week', 'soon'],
])('a click on %s, by %s, is the filter %s', (value, unit, text) => {
  expect(dateText(value, unit)).toBe(text);
});

it('compares as the column asks for', () => {
  expect(clickedFilter({ target, value: 'Gadget', column: column('type/Text') })).toEqual({ name: 'C', type: 'string/=', target, value: ['Gadget'] });
  expect(clickedFilter({ target, value: 12, column: column('type/Integer', { semantic_type: 'type/FK' }) })).toMatchObject({ type: 'id', value: [12] });
  expect(clickedFilter({ target, value: 1.5, column: column('type/Float') })).toMatchObject({ type: 'number/=', value: [1.5] });
  expect(clickedFilter({ target, value: true, column: column('type/Boolean') })).toMatchObject({ type: 'boolean/=', value: [true] });
  expect(clickedFilter({ target, value: '2026-03-01', column: column('type/Date', { unit: 'month' }) })).toMatchObject({ type: 'date/all-options', value: '2026-03' });
});

it('takes the value of a filter as that filter compares', () => {
  expect(clickedFilter({ target, value: ['a'], type: 'string/contains' })).toEqual({ name: '', type: 'string/contains', target, value: ['a'] });
});
