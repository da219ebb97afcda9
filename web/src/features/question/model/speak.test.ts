import { expect, it } from 'vitest';
import type { Choosable } from './columns';
import { type Clause, emptyStage, type Join, newQuery } from './query';
import { speakJoin, speakQuery, type Speaker } from './speak';

const speaker: Speaker = { locale: 'en', t: (text, values) => text.replace(/{(\w+)}/g, (_, name: string) => String(values?.[name])) };
const column = (id: number, group: string, alias?: string): Choosable => ({
  label: `c${id}`,
  group,
  ref: ['field', id, alias ? { 'join-alias': alias } : null],
  hasValues: null,
  column: { name: `c${id}`, display_name: `c${id}`, base_type: 'type/Integer' },
});
const columns = [column(1, 'Orders'), column(2, 'Products', 'Products'), column(3, 'Reviews', 'Reviews')];
const join = (alias: string, condition: Clause): Join => ({ 'source-table': 7, alias, strategy: 'left-join', fields: 'all', condition });
const ref = (at: number) => columns[at]?.ref;
const products = join('Products', ['=', ref(0), ref(1)]);

it('names both sides of a join, the nearest one when joins are chained', () => {
  expect(speakJoin(speaker, products, columns)).toBe('Orders with Products');
  expect(speakJoin(speaker, join('Reviews', ['=', ref(1), ref(2)]), columns)).toBe('Products with Reviews');
  expect(speakJoin(speaker, join('Reviews', ['=', ref(2), ref(1)]), columns)).toBe('Products with Reviews');
  expect(speakJoin(speaker, join('Reviews', ['and', ['=', ref(1), ref(2)], ['=', ref(0), ref(2)]]), columns)).toBe('Products with Reviews');
  expect(speakJoin(speaker, join('Reviews', ['>', ['+', 1, 2], ref(2)]), columns)).toBe('Orders with Reviews');
});

it('says what is joined in the sentence of the question', () => {
  const query = { ...newQuery(1, 5), stages: [{ ...emptyStage, joins: [products, join('Reviews', ['=', ref(1), ref(2)])] }] };

  expect(speakQuery(speaker, query, 'Orders', () => columns)).toBe('Rows of Orders with Products and Reviews.');
});
