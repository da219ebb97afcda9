import { expect, it } from 'vitest';
import { readList, writeList } from './static-list';

it('reads a value on each line, and the name behind a comma', () => {
  expect(readList('FR, France\n\n  BE \n"a, b", "A ""quoted"" name"\nCH, CH', false)).toEqual([['FR', 'France'], ['BE'], ['a, b', 'A "quoted" name'], ['CH']]);
});

it('keeps numbers for filters of numbers, and drops what is none', () => {
  expect(readList('1, One\n2.5\nthree', true)).toEqual([[1, 'One'], [2.5]]);
  expect(readList('1', false)).toEqual([['1']]);
});

it('writes what it reads, also the plain lists of other clients', () => {
  const values = [['FR', 'France'], ['a, b'], ['say "x"', 'X, Y']];

  expect(readList(writeList(values), false)).toEqual(values);
  expect(writeList(['a', 'b'])).toBe('a\nb');
});

it('stops somewhere', () => {
  expect(readList(Array.from({ length: 5_000 }, (_, index) => `v${index}`).join('\n'), false)).toHaveLength(1_000);
});
