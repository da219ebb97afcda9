import { expect, it } from 'vitest';
import { valuesFromAddress, valuesToAddress } from '.';

const parameters = [
  { id: 'a', name: 'State', slug: 'state', type: 'string/=' },
  { id: 'b', name: 'Date', slug: 'date', type: 'date/all-options', default: 'past30days' },
];

it('reads filters from the address, with their defaults', () => {
  expect(valuesFromAddress('?state=CA&state=NY', parameters)).toEqual({ a: ['CA', 'NY'], b: 'past30days' });
  expect(valuesFromAddress('?date=', parameters)).toEqual({ a: null, b: null });
});

it('writes them back, and says when a default was cleared', () => {
  const values = { a: ['CA'], b: null };

  expect(valuesToAddress(values, parameters)).toBe('?state=CA&date=');
  expect(valuesFromAddress(valuesToAddress(values, parameters), parameters)).toEqual(values);
});
