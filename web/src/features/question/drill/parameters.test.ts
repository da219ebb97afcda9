import { describe, expect, it } from 'vitest';
import type { Clause, DatasetQuery } from '../model/query';
import { dateClause, tagValues, withParameters } from './parameters';

const created: Clause = ['field', 43, null];
const by = (unit: string): Clause => ['field', 43, { 'temporal-unit': unit }];
const category = ['dimension', ['field', 61, { 'source-field': 38 }], { 'stage-number': 0 }];
const monthly: DatasetQuery = { database: 1, type: 'query', query: { 'source-table': 5, aggregation: [['count']], breakout: [by('month')], filter: ['>', ['field', 41, null], 10] } };
const apply = (type: string, value: unknown, target: unknown = category) => withParameters(monthly, [{ name: 'Filter', type, target, value }]);

describe('a filter of a dashboard', () => {
  it.each([
    ['string/=', ['Widget', 'Gadget'], ['=', category[1], 'Widget', 'Gadget']],
    ['string/!=', ['Widget'], ['!=', category[1], 'Widget']],
    ['string/contains', ['idg'], ['contains', category[1], 'idg', { 'case-sensitive': false }]],
    ['string/starts-with', ['a', 'b'], ['starts-with', { 'case-sensitive': false }, category[1], 'a', 'b']],
    ['number/between', ['1', '5'], ['between', category[1], 1, 5]],
    ['number/>=', '3', ['>=', category[1], 3]],
    ['id', ['12'], ['=', category[1], 12]],
    ['location/city', ['Lyon'], ['=', category[1], 'Lyon']],
    ['boolean/=', ['true'], ['=', category[1], true]],
  ])('%s %o', (type, value, clause) => {
    expect(apply(type, value).dataset.query?.filter).toEqual(['and', ['>', ['field', 41, null], 10], clause]);
  });

  it('on the unit of time changes the groups', () => {
    expect(apply('temporal-unit', 'week', ['dimension', created]).dataset.query?.breakout).toEqual([by('week')]);
  });

  it('that cannot be put in is named', () => {
    expect(apply('date/all-options', 'exclude-days-Someday').missed).toEqual(['Filter']);
    expect(apply('string/=', ['x'], ['text-tag', 'x']).missed).toEqual(['Filter']);
  });

  it('fills the boxes of a question in SQL', () => {
    expect(tagValues([{ name: 'A', type: 'string/=', target: ['variable', ['template-tag', 'kind']], value: ['a b', 'c'] }])).toBe('?kind=a+b&kind=c');
  });
});

it.each([
  ['past30days', ['time-interval', created, -30, 'day']],
  ['past3months~', ['time-interval', created, -3, 'month', { 'include-current': true }]],
  ['next2weeks', ['time-interval', created, 2, 'week']],
  ['thismonth', ['time-interval', created, 'current', 'month']],
  ['yesterday', ['time-interval', created, -1, 'day']],
  ['2026-03', ['=', by('month'), '2026-03-01']],
  ['Q3-2026', ['=', by('quarter'), '2026-07-01']],
  ['2026-03-05', ['=', by('day'), '2026-03-05']],
  ['2026-01-01~2026-02-01', ['between', by('day'), '2026-01-01', '2026-02-01']],
  ['2026-01-01~', ['>', by('day'), '2026-01-01']],
  ['~2026-01-01', ['<', by('day'), '2026-01-01']],
  ['2026-03-05T08:30', ['=', by('minute'), '2026-03-05T08:30']],
  ['2026-03-05T08:30~2026-03-05T10:00', ['between', created, '2026-03-05T08:30', '2026-03-05T10:00']],
  ['past3months-from-1years', ['relative-time-interval', created, -3, 'month', -1, 'year']],
  ['exclude-days-Mon-Sun', ['!=', ['get-day-of-week', created, 'iso'], 1, 7]],
  ['exclude-months-Feb', ['!=', ['get-month', created], 2]],
  ['exclude-quarters-1-4', ['!=', ['get-quarter', created], 1, 4]],
  ['exclude-hours-0-23', ['!=', ['get-hour', created], 0, 23]],
  ['exclude-hours-24', null],
  ['exclude-months-April', null],
  ['soon', null],
])('reads the date %s', (text, clause) => {
  expect(dateClause(created, text)).toEqual(clause);
});
