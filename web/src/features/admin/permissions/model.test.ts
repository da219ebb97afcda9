import { expect, it } from 'vitest';
import { graphOf, levelAt, mixed, rank, type RightKind, rightKinds, tableWord, wholeWord, withTables } from './model';

const kind = (id: string) => rightKinds.find((one) => one.id === id) as RightKind;
const tables = [
  { id: 5, schema: 'stats' },
  { id: 6, schema: 'stats' },
  { id: 7, schema: null },
];

it('takes what is not said as nothing', () => {
  const place = { group: 3, database: 1, kind: kind('create-queries') };

  expect(levelAt({ 3: {} }, {}, place)).toBe('no');
  expect(levelAt({}, {}, { ...place, kind: kind('download') })).toBe('none');
});

it('lets a change win, and finds what lies one level deeper', () => {
  const place = { group: 1, database: 1, kind: kind('download') };
  const graph = { 1: { 1: { download: { schemas: 'limited' } } } };

  expect(levelAt(graph, {}, place)).toBe('limited');
  expect(levelAt(graph, { '1/1/download': 'none' }, place)).toBe('none');
});

it('lets each table speak for itself as soon as one differs', () => {
  const level = withTables('query-builder-and-native', kind('create-queries'), tables, [6], 'no');

  expect(level).toEqual({ stats: { 5: 'query-builder', 6: 'no' }, '': { 7: 'query-builder' } });
  expect(wholeWord(level, kind('create-queries'))).toBe(mixed);
  expect(tableWord(level, kind('create-queries'), { id: 6, schema: 'stats' })).toBe('no');
  expect(tableWord(level, kind('create-queries'), { id: 9, schema: 'new' })).toBe('no');
  expect(tableWord({ stats: 'query-builder' }, kind('create-queries'), { id: 6, schema: 'stats' })).toBe('query-builder');
});

it('sends only what changed, as the server keeps it', () => {
  expect(graphOf({ '3/1/download': 'full', '3/1/view-data': { '': { 7: 'blocked' } } })).toEqual({
    3: { 1: { download: { schemas: 'full' }, 'view-data': { '': { 7: 'blocked' } } } },
  });
});

it('knows which word allows more', () => {
  expect(rank(kind('download'), 'full')).toBeGreaterThan(rank(kind('download'), 'limited'));
});
