// When the tables of a database are read, and whether their values may be looked at.
import { useState } from 'react';
import type { ConnectedDatabase, Schedule } from '../../../api/types';
import { errorText } from '../../../lib/error-text';
import { useI18n } from '../../../shared/i18n';
import { Checkbox, Notice, Select, showToast } from '../../../ui';
import { useSchedules } from './queries';

const nightly: Schedule = { schedule_type: 'daily', schedule_hour: 2, schedule_minute: 0 };

export function ReadingSchedules({ database: { id, schedules } }: { database: ConnectedDatabase }) {
  const { t } = useI18n();
  const save = useSchedules(id, () => showToast(t('The changes are saved.')));
  const values = schedules.cache_field_values;
  const sync = schedules.metadata_sync ?? nightly;

  return (
    <>
      <ScheduleChoice label={t('Read the names of tables and columns')} schedule={sync} onChange={(metadata_sync) => save.mutate({ metadata_sync })} />
      <Checkbox
        isSelected={values !== null}
        hint={t('Then filters offer them in a list, and charts are chosen by what columns hold. Without this consent, no value is looked at but by questions.')}
        onChange={(isAllowed) => save.mutate({ cache_field_values: isAllowed ? nightly : null })}
      >
        {t('The values of columns may be looked at and kept')}
      </Checkbox>
      {values && <ScheduleChoice label={t('Look at values')} schedule={values} onChange={(cache_field_values) => save.mutate({ cache_field_values })} />}
      {save.isError && <Notice kind="danger">{errorText(t, save.error)}</Notice>}
    </>
  );
}

function ScheduleChoice({ label, schedule, onChange }: { label: string; schedule: Schedule; onChange: (schedule: Schedule) => void }) {
  const { t } = useI18n();
  const [hour, setHour] = useState(String(schedule.schedule_hour ?? 2));
  const minute = schedule.schedule_minute ?? 0;
  const type = schedule.schedule_type;
  const made = (schedule_type: Schedule['schedule_type'], at: string): Schedule => ({
    schedule_type,
    schedule_minute: minute,
    ...(schedule_type !== 'hourly' && { schedule_hour: Number(at) }),
    ...(schedule_type === 'weekly' && { schedule_day: schedule.schedule_day ?? 'sun' }),
  });

  return (
    <>
      <Select
        label={label}
        choices={[
          { id: 'hourly', label: t('Every hour') },
          { id: 'daily', label: t('Every day') },
          { id: 'weekly', label: t('Every week, on Sunday') },
        ]}
        value={type}
        onChange={(next) => onChange(made(next as Schedule['schedule_type'], hour))}
      />
      {type !== 'hourly' && (
        <Select
          label={t('{what}: at what time', { what: label })}
          choices={Array.from({ length: 24 }, (_, at) => ({ id: String(at), label: `${String(at).padStart(2, '0')}:${String(minute).padStart(2, '0')}` }))}
          value={hour}
          onChange={(at) => {
            setHour(at);
            onChange(made(type, at));
          }}
        />
      )}
    </>
  );
}
