// When something is done again: a rhythm, a day, a time; or a line of cron.
import { useState } from 'react';
import type { Schedule } from '../../api/types';
import { useI18n } from '../../shared/i18n';
import { Select, TextField } from '../../ui';
import { cronOf, scheduleOf, weekdays, withRhythm } from './schedule';
import { dayName } from './words';

const numbers = (count: number) => Array.from({ length: count }, (_, number) => ({ id: String(number), label: String(number).padStart(2, '0') }));
const anyDay = 'any';
const other = 'other';
const never = 'never';

interface PartsProps {
  label: string;
  schedule: Schedule;
  onChange: (schedule: Schedule) => void;
}

function DayField({ label, schedule, onChange }: PartsProps) {
  const { t, locale } = useI18n();
  const isMonthly = schedule.schedule_type === 'monthly';
  // Weeks begin on Monday in a list of days.
  const days = [...weekdays.slice(1), weekdays[0]].map((id) => ({ id, label: dayName(locale, id) }));

  return (
    <Select
      label={t('{what}: which day', { what: label })}
      choices={[...(isMonthly ? [{ id: anyDay, label: t('Whatever day of the week') }] : []), ...days]}
      value={schedule.schedule_day ?? (isMonthly ? anyDay : 'mon')}
      onChange={(day) => onChange({ ...schedule, schedule_day: day === anyDay ? null : day })}
    />
  );
}

function FrameField({ label, schedule, onChange }: PartsProps) {
  const { t } = useI18n();

  return (
    <Select
      label={t('{what}: when in the month', { what: label })}
      choices={[
        { id: 'first', label: t('At the beginning') },
        { id: 'mid', label: t('On the 15th') },
        { id: 'last', label: t('At the end') },
      ]}
      value={schedule.schedule_frame ?? 'first'}
      onChange={(frame) => onChange({ ...schedule, schedule_frame: frame, ...(frame === 'mid' && { schedule_day: null }) })}
    />
  );
}

/** Day and time of a rhythm. */
function Parts(props: PartsProps) {
  const { label, schedule, onChange } = props;
  const { t } = useI18n();
  const { schedule_type: type, schedule_frame: frame } = schedule;
  const hasDay = type === 'weekly' || (type === 'monthly' && frame !== 'mid');

  return (
    <>
      {type === 'monthly' && <FrameField {...props} />}
      {hasDay && <DayField {...props} />}
      {type !== 'hourly' && (
        <Select
          label={t('{what}: at what time', { what: label })}
          isSearchable
          choices={numbers(24).map(({ id, label: hour }) => ({ id, label: `${hour}:${String(schedule.schedule_minute ?? 0).padStart(2, '0')}` }))}
          value={String(schedule.schedule_hour ?? 0)}
          onChange={(hour) => onChange({ ...schedule, schedule_hour: Number(hour) })}
        />
      )}
      {type === 'hourly' && (
        <Select
          label={t('{what}: at which minute', { what: label })}
          isSearchable
          choices={numbers(60)}
          value={String(schedule.schedule_minute ?? 0)}
          onChange={(minute) => onChange({ ...schedule, schedule_minute: Number(minute) })}
        />
      )}
    </>
  );
}

interface CronFieldsProps {
  label: string;
  cron: string;
  /** Whether it may be left empty: then it is never done by itself. */
  mayBeNever?: boolean;
  hint?: string;
  /** Of the line of cron: the server says there what is wrong with it. */
  name?: string;
  onChange: (cron: string) => void;
}

const usual: Schedule = { schedule_type: 'daily', schedule_hour: 2, schedule_minute: 0 };

export function CronFields({ label, cron, mayBeNever, hint, name, onChange }: CronFieldsProps) {
  const { t } = useI18n();
  const schedule = scheduleOf(cron);
  const [isWritten, setWritten] = useState(cron !== '' && !schedule);
  const rhythm = isWritten ? other : schedule ? schedule.schedule_type : mayBeNever ? never : other;

  function choose(id: string) {
    setWritten(id === other);
    if (id === never) onChange('');
    else if (id !== other) onChange(cronOf(withRhythm(schedule ?? usual, id as Schedule['schedule_type'])));
  }

  return (
    <>
      <Select
        label={label}
        choices={[
          ...(mayBeNever ? [{ id: never, label: t('Never') }] : []),
          { id: 'hourly', label: t('Every hour') },
          { id: 'daily', label: t('Every day') },
          { id: 'weekly', label: t('Every week') },
          { id: 'monthly', label: t('Every month') },
          { id: other, label: t('Other') },
        ]}
        value={rhythm}
        onChange={choose}
        {...(hint && { hint })}
      />
      {rhythm === other && <TextField {...(name && { name })} label={t('{what}, as cron writes it', { what: label })} isRequired value={cron} hint={t('Minute, hour, day, month, day of the week: 0 6 * * * is each day at six.')} onChange={onChange} />}
      {rhythm !== other && schedule && <Parts label={label} schedule={schedule} onChange={(changed) => onChange(cronOf(changed))} />}
    </>
  );
}
