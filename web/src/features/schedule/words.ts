// A schedule in the words of the reader.
import type { Schedule } from '../../api/types';
import { formatDatePart } from '../../shared/format';
import { type Locale, msg, type Translate } from '../../shared/i18n';
import { weekdays } from './schedule';

const sunday = 0;

export const dayName = (locale: Locale, day: string): string => formatDatePart(locale, weekdays.indexOf(day as (typeof weekdays)[number]) + 1, 'day-of-week', sunday);

export const timeOf = ({ schedule_hour: hour, schedule_minute: minute }: Schedule): string => `${String(hour ?? 0).padStart(2, '0')}:${String(minute ?? 0).padStart(2, '0')}`;

const monthly: Record<string, { plain: string; onDay: string }> = {
  first: { plain: msg('On the first day of each month at {time}'), onDay: msg('On the first {day} of each month at {time}') },
  mid: { plain: msg('On the 15th of each month at {time}'), onDay: msg('On the 15th of each month at {time}') },
  last: { plain: msg('On the last day of each month at {time}'), onDay: msg('On the last {day} of each month at {time}') },
};

export function speakSchedule(locale: Locale, t: Translate, schedule: Schedule): string {
  const { schedule_type: type, schedule_day: day, schedule_frame: frame } = schedule;
  const time = timeOf(schedule);
  const words = monthly[frame ?? 'first'] ?? monthly.first;

  if (type === 'hourly') return t('Every hour, at minute {minute}', { minute: schedule.schedule_minute ?? 0 });
  if (type === 'daily') return t('Every day at {time}', { time });
  if (type === 'weekly') return t('Every {day} at {time}', { day: dayName(locale, day ?? 'mon'), time });
  return t((day ? words?.onDay : words?.plain) ?? '', { ...(day && { day: dayName(locale, day) }), time });
}
