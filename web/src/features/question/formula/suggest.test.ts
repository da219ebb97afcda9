import { expect, it } from 'vitest';
import type { Choosable } from '../model/columns';
import { suggest } from './suggest';

const column = (label: string, group = 'Orders'): Choosable => ({ label, group, ref: ['field', 1, null], hasValues: null, column: { name: label, display_name: label, base_type: 'type/Float' } });
const columns = [column('Total'), column('Created At'), column('Total', 'Product')];
const texts = (before: string, isSummary = false) => suggest(before, columns, isSummary).list.map(({ text }) => text);

it('offers functions and columns by their first letters', () => {
  expect(texts('round([Total] * tot')).toEqual(['[Total]', '[Product → Total]']);
  expect(texts('1 + abs')).toEqual(['abs(']);
  expect(texts('Su', true)[0]).toBe('Sum(');
  expect(texts('Su')).toEqual(['substring(']);
  expect(texts('[Total] > 1 and tot')[0]).toBe('[Total]');
});

it('writes no bracket after what takes nothing', () => {
  expect(texts('today')).toEqual(['today']);
});

it('knows where the word begins', () => {
  expect(suggest('1 + [cre', columns, false)).toMatchObject({ from: 4, isWord: true, list: [{ text: '[Created At]' }] });
});

it('offers nothing within a text or a number', () => {
  expect(texts('concat("tot')).toEqual([]);
  expect(texts('12')).toEqual([]);
});
