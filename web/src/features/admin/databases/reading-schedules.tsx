// When the tables of a database are read, and whether their values may be looked at.
import { useState } from 'react';
import type { ConnectedDatabase } from '../../../api/types';
import { errorText } from '../../../lib/error-text';
import { useI18n } from '../../../shared/i18n';
import { Checkbox, Form, Notice, showToast } from '../../../ui';
import { CronFields, scheduleOf } from '../../schedule';
import { type SentSchedule, useSchedules } from './queries';

const nightly = '0 2 * * *';

const sent = (cron: string): SentSchedule => scheduleOf(cron) ?? { schedule_type: 'cron', schedule_cron: cron };

export function ReadingSchedules({ database }: { database: ConnectedDatabase }) {
  const { t } = useI18n();
  const onSaved = () => showToast(t('The changes are saved.'));
  const reading = useSchedules(database.id, onSaved);
  const looking = useSchedules(database.id, onSaved);
  const consent = useSchedules(database.id, onSaved);
  const values = database.cache_field_values_schedule;
  const tables = database.metadata_sync_schedule ?? nightly;

  return (
    <>
      <When key={tables} label={t('Read the names of tables and columns')} cron={tables} change={reading} onSave={(cron) => reading.mutate({ metadata_sync: sent(cron) })} />
      <Checkbox
        isSelected={values !== null}
        hint={t('Then filters offer them in a list, and charts are chosen by what columns hold. Without this consent, a sample of each table is read to tell what its columns hold, and no value is listed.')}
        onChange={(isAllowed) => consent.mutate({ cache_field_values: isAllowed ? sent(nightly) : null })}
      >
        {t('The values of columns may be looked at and kept')}
      </Checkbox>
      {consent.isError && <Notice kind="danger">{errorText(t, consent.error)}</Notice>}
      {values !== null && <When key={`values ${values}`} label={t('Look at values')} cron={values} change={looking} onSave={(cron) => looking.mutate({ cache_field_values: sent(cron) })} />}
    </>
  );
}

interface WhenProps {
  label: string;
  cron: string;
  change: { error: unknown; isPending: boolean };
  onSave: (cron: string) => void;
}

function When({ label, cron, change, onSave }: WhenProps) {
  const { t } = useI18n();
  const [now, setNow] = useState(cron);

  return (
    <Form submitLabel={t('Save')} submitName={t('Save: {setting}', { setting: label })} isUnchanged={now === cron} error={change.error} isPending={change.isPending} onSubmit={() => onSave(now.trim())}>
      <CronFields name="schedules" label={label} cron={now} onChange={setNow} />
    </Form>
  );
}
