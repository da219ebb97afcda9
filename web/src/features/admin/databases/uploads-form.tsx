// Whether a database takes files that people send, and where it puts them.
import { useState } from 'react';
import type { ConnectedDatabase } from '../../../api/types';
import { useI18n } from '../../../shared/i18n';
import { Checkbox, Form, showToast, TextField } from '../../../ui';
import { useUploads } from './queries';

export function UploadsForm({ database }: { database: ConnectedDatabase }) {
  const { t } = useI18n();
  const [isOn, turn] = useState(database.uploads_enabled);
  const save = useUploads(database.id, () => showToast(t('The changes are saved.')));

  return (
    <Form
      submitLabel={t('Save')}
      submitName={t('Save: {setting}', { setting: t('Files') })}
      error={save.error}
      isPending={save.isPending}
      onSubmit={({ schema_name = '', table_prefix = '' }) => save.mutate({ enabled: isOn, ...(isOn && { schema_name: schema_name || null, table_prefix: table_prefix || null }) })}
    >
      <Checkbox isSelected={isOn} onChange={turn} hint={t('CSV and Excel files become tables here. The role of the connection must be allowed to make them; one database takes files at a time.')}>
        {t('People may upload files')}
      </Checkbox>
      {isOn && (
        <>
          <TextField name="schema_name" label={t('Schema')} isRequired defaultValue={database.uploads_schema_name ?? ''} />
          <TextField name="table_prefix" label={t('Beginning of the names of the tables')} defaultValue={database.uploads_table_prefix ?? ''} />
        </>
      )}
    </Form>
  );
}
