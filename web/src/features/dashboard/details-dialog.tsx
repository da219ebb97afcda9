// The name of a dashboard, what it is about, where it is kept. Also makes a new one.
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useCollectionChoices } from '../../lib/collections';
import type { Dashboard } from '../../lib/question-types';
import { useI18n } from '../../shared/i18n';
import { Checkbox, Dialog, Form, Select, TextArea, TextField } from '../../ui';
import { useDashboardSaving } from './queries';

interface DetailsDialogProps {
  dashboard?: Dashboard;
  collection?: number | null;
  onClose: () => void;
}

export function DetailsDialog({ dashboard, collection = null, onClose }: DetailsDialogProps) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const saving = useDashboardSaving();
  const choices = useCollectionChoices();
  const [isAuto, setAuto] = useState(dashboard?.auto_apply_filters !== false);
  const [width, setWidth] = useState<string>(dashboard?.width ?? 'fixed');
  const [place, setPlace] = useState(dashboard ? dashboard.collection_id : collection);

  async function save(name: string, description: string) {
    const change = { name, description: description || null, collection_id: place, width, auto_apply_filters: isAuto };
    const saved = await saving.mutateAsync({ ...(dashboard && { id: dashboard.id }), ...change }).catch(() => null);
    if (!saved) return;
    onClose();
    if (!dashboard) go(`/dashboard/${saved.id}#edit`);
  }

  return (
    <Dialog title={dashboard ? t('Name, description, place') : t('New dashboard')} onClose={onClose}>
      <Form submitLabel={dashboard ? t('Save') : t('Create the dashboard')} error={saving.error} isPending={saving.isPending} onSubmit={({ name = '', description = '' }) => void save(name, description)}>
        <TextField name="name" label={t('Name')} isRequired autoFocus defaultValue={dashboard?.name ?? ''} maxLength={254} />
        <TextArea name="description" label={t('Description')} rows={2} defaultValue={dashboard?.description ?? ''} hint={t('Shown under the title, also to the public.')} />
        <Select label={t('Kept in')} choices={choices} value={place === null ? 'root' : String(place)} onChange={(id) => setPlace(id === 'root' ? null : Number(id))} />
        <Select
          label={t('Width')}
          choices={[
            { id: 'fixed', label: t('That of a page') },
            { id: 'full', label: t('That of the screen') },
          ]}
          value={width}
          onChange={setWidth}
        />
        <Checkbox isSelected={isAuto} onChange={setAuto} hint={t('Otherwise readers turn several, then press Apply.')}>
          {t('Each filter acts at once')}
        </Checkbox>
      </Form>
    </Dialog>
  );
}
