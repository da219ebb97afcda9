// The SQL that a question of the builder becomes.
import { useDatabases } from '../../lib/databases';
import { useI18n } from '../../shared/i18n';
import { Button, Dialog, Loaded } from '../../ui';
import type { DatasetQuery } from './model/query';
import { formatSql } from './sql/format-sql';
import { withValues } from './sql/with-values';
import { type Run, useSql } from './queries';
import styles from './question.module.css';

interface SqlDialogProps {
  query: DatasetQuery;
  parameters: Run['parameters'];
  /** A metric stays what it is. */
  onConvert: ((query: DatasetQuery) => void) | undefined;
  onClose: () => void;
}

export function SqlDialog({ query, parameters, onConvert, onClose }: SqlDialogProps) {
  const { t } = useI18n();
  const sql = useSql(query, parameters);
  const isSql = query.type === 'native';
  const engine = useDatabases().data?.find(({ id }) => id === query.database)?.engine ?? '';

  return (
    <Dialog title={t('The question in SQL')} onClose={onClose}>
      <Loaded query={sql}>
        {(native) => (
          <>
            <pre className={styles.sql} tabIndex={0}>
              {isSql ? withValues(native.query, native.params, engine) : formatSql(withValues(native.query, native.params, engine))}
            </pre>
            {!isSql && onConvert && (
              <>
            <p>{t('Once it is SQL, a question is no longer shown as steps.')}</p>
            <p>
              <Button
                look="primary"
                onPress={() => {
                  onConvert({ database: query.database, type: 'native', native: { query: formatSql(withValues(native.query, native.params, engine)), 'template-tags': {} } });
                  onClose();
                }}
              >
                {t('Go on in SQL')}
              </Button>
            </p>
              </>
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  );
}
