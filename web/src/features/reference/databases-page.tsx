// The databases that one may read.
import { Link } from 'wouter';
import type { Database } from '../../api/types';
import { useDatabases } from '../../lib/databases';
import { useUser } from '../../lib/session';
import { useI18n } from '../../shared/i18n';
import { Badge, ButtonLink, EmptyState, IconDatabase, IconNext, Loaded, PageHeader } from '../../ui';
import styles from './reference.module.css';

export function DatabasesPage() {
  const { t } = useI18n();
  const databases = useDatabases();

  return (
    <>
      <PageHeader title={t('Data')} lead={t('The databases that you may read. Open one to see its tables.')} />
      <Loaded query={databases}>
        {(list) => (list.length ? <DatabaseList databases={list} /> : <NoDatabase />)}
      </Loaded>
    </>
  );
}

function DatabaseList({ databases }: { databases: Database[] }) {
  const { t } = useI18n();

  return (
    <ul className={styles.databases}>
      {databases.map(({ id, name, description, is_sample }) => (
        <li key={id}>
          <Link href={`/browse/databases/${id}`} className={styles.database}>
            <IconDatabase />
            <span className={styles.words}>
              <span className={styles.name}>
                {name} {is_sample && <Badge>{t('Sample')}</Badge>}
              </span>
              {description && <span className={styles.soft}>{description}</span>}
            </span>
            <IconNext />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function NoDatabase() {
  const { t } = useI18n();
  const isAdmin = useUser().is_superuser;

  return (
    <EmptyState
      title={t('No database yet')}
      action={
        isAdmin && (
          <ButtonLink look="primary" href="/admin/databases">
            {t('Look after the databases')}
          </ButtonLink>
        )
      }
    >
      {isAdmin
        ? t('Connect one, or restore the sample database to look around.')
        : t('An administrator has to connect one, or let you read it.')}
    </EmptyState>
  );
}
