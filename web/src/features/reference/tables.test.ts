import { expect, it } from 'vitest';
import type { Table } from '../../api/types';
import { meaningOf, typeInWords } from './field-words';
import { tablesBySchema } from './tables';

const table = (id: number, schema: string | null, display_name: string, name: string): Table => ({
  id,
  db_id: 1,
  schema,
  display_name,
  name,
  description: null,
  visibility_type: null,
});

const tables = [
  table(1, 'sales', 'Orders', 'orders'),
  table(2, null, 'Événements', 'events'),
  table(3, 'sales', 'Clients', 'tbl_clients'),
];

it('groups tables by schema, in order', () => {
  const groups = tablesBySchema(tables, '');

  expect(groups.map(({ schema }) => schema)).toEqual(['', 'sales']);
  expect(groups[1]?.tables.map(({ id }) => id)).toEqual([3, 1]);
});

it('finds a table by either name, without accents', () => {
  expect(tablesBySchema(tables, 'evenem')[0]?.tables[0]?.id).toBe(2);
  expect(tablesBySchema(tables, ' TBL_ ')[0]?.tables[0]?.id).toBe(3);
  expect(tablesBySchema(tables, 'nothing')).toEqual([]);
});

it.each([
  ['type/DateTimeWithLocalTZ', 'Date and time'],
  ['type/Date', 'Date'],
  ['type/Time', 'Time of day'],
  ['type/BigInteger', 'Whole number'],
  ['type/Decimal', 'Number'],
  ['type/PostgresEnum', 'Text'],
  ['type/*', 'Other'],
])('says %s as %s', (type, words) => {
  expect(typeInWords(type)).toBe(words);
});

it('keeps the name of a meaning that it does not know', () => {
  expect(meaningOf('type/Duration')).toBe('Duration');
});
