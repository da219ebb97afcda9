import { expect, it } from 'vitest';
import { messages as english } from '../../locales/en.po';
import { messages as french } from '../../locales/fr.po';
import { translator } from '../i18n';
import { readSpan, speakSpan, writeSpan } from '.';
import { speakFilterValue } from './speak';

const texts = ['past30days', 'past30days~', 'next3months', 'thismonth', 'past1years-from-2years', 'past45minutes', 'next1weeks~'];

it.each(texts)('%s is read and written without a change', (text) => {
  const span = readSpan(text);

  expect(span && writeSpan(span)).toBe(text);
});

it('reads the short names of old addresses', () => {
  expect(readSpan('yesterday')).toEqual(readSpan('past1days'));
  expect(readSpan('lastquarter')).toEqual(readSpan('past1quarters'));
});

it('reads nothing else', () => {
  for (const text of ['', 'past', 'pastdays', 'this3days', 'past3parsecs', '2026-01-01~', 'past3days-from-', 'exclude-days-Mon']) expect(readSpan(text)).toBeNull();
});

it('is spoken in the language of the reader', () => {
  const say = (text: string, t = translator('en', english)) => speakSpan(t, readSpan(text) as never);
  const dire = (text: string) => say(text, translator('fr', french));

  expect(say('past45days')).toBe('the last 45 days');
  expect(say('past1days')).toBe('yesterday');
  expect(say('past3months-from-1years')).toBe('the last 3 months, 1 year earlier');
  expect(dire('past3months')).toBe('les 3 derniers mois');
  expect(dire('past1months')).toBe('le mois dernier');
  expect(dire('next2weeks~')).toBe('les 2 prochaines semaines, période en cours comprise');
});

it.each([
  ['past45days', 'Les 45 derniers jours'],
  ['thismonth', 'Ce mois-ci'],
  ['2026-03', 'mars 2026'],
  ['Q2-2026', 'T2 2026'],
  ['2026-01-01~2026-02-01', 'Du 1 janvier 2026 au 1 février 2026'],
  ['~2026-02-01', 'Avant le 1 février 2026'],
  ['exclude-days-Mon-Sun', 'Sauf lundi, dimanche'],
  ['what', 'what'],
])('%s is printed as words', (text, words) => {
  const parameter = { id: 'd', name: 'Date', slug: 'date', type: 'date/all-options' };

  expect(speakFilterValue({ t: translator('fr', french), locale: 'fr' }, parameter, text)).toBe(words);
});
