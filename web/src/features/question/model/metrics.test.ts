import { expect, it } from 'vitest';
import { parseFormula } from '../formula/parse';
import { printFormula } from '../formula/print';
import { metricChoices, newMetric, questionOfMetric } from './metrics';
import { toDatasetQuery } from './query';
import { speakSummary } from './speak';

const metric = (id: number, source: number | string, more: object = {}) => ({ id, name: `Metric ${id}`, type: 'metric' as const, dataset_query: { database: 1, type: 'query' as const, query: { 'source-table': source, aggregation: [['count']], ...more } } });
const month = ['field', 3, { 'temporal-unit': 'month' }];
const join = { 'source-table': 9, alias: 'J', strategy: 'left-join', condition: ['=', 1, 1], fields: 'none' };

it('offers the metrics of the same data, and the one that the question starts from', () => {
  const names = (source: number | string, own?: ReturnType<typeof metric>) => metricChoices(source, own, [metric(1, 5), metric(2, 6), metric(3, 5, { joins: [join] })], 'Metrics').map(({ label }) => label);

  expect(names(5)).toEqual(['Metric 1']);
  expect(names('card__3', metric(3, 5, { joins: [join] }))).toEqual(['Metric 3']);
  expect(names('card__4', { ...metric(4, 5), type: 'question' as never })).toEqual([]);
});

it('starts with the figure, by its usual groups', () => {
  expect(questionOfMetric(1, metric(7, 5, { breakout: [month] }))).toMatchObject({ source: 'card__7', stages: [{ aggregations: [['metric', 7]], breakouts: [month] }] });
});

it('is spoken of, and written in formulas, by its name', () => {
  const choices = metricChoices(5, undefined, [metric(1, 5)], 'Metrics');

  expect(speakSummary({ t: (text) => text, locale: 'en' }, ['metric', 1], choices)).toBe('Metric 1');
  expect(printFormula(['/', ['metric', 1], ['count']], choices)).toBe('[Metric 1] / Count');
  expect(parseFormula('[Metric 1] / Count', choices)).toEqual(['/', ['metric', 1], ['count']]);
});

it('counts rows until somebody says otherwise', () => {
  expect(toDatasetQuery(newMetric(1, 5))).toEqual({ database: 1, type: 'query', query: { 'source-table': 5, aggregation: [['count']] } });
});
