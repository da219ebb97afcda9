import { expect, it } from 'vitest';
import type { Question } from '../../../lib/question-types';
import { decodeDraft } from '../draft';
import { cardAddress } from './from-dashcard';

const kind = ['field', 'KIND', { 'base-type': 'type/Text' }];
const filter = { name: 'Kind', type: 'string/=', target: ['dimension', kind, { 'stage-number': 0 }], value: ['a'] };
const box = { name: 'Box', type: 'category', target: ['variable', ['template-tag', 'box']], value: 'b' };
const card = (type: Question['type'], dataset_query: Question['dataset_query']) => ({ id: 7, name: 'Q', type, display: 'table', dataset_query, visualization_settings: {} });
const sql = { database: 1, type: 'native' as const, native: { query: 'select 1' } };
const counted = { database: 1, type: 'query' as const, query: { 'source-table': 5, aggregation: [['count']] } };
const opened = (address: string) => decodeDraft(address.slice(address.indexOf('#')))?.dataset_query.query;

it('opens a model, and SQL, with what a dashboard filters as a question about what they give', () => {
  const onIt = { 'source-table': 'card__7', filter: ['=', kind, 'a'] };

  expect(opened(cardAddress(card('model', counted), [filter]))).toEqual(onIt);
  expect(opened(cardAddress(card('model', sql), [filter]))).toEqual(onIt);
  expect(opened(cardAddress(card('question', sql), [filter]))).toEqual(onIt);
});

it('puts filters into any other question, and values into the boxes of SQL', () => {
  expect(opened(cardAddress(card('question', counted), [filter]))).toEqual({ ...counted.query, filter: ['=', kind, 'a'] });
  expect(cardAddress(card('question', sql), [box])).toBe('/question/7?box=b');
  expect(cardAddress(card('model', sql), [])).toBe('/question/7');
});
