// Until when something is published, and which password it asks for.
import { useState } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Checkbox, Dialog, Form, PasswordField, showToast, TextField } from '../../../ui';
import { type Limits, type Published, useLimits } from './queries';

export function LimitsDialog({ item, onClose }: { item: Published; onClose: () => void }) {
  const { t } = useI18n();
  const [isForgotten, setForgotten] = useState(false);
  const save = useLimits(item, () => {
    onClose();
    showToast(t('The changes are saved.'));
  });

  return (
    <Dialog title={t('Limits of {name}', { name: item.name })} onClose={onClose}>
      <Form submitLabel={t('Save')} error={save.error} isPending={save.isPending} onSubmit={({ until = '', password = '' }) => save.mutate(limitsFrom(until, password, isForgotten))}>
        <TextField name="until" type="date" label={t('Public until the end of')} defaultValue={item.expires_at?.slice(0, 10) ?? ''} hint={t('Empty: without an end.')} />
        {item.has_password && (
          <Checkbox isSelected={isForgotten} onChange={setForgotten}>
            {t('Ask for no password any more')}
          </Checkbox>
        )}
        {!isForgotten && <PasswordField name="password" label={item.has_password ? t('New password') : t('Password')} autoComplete="new-password" hint={t('Visitors of the public page are asked for it. Frames are not.')} />}
      </Form>
    </Dialog>
  );
}

/** An empty password leaves the one that is there. */
export function limitsFrom(until: string, password: string, isForgotten: boolean): Limits {
  return {
    expires_at: until ? `${until}T23:59:59Z` : null,
    ...((isForgotten || password) && { password: isForgotten ? null : password }),
  };
}
