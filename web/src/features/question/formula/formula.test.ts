import { describe, expect, it } from 'vitest';
import type { Choosable } from '../model/columns';
import { FormulaError, parseFormula } from './parse';
import { printFormula } from './print';
import { typeOfFormula } from './type';

const column = (label: string, ref: Choosable['ref'], base_type: string, group = 'Orders'): Choosable => ({
  label,
  group,
  ref,
  hasValues: null,
  column: { name: label, display_name: label, base_type },
});

const columns = [
  column('Total', ['field', 41, null], 'type/Float'),
  column('Created At', ['field', 43, null], 'type/DateTime'),
  column('Title', ['field', 60, { 'source-field': 38 }], 'type/Text', 'Product'),
  column('Total', ['field', 12, { 'source-field': 38 }], 'type/Float', 'Product'),
];
const total = ['field', 41, null];
const parse = (text: string) => parseFormula(text, columns);

describe('formulas', () => {
  it.each([
    ['1 + 2 * 3', ['+', 1, ['*', 2, 3]]],
    ['(1 + 2) * 3', ['*', ['+', 1, 2], 3]],
    ['[Total] - 1 - 2', ['-', ['-', total, 1], 2]],
    ['Sum([Total]) / Count', ['/', ['sum', total], ['count']]],
    ['[total] > 10 AND [Total] < 20 and [Total] != 15', ['and', ['>', total, 10], ['<', total, 20], ['!=', total, 15]]],
    ['case([Total] > 10, "a", "b")', ['case', [[['>', total, 10], 'a']], { default: 'b' }]],
    ["concat([Product → Title], ' ', \"x\\\"y\")", ['concat', ['field', 60, { 'source-field': 38 }], ' ', 'x"y']],
    ['-[Total]', ['-', 0, total]],
    ['datetimeDiff([Created At], now, "day")', ['datetime-diff', ['field', 43, null], ['now'], 'day']],
    ['not isNull([Total])', ['not', ['is-null', total]]],
    ['in([Total], 1, 2)', ['=', total, 1, 2]],
  ])('%s', (text, clause) => {
    expect(parse(text)).toEqual(clause);
  });

  it.each([
    ['[Totl]', 0],
    ['1 +', 3],
    ['Sum([Total]', 11],
    ['Foo(1)', 0],
    ['1 § 2', 2],
    ['1 2', 2],
  ])('%s is wrong at %d', (text, at) => {
    expect(() => parse(text)).toThrow(FormulaError);
    try {
      parse(text);
    } catch (error) {
      expect((error as FormulaError).at).toBe(at);
    }
  });

  it.each(['1 + 2 * 3', '(1 + 2) * 3', '[Total] - (1 - 2)', 'case([Total] > 10, "a", "b")', 'Sum([Total]) / Count', '[Product → Total] * 2'])(
    'prints %s as it was written',
    (text) => {
      expect(printFormula(parse(text), columns)).toBe(text);
    },
  );

  it('knows what a formula gives', () => {
    expect(typeOfFormula(parse('[Total] * 2'), columns)).toBe('type/Float');
    expect(typeOfFormula(parse('upper([Title])'), columns)).toBe('type/Text');
    expect(typeOfFormula(parse('case([Total] > 1, "a", "b")'), columns)).toBe('type/Text');
    expect(typeOfFormula(parse('coalesce([Created At], now)'), columns)).toBe('type/DateTime');
  });
});

it('keeps the place of the options of an offset', () => {
  const clause = parseFormula('Count / Offset(Count, -1) - 1', []);

  expect(clause).toEqual(['-', ['/', ['count'], ['offset', {}, ['count'], -1]], 1]);
  expect(printFormula(clause, [])).toBe('Count / Offset(Count, -1) - 1');
});
