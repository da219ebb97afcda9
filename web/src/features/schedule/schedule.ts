// When something is done again, in parts that have words: each hour, day, week or month. The keys are Metabase's;
// cron is what jobs are kept with.
import type { Schedule } from '../../api/types';

/** As the server counts them in six fields: 1 is Sunday. */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const dayNumber = (day: string | null | undefined): number => weekdays.indexOf((day ?? 'mon') as (typeof weekdays)[number]) + 1;

/** A schedule as cron: five fields where they can say it, else six. */
export function cronOf(schedule: Schedule): string {
  const { schedule_type: type, schedule_frame: frame, schedule_day: day, schedule_hour: hour, schedule_minute: minute = 0 } = schedule;
  const time = `${minute} ${hour ?? 0}`;

  if (type === 'hourly') return `${minute} * * * *`;
  if (type === 'daily') return `${time} * * *`;
  if (type === 'weekly') return `${time} * * ${dayNumber(day) - 1}`;
  if (frame === 'mid') return `${time} 15 * *`;
  if (frame === 'last') return day ? `0 ${time} ? * ${dayNumber(day)}L` : `0 ${time} L * ?`;
  return day ? `0 ${time} ? * ${dayNumber(day)}#1` : `${time} 1 * *`;
}

const isNumber = (text: string, most: number) => /^\d+$/.test(text) && Number(text) <= most;

function timed(schedule: Schedule, minute: string, hour: string): Schedule | null {
  return isNumber(minute, 59) && isNumber(hour, 23) ? { ...schedule, schedule_minute: Number(minute), schedule_hour: Number(hour) } : null;
}

/** The words for a cron line; nothing when it says more than they can. */
export function scheduleOf(cron: string): Schedule | null {
  const parts = cron.trim().split(/\s+/);
  const isQuartz = parts.length === 6 || (parts.length === 7 && parts[6] === '*');
  if (isQuartz && parts[0] !== '0') return null;
  if (!isQuartz && parts.length !== 5) return null;
  const [minute = '', hour = '', monthDay = '', month = '', weekday = ''] = isQuartz ? parts.slice(1) : parts;
  const isAnyMonthDay = monthDay === '*' || monthDay === '?';
  const isAnyWeekday = weekday === '*' || weekday === '?';

  if (month !== '*') return null;
  if (isAnyMonthDay && isAnyWeekday) return hour === '*' && isNumber(minute, 59) ? { schedule_type: 'hourly', schedule_minute: Number(minute) } : timed({ schedule_type: 'daily' }, minute, hour);
  return isAnyMonthDay ? onWeekday(weekday, isQuartz, minute, hour) : isAnyWeekday ? onMonthDay(monthDay, minute, hour) : null;
}

/** In five fields Sunday is 0 and 7, in six it is 1. */
function onWeekday(text: string, isQuartz: boolean, minute: string, hour: string): Schedule | null {
  const [, number, which = ''] = /^([0-7])(L|#1)?$/.exec(text) ?? [];
  const at = isQuartz ? Number(number) - 1 : Number(number) % 7;
  const day = number === undefined ? undefined : weekdays[at];

  if (!day || (which && !isQuartz)) return null;
  return timed(which ? { schedule_type: 'monthly', schedule_frame: which === 'L' ? 'last' : 'first', schedule_day: day } : { schedule_type: 'weekly', schedule_day: day }, minute, hour);
}

function onMonthDay(text: string, minute: string, hour: string): Schedule | null {
  const frame = { '1': 'first', '15': 'mid', L: 'last' }[text];

  return frame ? timed({ schedule_type: 'monthly', schedule_frame: frame }, minute, hour) : null;
}

/** The same time at another rhythm. */
export function withRhythm({ schedule_hour: hour, schedule_minute: minute, schedule_day: day }: Schedule, type: Schedule['schedule_type']): Schedule {
  const at = { schedule_minute: minute ?? 0, ...(type !== 'hourly' && { schedule_hour: hour ?? 2 }) };

  if (type === 'weekly') return { schedule_type: type, ...at, schedule_day: day ?? 'mon' };
  return type === 'monthly' ? { schedule_type: type, ...at, schedule_frame: 'first', schedule_day: null } : { schedule_type: type, ...at };
}
