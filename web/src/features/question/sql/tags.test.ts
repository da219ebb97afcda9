import { expect, it } from 'vitest';
import type { TagSource } from '../draft';
import { tagNames, tagParameters, withSql, withTagMoved, withTagSource } from './tags';

const empty = { database: 1, type: 'native' as const, native: { query: '' } };

it('finds the variables of a text, each once', () => {
  expect(tagNames('select {{a}}, {{ b_c }}, {{a}} [[where x = {{d}}]] {{#12}}')).toEqual(['a', 'b_c', 'd']);
});

it('keeps what was set of a variable that stays, and forgets the one that goes', () => {
  const first = withSql(empty, 'select {{a}} {{b}}');
  const a = { ...(first.native?.['template-tags']?.a as object), type: 'number' } as never;
  const changed = { ...first, native: { query: '', 'template-tags': { ...first.native?.['template-tags'], a } } };
  const second = withSql(changed, 'select {{a}}');

  expect(Object.keys(second.native?.['template-tags'] ?? {})).toEqual(['a']);
  expect(second.native?.['template-tags']?.a?.type).toBe('number');
});

it('knows texts of the site and other questions, which ask for nothing', () => {
  const query = withSql(empty, 'select * from {{#12-src}} where {{snippet: Big orders}} and {{a}}');

  expect(query.native?.['template-tags']).toMatchObject({
    'snippet: Big orders': { type: 'snippet', 'snippet-name': 'Big orders' },
    '#12-src': { type: 'card', 'card-id': 12 },
    a: { type: 'text' },
  });
  expect(tagParameters(query).map(({ slug }) => slug)).toEqual(['a']);
});

it('gives a unit of time its own widget', () => {
  const query = withSql(empty, 'select {{u}}');
  const unit = { ...query.native?.['template-tags']?.u, type: 'temporal-unit', dimension: ['field', 1, null] } as never;

  expect(tagParameters({ ...query, native: { query: '', 'template-tags': { u: unit } } })[0]).toMatchObject({ type: 'temporal-unit', target: ['dimension', ['template-tag', 'u']], isMultiSelect: false });
});

it('makes a widget of each variable', () => {
  const query = withSql(empty, 'select {{min_total}}');

  expect(tagParameters(query)).toMatchObject([{ name: 'Min total', slug: 'min_total', type: 'category', target: ['variable', ['template-tag', 'min_total']] }]);
});

it('keeps the order of the variables, and which take several values', () => {
  const query = withSql(empty, 'select {{a}} {{b}} {{c}}');
  const ids = Object.values(query.native?.['template-tags'] ?? {}).map(({ id }) => id) as [string, string, string];
  const moved = withTagMoved(query, [], ids[2], 1);
  const slugs = (sources: TagSource[]) => tagParameters(query, sources).map(({ slug }) => slug);

  expect(slugs(moved)).toEqual(['a', 'c', 'b']);
  expect(slugs(withTagMoved(query, moved, ids[0], 2))).toEqual(['c', 'b', 'a']);
  expect(slugs(withTagMoved(query, moved, 'gone', 0))).toEqual(['a', 'c', 'b']);
  const many = withTagSource(query, moved, { id: ids[2], isMultiSelect: true });
  expect(slugs(many)).toEqual(['a', 'c', 'b']);
  expect(tagParameters(query, many).map(({ isMultiSelect }) => isMultiSelect)).toEqual([false, true, false]);
  // A variable that is new comes last.
  expect(tagParameters(withSql(query, 'select {{z}} {{a}} {{b}} {{c}}'), many).map(({ slug }) => slug)).toEqual(['a', 'c', 'b', 'z']);
});
