// Waiting, and what to do when the wait ends badly.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { errorText } from '../lib/error-text';
import { useI18n } from '../shared/i18n';
import { Button } from './button';
import { Notice } from './notice';
import styles from './progress.module.css';

export function Spinner() {
  const { t } = useI18n();

  return (
    <div role="progressbar" aria-label={t('Loading')} className={styles.waiting}>
      <span className={styles.spinner} />
    </div>
  );
}

interface LoadedProps<Data> {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}

/** Shows what a request brought, or that it is on its way, or why it failed. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>) {
  const { t } = useI18n();

  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <Spinner />;
  return (
    <Notice kind="danger">
      <p>{errorText(t, query.error)}</p>
      <p>
        <Button onPress={() => void query.refetch()}>{t('Try again')}</Button>
      </p>
    </Notice>
  );
}
