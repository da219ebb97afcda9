// One connected database: whether it answers, what is read of it and when, its connection, its tables.
import { Link } from 'wouter';
import type { ConnectedDatabase, Table as TableOfDatabase } from '../../../api/types';
import { errorText } from '../../../lib/error-text';
import { useProperties } from '../../../lib/session';
import { formatDateTime, formatNumber } from '../../../shared/format';
import { msg, useI18n } from '../../../shared/i18n';
import { Badge, Button, type Column, Loaded, Notice, PageHeader, Section, showToast, Table, Toolbar } from '../../../ui';
import { ConnectionForm, connectableEngines } from '../../connection';
import { runText } from '../jobs/job-words';
import { jobAddress } from '../jobs/jobs-page';
import { State } from './databases-page';
import { useDatabase, useDatabaseWork, useHealthCheck, useReading, type Work } from './queries';
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
  const reading = useDatabaseWork(database.id, () => {});
  const work = useDatabaseWork(database.id, (done) => showToast(t(workDone[done] ?? '')));
  const run = useReading(database.id)?.last_run ?? null;
  const error = check.error ?? reading.error ?? work.error;

  return (
    <>
      <div role="status">
        <Toolbar>
          <State status={database.initial_sync_status} run={run} />
          {check.data?.status === 'ok' && <Notice kind="success">{t('The database answers.')}</Notice>}
          {check.data?.status === 'error' && <Notice kind="warning">{t('The database does not answer: {reason}', { reason: check.data.message ?? '' })}</Notice>}
        </Toolbar>
      </div>
      <LastReading id={database.id} />
      <Toolbar>
        <Button isPending={check.isPending} onPress={() => check.mutate()}>
          {t('Test the connection')}
        </Button>
        <Button isPending={reading.isPending || run?.status === 'running'} onPress={() => reading.mutate('sync_schema')}>
          {t('Read the tables now')}
        </Button>
        <Button isPending={work.isPending} onPress={() => work.mutate('rescan_values')}>
          {t('Look at values now')}
        </Button>
        <Button isPending={work.isPending} onPress={() => work.mutate('discard_values')}>
          {t('Forget the kept values')}
        </Button>
      </Toolbar>
      {Boolean(error) && <Notice kind="danger">{errorText(t, error)}</Notice>}
    </>
  );
}

const workDone: Partial<Record<Work, string>> = {
  rescan_values: msg('The server looks at the values. Filters offer them when it is done.'),
  discard_values: msg('The kept values are forgotten.'),
};

/** How the tables were read last, in words, and where the times before are listed. */
function LastReading({ id }: { id: number }) {
  const { t, locale } = useI18n();
  const job = useReading(id);
  const run = job?.last_run;

  if (!job) return null;
  return (
    <>
      {run?.started_at && run.status === 'done' && (
        <p>
          {t('Tables read on {date}.', { date: formatDateTime(locale, run.started_at) })} {runText(t, run.message)}
        </p>
      )}
      {run?.started_at && run.status === 'failed' && (
        <p>{t('The reading of {date} failed: {reason}. What was known before stays.', { date: formatDateTime(locale, run.started_at), reason: runText(t, run.message) })}</p>
      )}
      <p>
        {job.next_run && <>{t('Next time: {date}.', { date: formatDateTime(locale, job.next_run) })} </>}
        <Link href={jobAddress(job.name)}>{t('All the times it was read')}</Link>
      </p>
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
