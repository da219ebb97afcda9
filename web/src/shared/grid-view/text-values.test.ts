import { expect, it } from 'vitest';
import { textValues } from './text-values';

it('gives the words of a text the values of their filters', () => {
  const mappings = [
    { parameter_id: 'a', target: ['text-tag', 'state'] },
    { parameter_id: 'b', target: ['text-tag', 'year'] },
    { parameter_id: 'a', target: ['dimension', ['field', 1, null]] },
    { parameter_id: 'a' },
  ];

  expect(textValues(mappings, { a: ['TX', 'NY'] })).toEqual({ state: 'TX, NY', year: '' });
});
