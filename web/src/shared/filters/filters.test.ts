import { expect, it } from 'vitest';
import { cleared, isNothing, isSent, sentValue, valuesAtStart, valuesFromAddress, valuesToAddress } from '.';

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

it('starts with what one chose the last time, unless the address says something', () => {
  const last = { a: 'CA', b: null, gone: ['x'] };

  expect(valuesAtStart('', parameters, {})).toEqual({ a: null, b: 'past30days' });
  expect(valuesAtStart('?tab=2', parameters, last)).toEqual({ a: ['CA'], b: [] });
  expect(valuesAtStart('?state=NY', parameters, last)).toEqual({ a: ['NY'], b: 'past30days' });
  expect(valuesAtStart('', [{ ...parameters[1], required: true } as never], last)).toEqual({ b: 'past30days' });
});

it('sends a filter that was cleared as nothing, and one that nobody touched not at all', () => {
  const values = cleared({ a: ['CA'], b: null }, { a: null, b: null });

  expect([isNothing(values.a), isSent(values.a), sentValue(values.a)]).toEqual([true, true, null]);
  expect(isSent(values.b)).toBe(false);
  expect(valuesToAddress(values, [parameters[0] as never])).toBe('');
});
