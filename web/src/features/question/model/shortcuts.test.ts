import { expect, it } from 'vitest';
import type { Choosable } from './columns';
import { freeName, partsIn, together } from './shortcuts';

const column = (base_type: string, semantic_type: string | null = null): Choosable => ({ label: 'A', group: '', ref: ['field', 1, null], hasValues: null, column: { name: 'a', display_name: 'A', base_type, semantic_type } });

it('takes moments and addresses apart, and nothing else', () => {
  expect(partsIn(column('type/DateTime')).map(({ id }) => id)).toContain('hour');
  expect(partsIn(column('type/Date')).map(({ id }) => id)).not.toContain('hour');
  expect(partsIn(column('type/Text', 'type/Email')).map(({ of }) => of(['field', 1, null]))).toEqual([['host', ['field', 1, null]], ['domain', ['field', 1, null]]]);
  expect(partsIn(column('type/Text'))).toEqual([]);
});

it('puts columns together with what stands between them', () => {
  expect(together([['field', 1, null], ['field', 2, null], ['field', 3, null]], ' ')).toEqual(['concat', ['field', 1, null], ' ', ['field', 2, null], ' ', ['field', 3, null]]);
  expect(together([['field', 1, null], ['field', 2, null]], '')).toEqual(['concat', ['field', 1, null], ['field', 2, null]]);
});

it('finds a name that is free', () => {
  expect(freeName('Year', ['Year', 'Year 2'])).toBe('Year 3');
});
