import { expect, it } from 'vitest';
import { smallNote } from './small-groups';

const t = (id: string, values: Record<string, unknown> = {}) => id.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
const small = { below: 5, unknown: null, withheld_rows: [] as number[], left_out: 0, merged_row: null };

it('says what is left out of an answer, and nothing when all is there', () => {
  expect(smallNote(t, undefined)).toBeUndefined();
  expect(smallNote(t, small)).toBeUndefined();
  expect(smallNote(t, { ...small, withheld_rows: [1, 2] })).toBe('Figures of groups of fewer than 5 rows are withheld.');
  expect(smallNote(t, { ...small, left_out: 3 })).toMatch(/withheld/);
  expect(smallNote(t, { ...small, left_out: 3, merged_row: 7 })).toBe('Groups of fewer than 5 rows are put together.');
  expect(smallNote(t, { ...small, unknown: 'sql' })).toMatch(/^Nothing is shown/);
});
