import { describe, expect, it } from 'vitest';
import { translator } from '../../../shared/i18n';
import { messages as english } from '../../../locales/en.po';
import { messages as french } from '../../../locales/fr.po';
import { decodeDraft, encodeDraft } from '../draft';
import { problemsOf } from '../problems';
import type { Choosable } from './columns';
import { sameColumn } from './columns';
import { type Clause, emptyStage, fromDatasetQuery, newQuery, toDatasetQuery, withStage } from './query';
import { speakQuery } from './speak';

const total: Clause = ['field', 41, null];
const created: Clause = ['field', 43, { 'temporal-unit': 'month' }];

const stored = {
  database: 1,
  type: 'query' as const,
  query: {
    'source-query': {
      'source-table': 5,
      filter: ['and', ['>', total, 10], ['time-interval', ['field', 43, null], -30, 'day']],
      aggregation: [['sum', total]],
      breakout: [created],
      'order-by': [['desc', ['aggregation', 0]]],
    },
    filter: ['>', ['field', 'sum', { 'base-type': 'type/Float' }], 100],
    limit: 10,
  },
};

const column = (label: string, ref: Clause, base_type: string): Choosable => ({ label, group: 'Orders', ref, hasValues: null, column: { name: label, display_name: label, base_type } });
const columns = [column('Total', total, 'type/Float'), column('Created At', ['field', 43, null], 'type/DateTime'), column('Sum', ['field', 'sum', null], 'type/Float')];

describe('a question', () => {
  it('is read and written without a change, stage by stage', () => {
    const query = fromDatasetQuery(stored);

    expect(query?.stages).toHaveLength(2);
    expect(query?.stages[0]?.filters).toHaveLength(2);
    expect(query && toDatasetQuery(query)).toEqual(stored);
  });

  it('starts empty', () => {
    expect(toDatasetQuery(newQuery(1, 'card__7'))).toEqual({ database: 1, type: 'query', query: { 'source-table': 'card__7' } });
    expect(fromDatasetQuery({ database: 1, type: 'native', native: { query: 'select 1' } })).toBeNull();
  });

  it('forgets an order by a figure that is gone', () => {
    const query = { ...newQuery(1, 5), stages: [{ ...emptyStage, aggregations: [['count'] as Clause], orders: [['desc', ['aggregation', 0]] as Clause] }] };

    expect(withStage(query, 0, { aggregations: [] }).stages[0]?.orders).toEqual([]);
  });

  it('says itself in the language of the reader', () => {
    const query = fromDatasetQuery(stored) as NonNullable<ReturnType<typeof fromDatasetQuery>>;
    const say = (locale: 'en' | 'fr', messages: typeof english) => speakQuery({ t: translator(locale, messages), locale }, query, 'Orders', () => columns).replace(/[\u00a0\u202f]/g, ' ');

    expect(say('en', english)).toBe(
      'Sum of Total of Orders by Created At (month), where Total is greater than 10, Created At in the last 30 days, sorted by Sum of Total, largest first; then rows, where Sum is greater than 100, the first 10 rows.',
    );
    expect(say('fr', french)).toBe(
      'Somme de Total de Orders par Created At (mois), où Total est plus grand que 10, Created At : les 30 derniers jours, trié par Somme de Total, du plus grand au plus petit ; puis lignes, où Sum est plus grand que 100, les 10 premières lignes.',
    );
  });

  it('goes into an address and comes back', () => {
    const draft = { dataset_query: stored, display: 'line', displayIsLocked: true, visualization_settings: { 'graph.goal_label': 'Objectif « été »' } };

    expect(decodeDraft(`#${encodeDraft(draft)}`)).toEqual(draft);
    expect(decodeDraft('#edit')).toBeNull();
    expect(decodeDraft('')).toBeNull();
  });
});

it('knows a column whatever its unit', () => {
  expect(sameColumn(created, ['field', 43, null])).toBe(true);
  expect(sameColumn(['field', 43, { 'source-field': 3 }], ['field', 43, null])).toBe(false);
});

it('puts an error at the step it is about', () => {
  expect(problemsOf('query.filter: there is no clause called foo')).toEqual({ filter: 'there is no clause called foo' });
  expect(problemsOf('query.source-query.order-by[0]: no')).toEqual({ 'order-by': 'no' });
  expect(problemsOf('SQLite: no such table')).toEqual({});
});
