import { describe, expect, it } from 'vitest';
import type { Column } from '../../../shared/data';
import { type DatasetQuery, toDatasetQuery } from '../model/query';
import { type Asked, askedOf } from './context';
import { breakOut, distribution, filterBy, narrow, rowOf, rowsBehind, sortBy, summarise, zoomIn, zoomOf } from './drills';

const column = (name: string, base_type: string, more: Partial<Column> = {}): Column => ({ name, display_name: name, base_type, ...more });
const month = ['field', 43, { 'temporal-unit': 'month' }];
const category = ['field', 61, { 'source-field': 38 }];
const dataset = (query: object): DatasetQuery => ({ database: 1, type: 'query', query: { 'source-table': 5, ...query } });
const read = (query: object, cols: Column[]) => askedOf(dataset(query), cols, null) as Asked;

const created = column('CREATED_AT', 'type/DateTime', { unit: 'month', field_ref: month });
const count = column('count', 'type/Integer');
const monthly = read({ aggregation: [['count']], breakout: [month, category], filter: ['>', ['field', 41, null], 10], limit: 5 }, [created, column('CATEGORY', 'type/Text'), count]);
const groups = [
  { column: 0, value: '2026-03-01T00:00:00Z' },
  { column: 1, value: 'Widget' },
];
const total = column('TOTAL', 'type/Float', { binning_info: { bin_width: 20 } });
const ranges = read({ aggregation: [['count']], breakout: [['field', 41, { binning: { strategy: 'default' } }]] }, [total, count]);
const rows = read({}, [column('ID', 'type/Integer', { field_ref: ['field', 36, null] }), column('TOTAL', 'type/Float', { id: 41, field_ref: ['field', 41, null] }), column('CREATED_AT', 'type/DateTime', { field_ref: ['field', 43, null] })]);
const inner = (query: Parameters<typeof toDatasetQuery>[0]) => toDatasetQuery(query).query;

describe('a point of a chart', () => {
  it('shows the rows behind it', () => {
    expect(inner(rowsBehind(monthly, groups))).toEqual({
      'source-table': 5,
      filter: ['and', ['>', ['field', 41, null], 10], ['=', month, '2026-03-01T00:00:00Z'], ['=', category, 'Widget']],
    });
  });

  it('is broken out by another column, and keeps its figure', () => {
    expect(inner(breakOut(monthly, groups.slice(0, 1), ['field', 52, null]))).toEqual({
      'source-table': 5,
      filter: ['and', ['>', ['field', 41, null], 10], ['=', month, '2026-03-01T00:00:00Z']],
      aggregation: [['count']],
      breakout: [['field', 52, null]],
    });
  });

  it('opens its month by week, its week by day, and no further than minutes', () => {
    const weeks = zoomIn(monthly, groups);
    expect(inner(weeks)).toMatchObject({ breakout: [['field', 43, { 'temporal-unit': 'week' }], category], filter: ['and', ['>', ['field', 41, null], 10], ['=', month, '2026-03-01T00:00:00Z']] });

    const days = zoomIn({ query: weeks, cols: [{ ...created, unit: 'week' }, ...monthly.cols.slice(1)] }, [{ column: 0, value: '2026-03-02T00:00:00Z' }]);
    expect(inner(days)).toMatchObject({ breakout: [['field', 43, { 'temporal-unit': 'day' }], category], filter: ['and', ['>', ['field', 41, null], 10], ['=', ['field', 43, { 'temporal-unit': 'week' }], '2026-03-02T00:00:00Z']] });

    const minutes = read({ aggregation: [['count']], breakout: [['field', 43, { 'temporal-unit': 'minute' }]] }, [created, count]);
    expect(zoomOf(minutes, groups.slice(0, 1))).toBeNull();
  });

  it('opens its range in smaller ranges', () => {
    expect(inner(zoomIn(ranges, [{ column: 0, value: 40 }]))).toEqual({
      'source-table': 5,
      filter: ['and', ['>=', ['field', 41, null], 40], ['<', ['field', 41, null], 60]],
      aggregation: [['count']],
      breakout: [['field', 41, { binning: { strategy: 'bin-width', 'bin-width': 2 } }]],
    });
  });

  it('opens an area in both directions', () => {
    const place = (name: string, semantic_type: string) => column(name, 'type/Float', { semantic_type, binning_info: { bin_width: 10 } });
    const binned = (id: number) => ['field', id, { binning: { strategy: 'default' } }];
    const areas = read({ aggregation: [['count']], breakout: [binned(56), binned(51)] }, [place('LAT', 'type/Latitude'), place('LON', 'type/Longitude'), count]);

    expect(inner(zoomIn(areas, [{ column: 0, value: 40 }, { column: 1, value: 0 }]))).toMatchObject({
      filter: ['and', ['>=', ['field', 56, null], 40], ['<', ['field', 56, null], 50], ['>=', ['field', 51, null], 0], ['<', ['field', 51, null], 10]],
      breakout: [['field', 56, { binning: { strategy: 'bin-width', 'bin-width': 1 } }], ['field', 51, { binning: { strategy: 'bin-width', 'bin-width': 1 } }]],
    });
  });

  it('knows what is empty', () => {
    expect(inner(rowsBehind(monthly, [{ column: 1, value: null }]))?.filter).toEqual(['and', ['>', ['field', 41, null], 10], ['is-null', category]]);
  });
});

describe('a stretch of an axis', () => {
  it('narrows moments down, and a second time instead of the first', () => {
    const once = narrow(monthly, 0, '2026-01-01', '2026-03-01');
    const twice = narrow({ ...monthly, query: once }, 0, '2026-02-01', '2026-03-01');

    expect(inner(once)?.filter).toEqual(['and', ['>', ['field', 41, null], 10], ['between', month, '2026-01-01', '2026-03-01']]);
    expect(inner(twice)?.filter).toEqual(['and', ['>', ['field', 41, null], 10], ['between', month, '2026-02-01', '2026-03-01']]);
  });

  it('takes ranges of numbers whole', () => {
    expect(inner(narrow(ranges, 0, 20, 60))?.filter).toEqual(['and', ['>=', ['field', 41, null], 20], ['<', ['field', 41, null], 80]]);
  });
});

describe('a value', () => {
  it('of a figure filters after the summary', () => {
    expect(inner(filterBy(monthly, 2, '>', 30))).toMatchObject({ 'source-query': { aggregation: [['count']] }, filter: ['>', ['field', 'count', { 'base-type': 'type/Integer' }], 30] });
  });

  it('of a group filters before it', () => {
    expect(inner(filterBy(monthly, 1, '!=', 'Widget'))?.filter).toEqual(['and', ['>', ['field', 41, null], 10], ['!=', category, 'Widget']]);
    expect(inner(filterBy(ranges, 0, '=', 40))?.filter).toEqual(['and', ['>=', ['field', 41, null], 40], ['<', ['field', 41, null], 60]]);
  });

  it('of a row filters rows', () => {
    expect(inner(filterBy(rows, 1, '<', 55.39))).toEqual({ 'source-table': 5, filter: ['<', ['field', 41, null], 55.39] });
    expect(inner(filterBy(rows, 1, 'is-null', null))?.filter).toEqual(['is-null', ['field', 41, null]]);
  });

  it('of a key leads to its row', () => {
    expect(inner(rowOf(1, 7, 58, 12))).toEqual({ 'source-table': 7, filter: ['=', ['field', 58, null], 12] });
  });
});

describe('a column', () => {
  it('is sorted by, whatever it is', () => {
    expect(inner(sortBy(rows, 1, 'desc'))?.['order-by']).toEqual([['desc', ['field', 41, null]]]);
    expect(inner(sortBy(monthly, 2, 'desc'))?.['order-by']).toEqual([['desc', ['aggregation', 0]]]);
    expect(inner(sortBy(monthly, 0, 'asc'))?.['order-by']).toEqual([['asc', month]]);
  });

  it('shows how its values are spread', () => {
    expect(inner(distribution(rows, 1))).toEqual({ 'source-table': 5, aggregation: [['count']], breakout: [['field', 41, { binning: { strategy: 'default' } }]] });
    expect(inner(distribution(rows, 2))?.breakout).toEqual([month]);
  });

  it('is added up, over time too', () => {
    expect(inner(summarise(rows, 1, 'sum', month as never))).toEqual({ 'source-table': 5, aggregation: [['sum', ['field', 41, null]]], breakout: [month] });
    expect(inner(summarise(rows, 1, 'distinct', null))).toEqual({ 'source-table': 5, aggregation: [['distinct', ['field', 41, null]]] });
  });
});

describe('a question in SQL', () => {
  const sql: DatasetQuery = { database: 1, type: 'native', native: { query: 'select 1 as n' } };
  const cols = [column('n', 'type/Integer', { field_ref: ['field', 'n', { 'base-type': 'type/Integer' }] })];

  it('is a source once it is saved', () => {
    expect(inner(filterBy(askedOf(sql, cols, 7) as Asked, 0, '=', 1))).toEqual({ 'source-table': 'card__7', filter: ['=', ['field', 'n', { 'base-type': 'type/Integer' }], 1] });
    expect(askedOf(sql, cols, null)).toBeNull();
  });

  it('that waits for a value is none', () => {
    const tag = { id: 'a', name: 'x', 'display-name': 'X', type: 'text' as const };

    expect(askedOf({ ...sql, native: { query: 'select {{x}}', 'template-tags': { x: tag } } }, cols, 7)).toBeNull();
  });
});
