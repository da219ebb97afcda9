// Stays in sight as long as the server does not answer; disappears by itself when it does.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { ApiError } from '../../api/errors';
import { errorText } from '../../lib/error-text';
import { useI18n } from '../../shared/i18n';
import { Button, Notice } from '../../ui';

const retryMilliseconds = 10_000;

export function UnreachableBanner() {
  const { t } = useI18n();
  const client = useQueryClient();
  const cache = client.getQueryCache();
  const error = useSyncExternalStore(
    (changed) => cache.subscribe(changed),
    () => cache.getAll().map((query) => query.state.error).find(isUnreachable) ?? null,
  );

  useEffect(() => {
    if (!error) return;
    const timer = setInterval(() => void client.refetchQueries({ type: 'active' }), retryMilliseconds);
    return () => clearInterval(timer);
  }, [error, client]);

  if (!error) return null;
  return (
    <Notice kind="danger">
      <p>{errorText(t, error)}</p>
      <p>
        <Button onPress={() => void client.refetchQueries({ type: 'active' })}>{t('Try again')}</Button>
      </p>
    </Notice>
  );
}

const isUnreachable = (error: Error | null) => error instanceof ApiError && error.kind === 'unreachable';
