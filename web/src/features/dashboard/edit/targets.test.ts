import { expect, it } from 'vitest';
import { savedSourceOf, type Sources, targetsOf, type Wired } from './targets';

const asked = (query: object, more: Partial<Wired> = {}): Wired => ({ id: 9, name: 'Q', dataset_query: { database: 1, type: 'query', query: query as Record<string, unknown> }, ...more });
const sql: Wired['dataset_query'] = { database: 1, type: 'native', native: { query: 'select 1', 'template-tags': { kind: { name: 'kind', 'display-name': 'Kind', type: 'text' } as never } } };
const field = (name: string, base_type: string) => ({ id: ['field', name, null], name, display_name: name.toLowerCase(), base_type });
const source = (id: string) => ({ id, db_id: 1, name: 'S', display_name: 'S', schema: null, description: null, fields: [field('KIND', 'type/Text'), field('N', 'type/Integer')] });
const sources = new Map([['card__7', source('card__7')], ['card__9', source('card__9')]]) as unknown as Sources;
const kind = { label: 'kind', target: ['dimension', ['field', 'KIND', { 'base-type': 'type/Text' }], { 'stage-number': 0 }] };

it('finds the columns of the saved question that a question reads from, by their names', () => {
  expect(targetsOf(asked({ 'source-table': 'card__7', aggregation: [['count']] }), 'string/=', sources)).toEqual([kind]);
  expect(targetsOf(asked({ 'source-query': { 'source-table': 'card__7' } }), 'number/=', sources).map(({ label }) => label)).toEqual(['n']);
  expect(targetsOf(asked({ 'source-table': 'card__8' }), null, sources)).toEqual([]);
});

it('finds what a model gives, also one in SQL; a question in SQL only has its variables', () => {
  expect(targetsOf(asked({ 'source-table': 5 }, { type: 'model' }), 'string/=', sources)).toEqual([kind]);
  expect(targetsOf({ id: 9, name: 'M', type: 'model', dataset_query: sql }, 'string/=', sources)).toEqual([{ label: 'Kind', target: ['variable', ['template-tag', 'kind']] }, kind]);
  expect(targetsOf({ id: 9, name: 'Q', type: 'question', dataset_query: sql }, 'string/=', sources).map(({ label }) => label)).toEqual(['Kind']);
});

it('knows where the values of such a column are', () => {
  expect(savedSourceOf(asked({ 'source-table': 'card__7' }))).toBe(7);
  expect(savedSourceOf(asked({ 'source-table': 5 }, { type: 'model' }))).toBe(9);
  expect(savedSourceOf(asked({ 'source-table': 5 }))).toBeNull();
});
