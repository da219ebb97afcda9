import { expect, it } from 'vitest';
import { oldest, type Piece, toAnswer, touched } from './answers';

const piece = (key: string, ...filters: string[]): Piece => ({ key, filters, path: () => `/${key}` });
const pieces = [piece('1:1', 'state'), piece('2:2', 'state', 'date'), piece('3:3')];
const keys = (before: object, after: object) => touched(pieces, before as never, after as never).map(({ key }) => key);

it('asks again only for what a filter touches', () => {
  expect(keys({ state: ['CA'] }, { state: ['NY'] })).toEqual(['1:1', '2:2']);
  expect(keys({ state: ['CA'] }, { state: ['CA'], date: 'past7days' })).toEqual(['2:2']);
  expect(keys({ state: null }, {})).toEqual([]);
});

it('tells the age of the oldest figures', () => {
  expect(oldest({ a: { isLoading: false, from: '2026-03-02T14:05:00Z' }, b: { isLoading: false, from: '2026-03-02T14:01:00Z' }, c: { isLoading: true } })).toBe('2026-03-02T14:01:00Z');
  expect(oldest({})).toBeUndefined();
});

it('knows the age of figures that were asked for now, and of those that were kept', () => {
  const result = { status: 'completed', data: { cols: [], rows: [] }, started_at: '2026-03-02T14:05:00Z' };

  expect(toAnswer({ ...result, cached: null }).from).toBe('2026-03-02T14:05:00Z');
  expect(toAnswer({ ...result, cached: '2026-03-02T14:01:00Z' }).from).toBe('2026-03-02T14:01:00Z');
  expect(toAnswer({ ...result, status: 'failed' }).from).toBeUndefined();
});
