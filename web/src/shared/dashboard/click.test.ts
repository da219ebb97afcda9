import { expect, it } from 'vitest';
import type { Data } from '../data/types';
import { behaviorOf, clickAct, fillAddress, filterValue, hasClick } from './click';

const data: Data = {
  cols: [
    { name: 'CATEGORY', display_name: 'Category', base_type: 'type/Text', source: 'breakout' },
    { name: 'count', display_name: 'Count', base_type: 'type/Integer', source: 'aggregation' },
  ],
  rows: [['Gadget', 12]],
};
const meaning = { column: 1, value: 12, groups: [{ column: 0, value: 'Gadget' }] };
const context = { parameters: [{ id: 'p1', slug: 'region', name: 'Région', type: 'string/=' }], values: { p1: ['Bretagne'] } };
const mapping = (id: string, type = 'column', source = 'CATEGORY') => ({ [id]: { id, source: { type, id: source }, target: { type: 'parameter', id } } });

it('sets the filters that are mapped, from the group of what was clicked', () => {
  expect(clickAct({ type: 'crossfilter', parameterMapping: mapping('p2') }, data, meaning, context)).toEqual({ kind: 'filter', values: { p2: 'Gadget' } });
  expect(clickAct({ type: 'crossfilter', parameterMapping: mapping('p2', 'column', 'GONE') }, data, meaning, context)).toBeNull();
});

it('goes to another dashboard with values of columns and of filters', () => {
  const parameterMapping = { ...mapping('a'), ...mapping('b', 'parameter', 'p1') };

  expect(clickAct({ type: 'link', linkType: 'dashboard', targetId: 4, parameterMapping }, data, meaning, context)).toEqual({
    kind: 'page',
    page: 'dashboard',
    id: 4,
    tab: undefined,
    values: { a: 'Gadget', b: ['Bretagne'] },
    filters: [],
  });
});

it('goes to a question with values for its columns and for the variables of its SQL', () => {
  const dimension = ['dimension', ['field', 61, null]];
  const parameterMapping = {
    x: { id: 'x', source: { type: 'column', id: 'CATEGORY' }, target: { type: 'dimension', id: 'x', dimension } },
    y: { id: 'y', source: { type: 'parameter', id: 'p1' }, target: { type: 'dimension', id: 'y', dimension } },
    kind: { id: 'kind', source: { type: 'column', id: 'CATEGORY' }, target: { type: 'variable', id: 'kind' } },
  };

  expect(clickAct({ type: 'link', linkType: 'question', targetId: 4, parameterMapping }, data, meaning, context)).toMatchObject({
    page: 'question',
    values: { kind: 'Gadget' },
    filters: [
      { target: dimension, value: 'Gadget', column: { name: 'CATEGORY' } },
      { target: dimension, value: ['Bretagne'], type: 'string/=' },
    ],
  });
});

it('fills an address, and never runs a script', () => {
  const fill = (template: string, row: string) => fillAddress(template, data, { column: 0, value: row, groups: [{ column: 0, value: row }] }, context);

  expect(fill('https://example.fr/{{CATEGORY}}?r={{region}}', 'a b&c')).toBe('https://example.fr/a%20b%26c?r=Bretagne');
  expect(fill('{{CATEGORY}}', 'https://example.fr/x')).toBe('https://example.fr/x');
  expect(fill('{{CATEGORY}}', 'javascript:alert(1)')).toBeNull();
  expect(fill('{{CATEGORY}}', '//evil.example')).toBeNull();
  expect(fill('{{CATEGORY}}', '/\\evil.example')).toBeNull();
});

it('lets a column do something of its own, and invites clicks only where something happens', () => {
  const settings = { click_behavior: { type: 'none' }, column_settings: { '["name","CATEGORY"]': { click_behavior: { type: 'link', linkType: 'url', linkTemplate: '/x' } } } };

  expect(behaviorOf(settings, data, 0)?.type).toBe('link');
  expect(behaviorOf(settings, data, 1)?.type).toBe('none');
  expect(hasClick(settings)).toBe(true);
  expect(hasClick({ click_behavior: { type: 'none' } })).toBe(false);
});

it('writes a value as the filter takes it', () => {
  expect(filterValue('date/single', '2026-03-01T00:00:00Z')).toBe('2026-03-01');
  expect(filterValue('string/=', 'Gadget')).toEqual(['Gadget']);
});
