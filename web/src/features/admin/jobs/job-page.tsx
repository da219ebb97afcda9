// One job: its last runs, newest first.
import { errorText } from '../../../lib/error-text';
import { formatDateTime, formatNumber } from '../../../shared/format';
import { msg, useI18n } from '../../../shared/i18n';
import { Button, type Column, EmptyState, Loaded, PageHeader, showToast, Table } from '../../../ui';
import { jobText, runText } from './job-words';
import { type JobRun, useJobHistory, useJobs, useRunJob } from './queries';
import { Duration, RunState } from './run-state';

const causes: Record<string, string> = {
  schedule: msg('Its schedule'),
  person: msg('Somebody asked for it'),
  'make-up': msg('It made up for a time that was missed'),
};

export function JobPage({ name }: { name: string }) {
  const { t } = useI18n();
  const job = useJobs().data?.find((one) => one.name === name);
  const run = useRunJob(() => {});

  return (
    <>
      <PageHeader
        title={job ? jobText(t, job) : name}
        path={[{ label: t('Jobs'), href: '/admin/jobs' }]}
        lead={name}
        actions={
          <Button look="primary" isPending={run.isPending} onPress={() => run.mutate(name, { onError: (error) => showToast(errorText(t, error)) })}>
            {t('Run now')}
          </Button>
        }
      />
      <Loaded query={useJobHistory(name)}>{(runs) => <History runs={runs} />}</Loaded>
    </>
  );
}

function History({ runs }: { runs: JobRun[] }) {
  const { t, locale } = useI18n();
  const columns: Column<JobRun>[] = [
    { label: t('When'), cell: ({ started_at }) => started_at && formatDateTime(locale, started_at) },
    { label: t('State'), cell: (one) => <RunState run={one} /> },
    { label: t('Why'), cell: ({ cause }) => t(causes[cause] ?? cause) },
    { label: t('Duration'), kind: 'number', cell: (one) => <Duration run={one} /> },
    { label: t('Rows'), kind: 'number', cell: ({ rows }) => (rows === null ? '' : formatNumber(locale, rows)) },
    { label: t('Message'), cell: ({ message }) => runText(t, message) },
  ];

  if (!runs.length) return <EmptyState title={t('It has not run yet')} />;
  return <Table caption={t('Last runs')} columns={columns} rows={runs} keyOf={({ id }) => id} />;
}
