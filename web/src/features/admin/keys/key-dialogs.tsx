// Creating, replacing and revoking a key. A key is shown once, when it is made.
import { useState } from 'react';
import type { ApiKey } from '../../../api/types';
import { useI18n } from '../../../shared/i18n';
import { Button, ConfirmDialog, CopyText, Dialog, Form, Notice, Select, showToast, TextField } from '../../../ui';
import { everyoneId, groupName } from '../groups/group-names';
import { useGroups } from '../groups/queries';
import { useCreateKey, useRegenerateKey, useRevokeKey } from './queries';

interface NewKeyDialogProps {
  onCreated: (key: ApiKey) => void;
  onClose: () => void;
}

export function NewKeyDialog({ onCreated, onClose }: NewKeyDialogProps) {
  const { t } = useI18n();
  const [groupId, setGroupId] = useState(String(everyoneId));
  const groups = useGroups().data ?? [];
  const create = useCreateKey(onCreated);

  return (
    <Dialog title={t('Create a key')} onClose={onClose}>
      <Form
        submitLabel={t('Create')}
        error={create.error}
        isPending={create.isPending}
        onSubmit={({ name = '' }) => create.mutate({ name, group_id: Number(groupId) })}
      >
        <TextField
          name="name"
          label={t('Name of the key')}
          hint={t('Say what it is for: “nightly export”, “dbt”.')}
          isRequired
          autoFocus
          autoComplete="off"
        />
        <Select
          label={t('Group')}
          hint={t('The program has the rights of this group.')}
          choices={groups.map((group) => ({ id: String(group.id), label: groupName(t, group) }))}
          value={groupId}
          onChange={setGroupId}
          isRequired
        />
      </Form>
    </Dialog>
  );
}

interface KeyDialogProps {
  apiKey: ApiKey;
  onClose: () => void;
}

export function SecretDialog({ apiKey, onClose }: KeyDialogProps) {
  const { t } = useI18n();

  return (
    <Dialog title={t('The key {name}', { name: apiKey.name })} onClose={onClose}>
      <CopyText label={t('Key')} text={apiKey.unmasked_key ?? ''} />
      <Notice kind="warning">{t('Copy it now: it is shown only once. Keep it as you keep a password.')}</Notice>
      <div>
        <Button look="primary" onPress={onClose}>
          {t('Done')}
        </Button>
      </div>
    </Dialog>
  );
}

export function RegenerateDialog({ apiKey, onDone, onClose }: KeyDialogProps & { onDone: (key: ApiKey) => void }) {
  const { t } = useI18n();
  const regenerate = useRegenerateKey(onDone);

  return (
    <ConfirmDialog
      title={t('Replace the key {name}?', { name: apiKey.name })}
      confirmLabel={t('Replace it')}
      error={regenerate.error}
      isPending={regenerate.isPending}
      onConfirm={() => regenerate.mutate(apiKey)}
      onClose={onClose}
    >
      {t('The present key stops working at once. Programs that use it need the new one.')}
    </ConfirmDialog>
  );
}

export function RevokeDialog({ apiKey, onClose }: KeyDialogProps) {
  const { t } = useI18n();
  const revoke = useRevokeKey(() => {
    onClose();
    showToast(t('The key {name} is revoked.', { name: apiKey.name }));
  });

  return (
    <ConfirmDialog
      title={t('Revoke the key {name}?', { name: apiKey.name })}
      confirmLabel={t('Revoke it')}
      error={revoke.error}
      isPending={revoke.isPending}
      onConfirm={() => revoke.mutate(apiKey)}
      onClose={onClose}
    >
      {t('Programs that use it are shut out at once. This cannot be undone.')}
    </ConfirmDialog>
  );
}
