import { expect, it } from 'vitest';
import { searchAddress, searchFrom } from './address';

it('keeps what is searched in the address', () => {
  const search = { q: 'commandes & co', models: 'dashboard', created_by: '3' };

  expect(searchFrom(searchAddress(search).split('?')[1] ?? '')).toEqual(search);
  expect(searchAddress({ q: '' })).toBe('/browse/search');
});
