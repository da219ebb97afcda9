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

it('makes a widget of each variable', () => {
  const query = withSql(empty, 'select {{min_total}}');

  expect(tagParameters(query)).toMatchObject([{ name: 'Min total', slug: 'min_total', type: 'category', target: ['variable', ['template-tag', 'min_total']] }]);
});
