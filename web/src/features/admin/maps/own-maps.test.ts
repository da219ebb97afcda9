import { expect, it } from 'vitest';
import { keyFor, likely, ownMaps, withMap } from './own-maps';

const map = (name: string, more = {}) => ({ name, url: 'https://example.fr/a.json', region_key: 'code', region_name: 'nom', ...more });

it('lists the maps of the administrators by name', () => {
  expect(ownMaps({ b: map('Villes'), a: map('Quartiers'), world_countries: map('World', { builtin: true }) }).map(([key]) => key)).toEqual(['a', 'b']);
  expect(ownMaps(null)).toEqual([]);
});

it('gives each a key that one can read and that is free', () => {
  expect(keyFor('Quartiers de Brest (été)', [])).toBe('quartiers_de_brest_ete');
  expect(keyFor('Quartiers', ['quartiers', 'quartiers_2'])).toBe('quartiers_3');
  expect(keyFor('地図', [])).toBe('map');
});

it('adds, replaces and removes one, and leaves the others', () => {
  const maps = { a: map('A', { read_at: '2026-03-01' }), built: map('Built', { builtin: true }) };

  expect(withMap(maps, 'b', map('B'))).toEqual({ a: map('A'), b: map('B') });
  expect(withMap(maps, 'a', null)).toEqual({});
});

it('guesses which property is the code and which the name', () => {
  expect([likely(['nom', 'code_insee'], 'key'), likely(['nom', 'code_insee'], 'name')]).toEqual(['code_insee', 'nom']);
  expect(likely(['fid', 'code', 'nom'], 'key')).toBe('code');
  expect([likely(['a', 'b'], 'key'), likely(['a', 'b'], 'name'), likely([], 'key')]).toEqual(['a', 'b', undefined]);
});
