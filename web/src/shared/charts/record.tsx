// One row as a sheet: each column and its value, and the way to the next row.
import { useState } from 'react';
import { columnTitle, writer, useWriting } from '../format';
import { useI18n } from '../i18n';
import type { ChartProps } from './chart';
import styles from './sheets.module.css';

export function RecordView({ data, settings, title }: ChartProps) {
  const { t } = useI18n();
  const writing = useWriting();
  const [at, setAt] = useState(0);
  const row = data.rows[Math.min(at, data.rows.length - 1)] ?? [];

  return (
    <div className={styles.record} tabIndex={0} role="region" aria-label={title}>
      {data.rows.length > 1 && (
        <p className={styles.steps}>
          <button type="button" disabled={at === 0} onClick={() => setAt(at - 1)}>
            {t('Previous')}
          </button>
          <span>{t('{at} of {count}', { at: at + 1, count: data.rows.length })}</span>
          <button type="button" disabled={at >= data.rows.length - 1} onClick={() => setAt(at + 1)}>
            {t('Next')}
          </button>
        </p>
      )}
      <dl>
        {data.cols.map((column, index) => (
          <div key={column.name}>
            <dt>{columnTitle(column, settings)}</dt>
            <dd>{writer(writing, column, settings)(row[index] ?? null)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
