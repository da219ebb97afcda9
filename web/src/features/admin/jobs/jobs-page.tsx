// What the server does by itself: copies, feeds, readings of databases, tidying up.
import { useState } from 'react';
import { Link } from 'wouter';
import { errorText } from '../../../lib/error-text';
import { formatDateTime } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { type Column, Dialog, Form, Loaded, Menu, PageHeader, showToast, Table } from '../../../ui';
import { CronFields, scheduleOf, speakSchedule } from '../../schedule';
import { jobText } from './job-words';
import { type Job, useJobs, useRunJob, useScheduleJob } from './queries';
import { RunState } from './run-state';

export function JobsPage() {
  const { t } = useI18n();

  return (
    <>
      <PageHeader title={t('Jobs')} lead={t('What the server does by itself: reading databases, copies, feeds, tidying up.')} />
      <Loaded query={useJobs()}>{(jobs) => <JobTable jobs={jobs} />}</Loaded>
    </>
  );
}

export const jobAddress = (name: string) => `/admin/jobs/${encodeURIComponent(name)}`;

function JobTable({ jobs }: { jobs: Job[] }) {
  const { t, locale } = useI18n();
  const [edited, edit] = useState<Job | null>(null);
  const run = useRunJob(() => showToast(t('It runs now.')));
  const start = (name: string) => run.mutate(name, { onError: (error) => showToast(errorText(t, error)) });
  const columns: Column<Job>[] = [
    { label: t('Job'), cell: ({ name, description }) => <Link href={jobAddress(name)}>{jobText(t, { name, description })}</Link> },
    { label: t('Schedule'), cell: ({ schedule, problem }) => problem ?? <When cron={schedule} /> },
    { label: t('Next time'), cell: ({ next_run }) => (next_run ? formatDateTime(locale, next_run) : '') },
    {
      label: t('Last time'),
      cell: ({ last_run }) => (
        <>
          <RunState run={last_run} /> {last_run?.started_at && formatDateTime(locale, last_run.started_at)}
        </>
      ),
    },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: (job) => (
        <Menu
          label={t('Actions for {name}', { name: jobText(t, job) })}
          actions={[
            { id: 'run', label: t('Run now'), onAction: () => start(job.name) },
            { id: 'schedule', label: t('Change its schedule'), onAction: () => edit(job) },
          ]}
        />
      ),
    },
  ];

  return (
    <>
      <Table caption={t('Jobs')} columns={columns} rows={jobs} keyOf={({ name }) => name} />
      {edited && <ScheduleDialog job={edited} onClose={() => edit(null)} />}
    </>
  );
}

function When({ cron }: { cron: string }) {
  const { t, locale } = useI18n();
  const schedule = scheduleOf(cron);

  if (schedule) return speakSchedule(locale, t, schedule);
  return cron ? <code>{cron}</code> : t('Never');
}

function ScheduleDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useI18n();
  const [cron, setCron] = useState(job.schedule);
  const save = useScheduleJob(job.name, () => {
    onClose();
    showToast(t('The changes are saved.'));
  });

  return (
    <Dialog title={t('Schedule of {name}', { name: jobText(t, job) })} onClose={onClose}>
      <Form submitLabel={t('Save')} error={save.error} isPending={save.isPending} onSubmit={() => save.mutate(cron.trim())}>
        <CronFields name="schedule" label={t('Schedule')} cron={cron} mayBeNever hint={t('Time zone: {zone}.', { zone: job.timezone })} onChange={setCron} />
      </Form>
    </Dialog>
  );
}
