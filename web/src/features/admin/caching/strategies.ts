// How long an answer may be shown again: four ways, as the server keeps them.
import { msg } from '../../../shared/i18n';

export type Strategy =
  | { type: 'nocache' }
  | { type: 'ttl'; multiplier: number; min_duration_ms: number }
  | { type: 'duration'; duration: number; unit: string }
  | { type: 'schedule'; schedule: string };

export const inherit = 'inherit';

export const ways = [
  { id: 'nocache', label: msg('Never again: each look asks the database') },
  { id: 'duration', label: msg('For some time') },
  { id: 'ttl', label: msg('For as long as it took, many times over') },
  { id: 'schedule', label: msg('Until the next time of a schedule') },
];

export const units = [
  { id: 'minutes', label: msg('minutes') },
  { id: 'hours', label: msg('hours') },
  { id: 'days', label: msg('days') },
];

const whole = (text: string | undefined, otherwise: number) => Math.max(1, Math.floor(Number(text)) || otherwise);

/** What the form says; nothing where it leaves the answer to what is above. */
export function strategyFrom(type: string, { duration, unit, multiplier, least, schedule }: Record<string, string>): Strategy | null {
  if (type === inherit) return null;
  if (type === 'duration') return { type, duration: whole(duration, 1), unit: unit ?? 'hours' };
  if (type === 'ttl') return { type, multiplier: whole(multiplier, 10), min_duration_ms: Math.max(0, Number(least) || 0) * 1_000 };
  if (type === 'schedule') return { type, schedule: (schedule ?? '').trim() };
  return { type: 'nocache' };
}

/** A strategy as a sentence: the message and its values. */
export function sentence(strategy: Strategy): [message: string, values: Record<string, string | number>] {
  if (strategy.type === 'duration') {
    const messages: Record<string, string> = {
      minutes: msg('{count, plural, one {for # minute} other {for # minutes}}'),
      hours: msg('{count, plural, one {for # hour} other {for # hours}}'),
      days: msg('{count, plural, one {for # day} other {for # days}}'),
    };
    return [messages[strategy.unit] ?? messages.hours ?? '', { count: strategy.duration }];
  }
  if (strategy.type === 'ttl') return [msg('for {count} times as long as it took'), { count: strategy.multiplier }];
  if (strategy.type === 'schedule') return [msg('until the next time of {schedule}'), { schedule: strategy.schedule }];
  return [msg('never'), {}];
}
