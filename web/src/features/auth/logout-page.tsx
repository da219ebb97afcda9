// Leaves. The page is loaded anew, so that nothing of the previous person stays in memory.
import { useEffect } from 'react';
import { ApiError } from '../../api/errors';
import { site } from '../../lib/site';
import { useI18n } from '../../shared/i18n';
import { Button, Notice, PageHeader, Spinner } from '../../ui';
import { errorText } from '../../lib/error-text';
import { BarePage } from '../frame';
import { useLogout } from './queries';

const leave = () => window.location.replace(`${site.base}/auth/login`);

export function LogoutPage() {
  const { t } = useI18n();
  const logout = useLogout();
  const { mutate } = logout;

  useEffect(() => mutate(undefined, { onSuccess: leave, onError: leaveIfGone }), [mutate]);

  return (
    <BarePage>
      <PageHeader title={t('Signing out')} />
      {logout.isError ? (
        <Notice kind="danger">
          <p>{errorText(t, logout.error)}</p>
          <p>
            <Button onPress={() => mutate(undefined, { onSuccess: leave })}>{t('Try again')}</Button>
          </p>
        </Notice>
      ) : (
        <Spinner />
      )}
    </BarePage>
  );
}

/** Without a session there is nothing left to close. */
function leaveIfGone(error: Error) {
  if (error instanceof ApiError && (error.kind === 'missing' || error.kind === 'unauthenticated')) leave();
}
