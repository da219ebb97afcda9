// Whether the server is well, which questions failed and which were slow.
import { useEffect, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useDatabases } from '../../../lib/databases';
import { site } from '../../../lib/site';
import { useSettled } from '../../../lib/use-settled';
import { formatInstant, formatNumber } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Badge, Choices, type Column, EmptyState, Loaded, PageHeader, SearchField, Section, Table, Toolbar } from '../../../ui';
import { State } from '../databases/databases-page';
import { useReadings } from '../databases/queries';
import type { JobRun } from '../jobs/queries';
import { LogSection } from './log-section';
import { type Execution, type Trouble, useChain, useHealth, useTroubles } from './queries';

export function TroubleshootingPage() {
  const { t } = useI18n();
  const [trouble, setTrouble] = useState<Trouble>('failed');
  const [typed, setTyped] = useReference();
  const reference = useSettled(typed.trim().toLowerCase());

  return (
    <>
      <PageHeader title={t('Troubleshooting')} lead={t('Whether the server is well, which questions failed, which took long.')} />
      <Section title={t('The server')}>
        <Health />
      </Section>
      <Section title={t('Questions')}>
        <Toolbar>
          <SearchField label={t('Reference that a reader gave')} value={typed} onChange={setTyped} />
          <Choices
            isNarrow
            label={t('Which questions')}
            choices={[
              { id: 'failed', label: t('Failed') },
              { id: 'slow', label: t('Over two seconds') },
            ]}
            value={trouble}
            onChange={(id) => setTrouble(id === 'slow' ? id : 'failed')}
          />
        </Toolbar>
        <Loaded query={useTroubles(trouble, reference)}>{(list) => <Troubles trouble={reference ? 'failed' : trouble} reference={reference} list={list} />}</Loaded>
      </Section>
      <LogSection word={reference} />
    </>
  );
}

/** What a reader of a published page was told of a failure; it stands in the address, so that it can be handed on. */
function useReference(): [typed: string, type: (text: string) => void] {
  const [path, go] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('reference') ?? '';
  const [typed, setTyped] = useState(asked);

  useEffect(() => {
    if (typed !== asked) go(typed ? `${path}?${new URLSearchParams({ reference: typed })}` : path, { replace: true });
    // What is typed decides: the address follows.
  }, [typed]);
  return [typed, setTyped];
}

interface Check {
  name: string;
  state: 'good' | 'bad' | 'unknown';
  status?: string;
  run?: JobRun | null | undefined;
  link?: string;
}

function Health() {
  const { t } = useI18n();
  const health = useHealth();
  const chain = useChain();
  const databases = useDatabases().data ?? [];
  const readingOf = useReadings();
  const checks: Check[] = [
    { name: t('Server, version {version}', { version: site.version }), state: health.data?.status === 'ok' ? 'good' : health.isPending ? 'unknown' : 'bad' },
    { name: t('Chain of the record of activity'), state: chain.data ? (chain.data.intact ? 'good' : 'bad') : 'unknown', link: '/admin/audit' },
    ...databases.map(({ id, name, initial_sync_status }): Check => ({ name, state: 'good', status: initial_sync_status, run: readingOf(id)?.last_run, link: `/admin/databases/${id}` })),
  ];
  const columns: Column<Check>[] = [
    { label: t('What'), cell: ({ name, link }) => (link ? <Link href={link}>{name}</Link> : name) },
    { label: t('State'), cell: (check) => <CheckState check={check} /> },
  ];

  return <Table caption={t('The server')} columns={columns} rows={checks} keyOf={({ name, link }) => `${name}${link}`} />;
}

function CheckState({ check: { state, status, run } }: { check: Check }) {
  const { t } = useI18n();

  if (status) return <State status={status} run={run} />;
  if (state === 'good') return <Badge kind="success">{t('Well')}</Badge>;
  return state === 'bad' ? <Badge kind="warning">{t('Something is wrong')}</Badge> : <Badge>{t('Not known')}</Badge>;
}

function Troubles({ trouble, reference, list }: { trouble: Trouble; reference: string; list: Execution[] }) {
  const { t, locale } = useI18n();
  const columns: Column<Execution>[] = [
    { label: t('Question'), cell: (one) => <Asked execution={one} /> },
    { label: t('When'), cell: ({ started_at }) => formatInstant(locale, started_at) },
    { label: t('Who'), cell: ({ executor }) => executor ?? t('A visitor') },
    { label: t('Duration'), kind: 'number', cell: ({ running_time }) => t('{seconds} s', { seconds: formatNumber(locale, Math.round(running_time / 10) / 100) }) },
    ...(trouble === 'failed'
      ? [{ label: t('Reason'), cell: ({ error }: Execution) => error }, { label: t('Reference'), kind: 'number' as const, cell: (one: Execution) => one.reference }]
      : [{ label: t('Rows'), kind: 'number' as const, cell: ({ result_rows }: Execution) => formatNumber(locale, result_rows) }]),
  ];

  if (!list.length && reference) return <EmptyState title={t('No question failed under this reference')}>{t('It is found some seconds after the failure, for 90 days.')}</EmptyState>;
  if (!list.length) return <EmptyState title={trouble === 'failed' ? t('No question failed lately') : t('No question took long lately')} />;
  return <Table caption={t('Questions')} columns={columns} rows={list} keyOf={({ id }) => id} />;
}

function Asked({ execution: { card_id, card_name, native } }: { execution: Execution }) {
  const { t } = useI18n();

  if (card_id) return <Link href={`/question/${card_id}`}>{card_name ?? t('Question {id}', { id: card_id })}</Link>;
  return native ? t('A question in SQL, not saved') : t('A question, not saved');
}
