import { expect, it } from 'vitest';
import type { Data } from '../data/types';
import { overlay } from './overlay';
import { type Dashcard, settingsOf } from './types';

const dashcard = (id: number, more: Partial<Dashcard> = {}): Dashcard => ({
  id,
  card_id: id,
  card: { id, name: `Card ${id}`, display: 'scalar', visualization_settings: {} },
  series: [],
  row: 0,
  col: 0,
  size_x: 6,
  size_y: 3,
  dashboard_tab_id: null,
  parameter_mappings: [],
  visualization_settings: {},
  ...more,
});

it('lets the dashboard win over the question, column by column', () => {
  const card = dashcard(1, {
    card: { visualization_settings: { a: 1, b: 1, column_settings: { x: { decimals: 1 }, y: { decimals: 1, suffix: ' €' } } } },
    visualization_settings: { b: 2, column_settings: { y: { decimals: 2 }, z: { decimals: 3 } } },
  });

  expect(settingsOf(card)).toMatchObject({ a: 1, b: 2, column_settings: { x: { decimals: 1 }, y: { decimals: 2, suffix: ' €' }, z: { decimals: 3 } } });
});

const monthly = (name: string, rows: Data['rows']): Data => ({
  cols: [
    { name: 'month', display_name: 'Month', base_type: 'type/Date', source: 'breakout' },
    { name, display_name: name, base_type: 'type/Integer', source: 'aggregation' },
  ],
  rows,
});

it('lays one question over another, month by month', () => {
  const data = overlay([
    { name: 'Orders', data: monthly('count', [['2026-01', 1], ['2026-02', 2]]) },
    { name: 'Returns', data: monthly('count', [['2026-02', 5], ['2026-03', 6]]) },
  ]);

  expect(data?.cols.map(({ display_name }) => display_name)).toEqual(['Month', 'Orders', 'Returns']);
  expect(data?.rows).toEqual([['2026-01', 1, null], ['2026-02', 2, 5], ['2026-03', null, 6]]);
});

it('makes bars of single numbers', () => {
  const single = (value: number): Data => ({ cols: [{ name: 'count', display_name: 'Count', base_type: 'type/Integer' }], rows: [[value]] });

  expect(overlay([{ name: 'A', data: single(1) }, { name: 'B', data: single(2) }])?.rows).toEqual([['A', 1], ['B', 2]]);
});
