// The SQL that a question becomes, beside it: it follows what one changes.
import { useEffect, useId, useRef } from 'react';
import { useDatabases } from '../../lib/databases';
import { useI18n } from '../../shared/i18n';
import { Button, IconClose, Loaded } from '../../ui';
import type { DatasetQuery } from './model/query';
import { formatSql } from './sql/format-sql';
import { withValues } from './sql/with-values';
import { type Run, useSql } from './queries';
import styles from './question.module.css';

interface SqlPanelProps {
  query: DatasetQuery;
  parameters: Run['parameters'];
  /** A metric stays what it is. */
  onConvert: ((query: DatasetQuery) => void) | undefined;
  onClose: () => void;
}

export function SqlPanel({ query, parameters, onConvert, onClose }: SqlPanelProps) {
  const { t } = useI18n();
  const sql = useSql(query, parameters);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const isSql = query.type === 'native';
  const engine = useDatabases().data?.find(({ id }) => id === query.database)?.engine ?? '';

  useEffect(() => heading.current?.focus(), []);
  function close() {
    onClose();
    // What opened it is gone with its menu: the keys go on from the top of the page.
    document.querySelector('h1')?.focus();
  }
  return (
    <aside className={styles.panel} aria-labelledby={id} onKeyDown={(event) => event.key === 'Escape' && close()}>
      <div className={styles.panelTop}>
        <h2 id={id} ref={heading} tabIndex={-1}>
          {isSql ? t('The question with its values') : t('The question in SQL')}
        </h2>
        <Button look="quiet" label={t('Close')} onPress={close}>
          <IconClose />
        </Button>
      </div>
      <Loaded query={sql}>
        {(native) => {
          const text = withValues(native.query, native.params, engine);
          return (
            <>
              <pre className={styles.sql} tabIndex={0} data-stale={sql.isPlaceholderData || undefined}>
                {isSql ? text : formatSql(text)}
              </pre>
              {!isSql && onConvert && (
                <>
                  <p>{t('Once it is SQL, a question is no longer shown as steps.')}</p>
                  <p>
                    <Button onPress={() => onConvert({ database: query.database, type: 'native', native: { query: formatSql(text), 'template-tags': {} } })}>{t('Go on in SQL')}</Button>
                  </p>
                </>
              )}
            </>
          );
        }}
      </Loaded>
    </aside>
  );
}
