// One table: what each of its columns holds.
import { Link } from 'wouter';
import type { DatabaseWithTables, Field, TableWithFields } from '../../api/types';
import { useI18n } from '../../shared/i18n';
import { ButtonLink, type Column, IconKey, IconLink, Loaded, PageHeader, Table } from '../../ui';
import { describing } from './describing';
import { meaningOf, typeInWords } from './field-words';
import { Origin } from './origin';
import { useDatabase, useTable } from './queries';
import { UsedIn } from './used-in';
import styles from './reference.module.css';

export function TablePage({ databaseId, tableId }: { databaseId: string; tableId: string }) {
  const { t } = useI18n();
  const query = useTable(tableId);

  return (
    <Loaded query={query}>
      {(table) => (
        <>
          <PageHeader
            title={table.display_name}
            lead={table.description ?? t('{count, plural, one {# column} other {# columns}}', { count: table.fields.length })}
            actions={
              <>
                <ButtonLink href={`/auto/dashboard/table/${tableId}`}>{t('A first look')}</ButtonLink>
                <ButtonLink look="primary" href={`/question/new?db=${databaseId}&table=${tableId}`}>
                  {t('Look at this table')}
                </ButtonLink>
              </>
            }
            path={[
              { label: t('Data'), href: '/browse/databases' },
              { label: table.db?.name ?? t('Database'), href: `/browse/databases/${databaseId}` },
            ]}
          />
          <Origin table={table} />
          <Columns table={table} databaseId={databaseId} />
          <UsedIn tableId={tableId} />
        </>
      )}
    </Loaded>
  );
}

export function Columns({ table, databaseId }: { table: TableWithFields; databaseId: string }) {
  const { t } = useI18n();
  const tables = useDatabase(databaseId).data?.tables ?? [];
  const columns: Column<Field>[] = [
    {
      label: t('Column'),
      cell: ({ id, display_name, semantic_type }) => (semantic_type === 'type/PK' ? display_name : <Link href={`/auto/dashboard/field/${id}`}>{display_name}</Link>),
    },
    { label: t('Name in the database'), cell: ({ name }) => <code>{name}</code> },
    { label: t('Type'), cell: ({ base_type }) => t(typeInWords(base_type)) },
    { label: t('Meaning'), cell: (field) => <Meaning field={field} tables={tables} databaseId={databaseId} /> },
    ...describing(t, table.fields),
  ];
  const fields = [...table.fields].sort((a, b) => a.position - b.position);

  return <Table caption={t('Columns of {table}', { table: table.display_name })} columns={columns} rows={fields} keyOf={({ id }) => id} />;
}

function Meaning({ field, tables, databaseId }: { field: Field; tables: DatabaseWithTables['tables']; databaseId: string }) {
  const { t } = useI18n();
  const { semantic_type, target } = field;
  const table = tables.find(({ id }) => id === target?.table_id);

  if (target) {
    return (
      <span className={styles.key}>
        <IconLink />
        <Link href={`/reference/databases/${databaseId}/tables/${target.table_id}`}>
          {t('Points to {column}', { column: table ? `${table.display_name} → ${target.display_name}` : target.display_name })}
        </Link>
      </span>
    );
  }
  if (!semantic_type) return null;
  return (
    <span className={styles.key}>
      {semantic_type === 'type/PK' && <IconKey />}
      {t(meaningOf(semantic_type))}
    </span>
  );
}
