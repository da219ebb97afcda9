import { expect, it } from 'vitest';
import { namedParts, tableName, writtenName } from './names';

it('quotes what the database would read as another name', () => {
  expect(writtenName('postgres', 'total')).toBe('total');
  expect(writtenName('postgres', 'Total')).toBe('"Total"');
  expect(writtenName('mysql', 'a name')).toBe('`a name`');
  expect(writtenName('sqlserver', 'a name')).toBe('[a name]');
  expect(writtenName('sqlite', 'say "a"')).toBe('"say ""a"""');
  expect(tableName('postgres', { schema: 'public', name: 'Orders' })).toBe('public."Orders"');
  expect(tableName('sqlite', { schema: null, name: 'ORDERS' })).toBe('ORDERS');
});

it('finds what a text names with "with"', () => {
  expect(namedParts('with recent as (select 1), per_day (day, n) as materialized (select 2) select * from ')).toEqual(['recent', 'per_day']);
  expect(namedParts('WITH RECURSIVE n(i) AS (select 1) select')).toEqual(['n']);
  expect(namedParts('select a as (b), c as d from t')).toEqual([]);
});
