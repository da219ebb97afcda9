// What a step gives: how many rows, and the first ten.
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../../api/client';
import { errorText } from '../../../lib/error-text';
import type { Answer } from '../../../lib/question-types';
import { DataTable } from '../../../shared/table';
import { useI18n } from '../../../shared/i18n';
import { Notice, Spinner } from '../../../ui';
import { counted, stepKey } from '../model/preview';
import { type Query, toDatasetQuery } from '../model/query';
import styles from './builder.module.css';

const firstRows = 10;
const none = {};

const useStep = (name: 'rows' | 'count', query: Query, constraints: object) =>
  useQuery({
    queryKey: stepKey(name, query),
    queryFn: ({ signal }) => ask<Answer>({ ...toDatasetQuery(query), constraints }, signal),
    staleTime: 60_000,
    retry: false,
  });

export function StepPreview({ query, title }: { query: Query; title: string }) {
  const { t } = useI18n();
  const rows = useStep('rows', query, { 'max-results': firstRows, 'max-results-bare-rows': firstRows });
  const count = useStep('count', counted(query), none).data?.data.rows[0]?.[0];
  const failed = rows.data?.status === 'failed' ? rows.data.error : undefined;

  if (rows.error || failed) return <Notice kind="danger">{failed ?? errorText(t, rows.error)}</Notice>;
  if (!rows.data) return <Spinner />;
  return (
    <div className={styles.preview}>
      <p role="status" className={styles.soft}>
        {typeof count === 'number' ? t('{count, plural, one {# row after this step} other {# rows after this step}}', { count }) : t('Counting…')}
      </p>
      <div className={styles.previewTable}>
        <DataTable caption={t('{step}: the first rows', { step: title })} data={{ cols: rows.data.data.cols, rows: rows.data.data.rows.slice(0, firstRows) }} settings={none} />
      </div>
    </div>
  );
}
