// A copy of a dashboard: with the same questions, or with copies of them.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useCollectionChoices } from '../../lib/collections';
import type { Dashboard } from '../../lib/question-types';
import { useI18n } from '../../shared/i18n';
import { Checkbox, Dialog, Form, Select, showToast, TextField } from '../../ui';
import { copyDashboard, type DashboardCopy } from './queries';

export function CopyDialog({ dashboard, onClose }: { dashboard: Dashboard; onClose: () => void }) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const [place, setPlace] = useState(dashboard.collection_id);
  const [isDeep, setDeep] = useState(false);
  const copying = useMutation({
    mutationFn: (copy: DashboardCopy) => copyDashboard(dashboard.id, copy),
    onSuccess: ({ id }) => {
      go(`/dashboard/${id}`);
      showToast(t('This is the copy'));
    },
  });

  return (
    <Dialog title={t('Duplicate {name}', { name: dashboard.name })} onClose={onClose}>
      <Form submitLabel={t('Duplicate')} error={copying.error} isPending={copying.isPending} onSubmit={({ name = '' }) => copying.mutate({ name, collection_id: place, is_deep_copy: isDeep })}>
        <TextField name="name" label={t('Name')} isRequired autoFocus defaultValue={t('{name}, a copy', { name: dashboard.name })} maxLength={254} />
        <Select label={t('Kept in')} choices={useCollectionChoices()} value={place === null ? 'root' : String(place)} onChange={(id) => setPlace(id === 'root' ? null : Number(id))} />
        <Checkbox isSelected={isDeep} onChange={setDeep} hint={t('Then changing a question of the copy leaves this dashboard as it is.')}>
          {t('Copy its questions too')}
        </Checkbox>
      </Form>
    </Dialog>
  );
}
