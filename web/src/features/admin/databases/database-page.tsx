// One connected database: whether it answers, what is read of it and when, its connection, its tables.
import { Link } from 'wouter';
import type { ConnectedDatabase, Table as TableOfDatabase } from '../../../api/types';
import { errorText } from '../../../lib/error-text';
import { useProperties } from '../../../lib/session';
import { formatNumber } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Badge, Button, type Column, Loaded, Notice, PageHeader, Section, showToast, Table, Toolbar } from '../../../ui';
import { ConnectionForm, connectableEngines } from '../../connection';
import { State } from './databases-page';
import { useDatabase, useDatabaseWork, useHealthCheck } from './queries';
import { ReadingSchedules } from './reading-schedules';
import { UploadsForm } from './uploads-form';

export function DatabasePage({ id }: { id: number }) {
  return <Loaded query={useDatabase(id)}>{(database) => <Content key={database.id} database={database} />}</Loaded>;
}

type Loaded = ConnectedDatabase & { tables: TableOfDatabase[] };

function Content({ database }: { database: Loaded }) {
  const { t } = useI18n();
  const engines = connectableEngines(useProperties().data?.engines).filter(({ id }) => id === database.engine);
  const { flavor = '', version = '' } = database.dbms_version ?? {};

  return (
    <>
      <PageHeader title={t('Administer: {name}', { name: database.name })} path={[{ label: t('Databases'), href: '/admin/databases' }]} lead={[flavor, version].filter(Boolean).join(' ')} />
      <Section title={t('State')}>
        <Health database={database} />
      </Section>
      <Section title={t('What is read, and when')}>
        <ReadingSchedules database={database} />
      </Section>
      {!database.is_sample && engines.length > 0 && (
        <Section title={t('Connection')}>
          <ConnectionForm engines={engines} database={database} onConnected={() => showToast(t('The connection is saved.'))} />
        </Section>
      )}
      {database.engine === 'postgres' && (
        <Section title={t('Files')}>
          <UploadsForm database={database} />
        </Section>
      )}
      <Section title={t('Tables')} lead={t('What each is called, what it means, who sees it.')}>
        <Tables tables={database.tables} />
      </Section>
    </>
  );
}

function Health({ database }: { database: Loaded }) {
  const { t } = useI18n();
  const check = useHealthCheck(database.id);
  const work = useDatabaseWork(database.id, () => showToast(t('The server works on it. The state changes when it is done.')));
  const error = check.error ?? work.error;

  return (
    <>
      <p>
        <State status={database.initial_sync_status} />
      </p>
      <Toolbar>
        <Button isPending={check.isPending} onPress={() => check.mutate()}>
          {t('Test the connection')}
        </Button>
        <Button isPending={work.isPending} onPress={() => work.mutate('sync_schema')}>
          {t('Read the tables now')}
        </Button>
        <Button isPending={work.isPending} onPress={() => work.mutate('rescan_values')}>
          {t('Look at values now')}
        </Button>
        <Button isPending={work.isPending} onPress={() => work.mutate('discard_values')}>
          {t('Forget the kept values')}
        </Button>
      </Toolbar>
      <div role="status">
        {check.data?.status === 'ok' && <Notice kind="success">{t('The database answers.')}</Notice>}
        {check.data?.status === 'error' && <Notice kind="warning">{t('The database does not answer: {reason}', { reason: check.data.message ?? '' })}</Notice>}
      </div>
      {Boolean(error) && <Notice kind="danger">{errorText(t, error)}</Notice>}
    </>
  );
}

function Tables({ tables }: { tables: TableOfDatabase[] }) {
  const { t, locale } = useI18n();
  const hasSchemas = tables.some(({ schema }) => schema);
  const columns: Column<TableOfDatabase>[] = [
    {
      label: t('Table'),
      cell: ({ id, display_name, visibility_type }) => (
        <>
          <Link href={`/admin/tables/${id}`}>{display_name}</Link> {visibility_type && <Badge>{t('Hidden')}</Badge>}
        </>
      ),
    },
    ...(hasSchemas ? [{ label: t('Schema'), cell: ({ schema }: TableOfDatabase) => schema }] : []),
    { label: t('Description'), cell: ({ description }) => description },
    { label: t('Rows'), kind: 'number', cell: ({ estimated_row_count }) => (estimated_row_count == null ? '' : formatNumber(locale, estimated_row_count)) },
  ];

  if (!tables.length) return <p>{t('No table is known yet.')}</p>;
  return <Table caption={t('Tables')} columns={columns} rows={tables} keyOf={({ id }) => id} />;
}
