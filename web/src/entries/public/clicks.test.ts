import { expect, it } from 'vitest';
import type { Data } from '../../shared/data';
import { clicked, invitesClicks } from './clicks';

const data: Data = { cols: [{ name: 'SOURCE', display_name: 'Source', base_type: 'type/Text', source: 'breakout' }], rows: [['Twitter']] };
const chosen = { column: 0, value: 'Twitter', groups: [{ column: 0, value: 'Twitter' }], label: '', place: { x: 0, y: 0 } };
const parameters = [{ id: 'p1', name: 'Source', slug: 'source', type: 'string/=' }];
const filter = { click_behavior: { type: 'crossfilter', parameterMapping: { p1: { id: 'p1', source: { type: 'column', id: 'SOURCE' }, target: { type: 'parameter', id: 'p1' } } } } };

it('sets a filter of the page, and takes it back', () => {
  expect(clicked(filter, data, chosen, parameters, {})).toEqual({ filters: { p1: ['Twitter'] } });
  expect(clicked(filter, data, chosen, parameters, { p1: ['Twitter'] })).toEqual({ filters: { p1: null } });
});

it('touches no filter that the page does not show', () => {
  expect(clicked(filter, data, chosen, [], {})).toEqual({ filters: {} });
});

it('leads outside, never into the site of those who sign in', () => {
  const link = (more: object) => ({ click_behavior: { type: 'link', ...more } });

  expect(clicked(link({ linkType: 'url', linkTemplate: 'https://example.org/{{SOURCE}}' }), data, chosen, parameters, {})).toEqual({ address: 'https://example.org/Twitter' });
  expect(clicked(link({ linkType: 'url', linkTemplate: '/dashboard/3' }), data, chosen, parameters, {})).toEqual({});
  expect(clicked(link({ linkType: 'dashboard', targetId: 3 }), data, chosen, parameters, {})).toEqual({});
  expect(invitesClicks(link({ linkType: 'dashboard', targetId: 3 }))).toBe(false);
  expect(invitesClicks(filter)).toBe(true);
});
