import { expect, it } from 'vitest';
import { allRows, choicesPath, fileOfCard, rowsOfCard, type Source } from './source';

const parameters = [
  { id: 'a1', name: 'State', slug: 'state', type: 'string/=' },
  { id: 'b2', name: 'Date', slug: 'date', type: 'date/all-options' },
];
const link: Source = { base: '/stats', data: '/api/public/dashboard/u', parameters };
const frame: Source = { base: '', data: '/api/embed/dashboard/t.o.k', parameters };
const sent = (path: string) => JSON.parse(new URL(path, 'http://x').searchParams.get('parameters') ?? 'null') as unknown;

it('names filters by id on a link, and by word in a frame', () => {
  const values = { a1: ['CA', 'NY'], b2: null };

  expect(sent(allRows(link, values))).toEqual([{ id: 'a1', value: ['CA', 'NY'] }]);
  expect(sent(allRows(frame, values))).toEqual({ state: ['CA', 'NY'] });
  expect(sent(allRows({ ...frame, data: '/api/preview_embed/dashboard/t.o.k' }, values))).toEqual({ state: ['CA', 'NY'] });
  expect(allRows(frame, {})).toBe('/api/embed/dashboard/t.o.k/cards');
});

it('asks a pivot table for its totals, and files below the prefix of the site', () => {
  expect(rowsOfCard(frame, {}, 1, 2, 'pivot')).toBe('/api/embed/pivot/dashboard/t.o.k/dashcard/1/card/2');
  expect(fileOfCard(link, {}, 1, 2, 'xlsx')).toBe('/stats/api/public/dashboard/u/dashcard/1/card/2/xlsx');
});

it('narrows choices down by the filters that they depend on', () => {
  const city = { id: 'c3', name: 'City', slug: 'city', type: 'string/=', filteringParameters: ['a1'] };

  expect(choicesPath(link, city, '', { a1: ['CA', 'NY'], b2: 'past7days' })).toBe('/api/public/dashboard/u/params/c3/values?a1=CA&a1=NY');
  expect(choicesPath(frame, city, 'Saint-É', {})).toBe('/api/embed/dashboard/t.o.k/params/c3/search/Saint-%C3%89');
});
