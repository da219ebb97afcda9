import { expect, it } from 'vitest';
import { tagNames, tagParameters, withSql } from './tags';

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
