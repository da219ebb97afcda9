import { expect, it } from 'vitest';
import { messages as english } from '../../locales/en.po';
import { translator } from '../i18n';
import { textValues } from './text-values';

const i18n = { locale: 'en' as const, t: translator('en', english) };

it('gives the words of a text the values of their filters', () => {
  const mappings = [
    { parameter_id: 'a', target: ['text-tag', 'state'] },
    { parameter_id: 'b', target: ['text-tag', 'year'] },
    { parameter_id: 'a', target: ['dimension', ['field', 1, null]] },
    { parameter_id: 'a' },
  ];

  const parameters = [
    { id: 'a', name: 'State', slug: 'state', type: 'string/!=' },
    { id: 'b', name: 'Date', slug: 'date', type: 'date/all-options' },
  ];
  expect(textValues(i18n, parameters, mappings, { a: ['TX', 'NY'] })).toEqual({ state: 'TX, NY', year: '' });
  expect(textValues(i18n, parameters, mappings, { b: 'exclude-months-Jan' })).toEqual({ state: '', year: 'Except January' });
});
