import { expect, it } from 'vitest';
import type { Schedule } from '../../api/types';
import { translator } from '../../shared/i18n';
import { messages as french } from '../../locales/fr.po';
import { cronOf, scheduleOf, withRhythm } from './schedule';
import { speakSchedule } from './words';

const at = { schedule_hour: 2, schedule_minute: 5 };
const cases: [cron: string, schedule: Schedule, words: string][] = [
  ['5 * * * *', { schedule_type: 'hourly', schedule_minute: 5 }, 'Chaque heure, à la minute\u00a05'],
  ['5 2 * * *', { schedule_type: 'daily', ...at }, 'Chaque jour à 02:05'],
  ['5 2 * * 0', { schedule_type: 'weekly', ...at, schedule_day: 'sun' }, 'Chaque dimanche à 02:05'],
  ['5 2 * * 6', { schedule_type: 'weekly', ...at, schedule_day: 'sat' }, 'Chaque samedi à 02:05'],
  ['5 2 1 * *', { schedule_type: 'monthly', ...at, schedule_frame: 'first' }, 'Le premier jour de chaque mois à 02:05'],
  ['5 2 15 * *', { schedule_type: 'monthly', ...at, schedule_frame: 'mid' }, 'Le 15 de chaque mois à 02:05'],
  ['0 5 2 L * ?', { schedule_type: 'monthly', ...at, schedule_frame: 'last' }, 'Le dernier jour de chaque mois à 02:05'],
  ['0 5 2 ? * 2#1', { schedule_type: 'monthly', ...at, schedule_frame: 'first', schedule_day: 'mon' }, 'Le premier lundi de chaque mois à 02:05'],
  ['0 5 2 ? * 6L', { schedule_type: 'monthly', ...at, schedule_frame: 'last', schedule_day: 'fri' }, 'Le dernier vendredi de chaque mois à 02:05'],
];

it.each(cases)('%s', (cron, schedule, words) => {
  expect(cronOf(schedule)).toBe(cron);
  expect(scheduleOf(cron)).toEqual(schedule);
  expect(speakSchedule('fr', translator('fr', french), schedule)).toBe(words);
});

it.each([
  ['0 0 6 * * ?', { schedule_type: 'daily', schedule_hour: 6, schedule_minute: 0 }],
  ['0 30 4 ? * 1 *', { schedule_type: 'weekly', schedule_hour: 4, schedule_minute: 30, schedule_day: 'sun' }],
  ['0 4 * * 7', { schedule_type: 'weekly', schedule_hour: 4, schedule_minute: 0, schedule_day: 'sun' }],
])('reads %s, as other clients write it', (cron, schedule) => {
  expect(scheduleOf(cron)).toEqual(schedule);
});

it.each(['*/5 * * * *', '0 2 * 3 *', '0 2 1-5 * *', '0 2 1 * 1', '30 0 2 * * ?', '0 25 * * *', '@daily', '', '0 2 ? * 2L'])('leaves %s to those who write cron', (cron) => {
  expect(scheduleOf(cron)).toBeNull();
});

it('keeps the time of day when the rhythm changes', () => {
  expect(withRhythm({ schedule_type: 'daily', ...at }, 'weekly')).toEqual({ schedule_type: 'weekly', ...at, schedule_day: 'mon' });
  expect(withRhythm({ schedule_type: 'weekly', ...at, schedule_day: 'fri' }, 'hourly')).toEqual({ schedule_type: 'hourly', schedule_minute: 5 });
  expect(withRhythm({ schedule_type: 'hourly', schedule_minute: 5 }, 'monthly')).toEqual({ schedule_type: 'monthly', schedule_minute: 5, schedule_hour: 2, schedule_frame: 'first', schedule_day: null });
});
