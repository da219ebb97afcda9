// The secret with which other sites sign their frames. It is shown once, when it is made.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../../api/client';
import type { Setting } from '../../../api/types';
import { errorText } from '../../../lib/error-text';
import { useI18n } from '../../../shared/i18n';
import { Button, ConfirmDialog, CopyText, Notice } from '../../../ui';
import { useSaveSetting } from './queries';
import styles from './settings.module.css';

export function FrameSecret({ setting }: { setting: Setting | undefined }) {
  const { t } = useI18n();
  const [isAsking, ask] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const save = useSaveSetting('embedding-secret-key', () => ask(false));
  const make = useMutation({
    mutationFn: async () => {
      const { token } = await get<{ token: string }>('/api/util/random_token');
      await save.mutateAsync(token);
      return token;
    },
    onSuccess: setMade,
  });
  const hasOne = Boolean(setting?.value);

  if (!setting || setting.is_env_setting) return null;
  return (
    <div className={styles.setting}>
      <h3>{t('Secret of signed frames')}</h3>
      {made ? (
        <>
          <CopyText label={t('Secret')} text={made} />
          <Notice>{t('You will not see it again. Give it only to the servers of your sites.')}</Notice>
        </>
      ) : (
        <p>{hasOne ? t('A secret is kept. Whoever has it can sign frames.') : t('There is no secret yet: frames cannot be signed.')}</p>
      )}
      {make.isError && <Notice kind="danger">{errorText(t, make.error)}</Notice>}
      <p>
        <Button isPending={make.isPending} onPress={() => (hasOne ? ask(true) : make.mutate())}>
          {hasOne ? t('Replace the secret') : t('Make a secret')}
        </Button>
      </p>
      {isAsking && (
        <ConfirmDialog title={t('Replace the secret?')} confirmLabel={t('Replace the secret')} error={make.error} isPending={make.isPending} onConfirm={() => make.mutate()} onClose={() => ask(false)}>
          {t('Frames that are signed with the old one stop working until your sites have the new one.')}
        </ConfirmDialog>
      )}
    </div>
  );
}
