// One database: its tables by schema, and a box to find one.
import { useState } from 'react';
import { Link } from 'wouter';
import type { DatabaseWithTables, Table as TableData } from '../../api/types';
import { isBeingRead } from '../../lib/databases';
import { formatNumber } from '../../shared/format';
import { useI18n } from '../../shared/i18n';
import { ButtonLink, type Column, EmptyState, Loaded, PageHeader, SearchField, Spinner, Table, Toolbar } from '../../ui';
import { describing } from './describing';
import { useDatabase } from './queries';
import { tablesBySchema } from './tables';
import styles from './reference.module.css';

export function DatabasePage({ id }: { id: string }) {
  return <Loaded query={useDatabase(id)}>{(database) => <DatabaseContent database={database} />}</Loaded>;
}

function DatabaseContent({ database }: { database: DatabaseWithTables }) {
  const { t } = useI18n();
  const count = database.tables.length;
  const isReading = count === 0 && isBeingRead(database);

  return (
    <>
      <PageHeader
        title={database.name}
        lead={database.description ?? t('{count, plural, one {# table} other {# tables}}', { count })}
        actions={count > 0 && <ButtonLink href={`/reference/databases/${database.id}/dictionary`}>{t('Dictionary')}</ButtonLink>}
        path={[{ label: t('Data'), href: '/browse/databases' }]}
      />
      {count > 0 && <Tables database={database} />}
      {isReading && <Spinner />}
      {count === 0 && !isReading && (
        <EmptyState title={t('No table here')}>
          {t('This database has no table, or its account may not read them.')}
        </EmptyState>
      )}
    </>
  );
}

function Tables({ database }: { database: DatabaseWithTables }) {
  const { t } = useI18n();
  const [wanted, setWanted] = useState('');
  const groups = tablesBySchema(database.tables, wanted);
  const hasSchemas = new Set(database.tables.map(({ schema }) => schema)).size > 1;

  return (
    <>
      <Toolbar>
        <SearchField label={t('Find a table')} value={wanted} onChange={setWanted} />
      </Toolbar>
      <div role="status">{groups.length === 0 && t('No table has this name.')}</div>
      {groups.map(({ schema, tables }) => (
        <section key={schema}>
          {hasSchemas && <h2 className={styles.schema}>{schema || t('Without schema')}</h2>}
          <TableList caption={schema || t('Tables')} tables={tables} databaseId={database.id} />
        </section>
      ))}
    </>
  );
}

function TableList({ caption, tables, databaseId }: { caption: string; tables: TableData[]; databaseId: number }) {
  const { t, locale } = useI18n();
  const hasCounts = tables.some(({ estimated_row_count }) => typeof estimated_row_count === 'number');
  const columns: Column<TableData>[] = [
    {
      label: t('Table'),
      cell: ({ id, display_name }) => (
        <span className={styles.cellName}>
          <Link href={`/reference/databases/${databaseId}/tables/${id}`}>{display_name}</Link>
        </span>
      ),
    },
    { label: t('Name in the database'), cell: ({ name }) => <code>{name}</code> },
    ...(hasCounts ? [{ label: t('Rows, about'), kind: 'number' as const, cell: ({ estimated_row_count }: TableData) => estimated_row_count != null && formatNumber(locale, estimated_row_count) }] : []),
    ...describing(t, tables),
  ];

  return <Table caption={caption} columns={columns} rows={tables} keyOf={({ id }) => id} />;
}
