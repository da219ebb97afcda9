import { expect, it } from 'vitest';
import type { Column } from '../../../shared/data';
import { suggestedKinds } from './suggested-kinds';

const month: Column = { name: 'month', display_name: 'Month', base_type: 'type/DateTime', unit: 'month', source: 'breakout' };
const count: Column = { name: 'count', display_name: 'Count', base_type: 'type/Integer', source: 'aggregation' };
const names = (cols: Column[], rows: (string | number)[][], display: string) => suggestedKinds({ cols, rows }, display).map((kind) => kind.display);

it('suggests what suits the answer, the best first, and not what is there already', () => {
  const byMonth = [['2026-01-01', 4], ['2026-02-01', 9]];

  expect(names([month, count], byMonth, 'table')).toEqual(['line', 'smartscalar', 'area', 'bar']);
  expect(names([month, count], byMonth, 'line')).not.toContain('line');
  // Of several series, no last figure is that of all.
  expect(names([month, { name: 'kind', display_name: 'Kind', base_type: 'type/Text', source: 'breakout' }, count], [['2026-01-01', 'a', 4], ['2026-01-01', 'b', 9]], 'table')).not.toContain('smartscalar');
  expect(names([count], [[4]], 'table')).toEqual(['scalar', 'progress', 'gauge']);
});
