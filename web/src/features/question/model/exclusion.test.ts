import { expect, it } from 'vitest';
import { messages as french } from '../../../locales/fr.po';
import { translator } from '../../../shared/i18n';
import type { Choosable } from './columns';
import { exclusionClause, exclusionOf, readExclusion } from './exclusion';
import type { Clause } from './query';
import { speakFilter } from './speak';

const created: Clause = ['field', 43, null];
const column: Choosable = { label: 'Created At', group: 'Orders', ref: created, hasValues: null, column: { name: 'c', display_name: 'Created At', base_type: 'type/DateTime' } };

it.each(['exclude-days-Mon-Sun', 'exclude-months-Feb', 'exclude-quarters-1-4', 'exclude-hours-0-23'])('reads %s, and finds it again in its clause', (text) => {
  const read = readExclusion(text);
  const clause = read && exclusionClause(read, created);

  expect(clause && exclusionOf(clause)).toEqual({ ...read, ref: created });
});

it.each(['exclude-hours-24', 'exclude-months-April', 'exclude-minutes-3', 'exclude-days-', 'past3days'])('does not take %s for one', (text) => {
  expect(readExclusion(text)).toBeNull();
});

it('leaves other conditions alone', () => {
  expect(exclusionOf(['!=', created, 'a'])).toBeNull();
  expect(exclusionOf(['!=', ['get-day-of-week', created], 1])).toBeNull();
  expect(exclusionOf(['!=', ['get-month', created], 'March'])).toBeNull();
});

it('names what is left out, days from Monday on', () => {
  const speaker = { t: translator('fr', french), locale: 'fr' as const };
  const say = (text: string) => speakFilter(speaker, exclusionClause(readExclusion(text) as NonNullable<ReturnType<typeof readExclusion>>, created), [column]);

  expect(say('exclude-days-Mon-Sun')).toBe('Created At sauf lundi, dimanche');
  expect(say('exclude-months-Mar')).toBe('Created At sauf mars');
  expect(say('exclude-quarters-2')).toBe('Created At sauf T2');
});
