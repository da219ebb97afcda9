// All tables of a database with all their columns, on one page: to be printed, or given with the data.
import { useI18n } from '../../shared/i18n';
import { Button, EmptyState, Loaded, PageHeader } from '../../ui';
import { Origin } from './origin';
import { type Dictionary, useDictionary } from './queries';
import { Columns } from './table-page';
import { tablesBySchema } from './tables';
import styles from './reference.module.css';

export function DictionaryPage({ id }: { id: string }) {
  return <Loaded query={useDictionary(id)}>{(database) => <DictionaryContent database={database} />}</Loaded>;
}

function DictionaryContent({ database }: { database: Dictionary }) {
  const { t } = useI18n();
  const groups = tablesBySchema(database.tables, '');
  const isOne = groups.length < 2;

  return (
    <>
      <PageHeader
        title={t('Dictionary of {name}', { name: database.name })}
        lead={database.description ?? t('{count, plural, one {# table} other {# tables}}', { count: database.tables.length })}
        actions={<Button onPress={() => print()}>{t('Print, or save as PDF')}</Button>}
        path={[
          { label: t('Data'), href: '/browse/databases' },
          { label: database.name, href: `/browse/databases/${database.id}` },
        ]}
      />
      {groups.length === 0 && <EmptyState title={t('No table here')}>{t('This database has no table, or its account may not read them.')}</EmptyState>}
      {groups.flatMap(({ schema, tables }) =>
        tables.map((table) => (
          <section key={table.id}>
            <h2 className={styles.schema}>
              {isOne || !schema ? table.display_name : `${schema} · ${table.display_name}`} <code className={styles.soft}>{table.name}</code>
            </h2>
            {table.description && <p>{table.description}</p>}
            <Origin table={table} />
            <Columns table={table} databaseId={String(database.id)} />
          </section>
        )),
      )}
    </>
  );
}
