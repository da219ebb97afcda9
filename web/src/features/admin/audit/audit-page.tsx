// Who did what, newest first.
import { useState } from 'react';
import type { AuditEvent } from '../../../api/types';
import { formatDateTime, formatNumber } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Button, type Column, EmptyState, Loaded, PageHeader, Table, Toolbar } from '../../../ui';
import { pageSize, useAudit } from './queries';
import { describeTopic } from './topics';
import styles from './audit.module.css';

export function AuditPage() {
  const { t } = useI18n();
  const [page, setPage] = useState(0);

  return (
    <>
      <PageHeader title={t('Activity')} lead={t('Who did what, newest first. Each line is chained to the one before: a change would show.')} />
      <Loaded query={useAudit(page)}>
        {({ data, total }) =>
          data.length ? (
            <>
              <EventTable events={data} />
              <Pager page={page} total={total} onChange={setPage} />
            </>
          ) : (
            <EmptyState title={t('Nothing recorded yet')} />
          )
        }
      </Loaded>
    </>
  );
}

function EventTable({ events }: { events: AuditEvent[] }) {
  const { t, locale } = useI18n();
  const columns: Column<AuditEvent>[] = [
    { label: t('When'), cell: ({ timestamp }) => formatDateTime(locale, timestamp) },
    { label: t('Who'), cell: ({ user }) => user?.common_name ?? t('The server') },
    { label: t('What'), cell: (event) => <What event={event} /> },
    { label: t('Address'), cell: ({ ip_address }) => ip_address },
  ];

  return <Table caption={t('Activity')} columns={columns} rows={events} keyOf={({ id }) => id} />;
}

function What({ event }: { event: AuditEvent }) {
  const { t } = useI18n();
  const { label, detail } = describeTopic(event);

  return (
    <span className={styles.what}>
      {t(label)}
      {detail && <span className={styles.detail}>{detail}</span>}
    </span>
  );
}

interface PagerProps {
  page: number;
  total: number;
  onChange: (page: number) => void;
}

function Pager({ page, total, onChange }: PagerProps) {
  const { t, locale } = useI18n();
  const last = Math.ceil(total / pageSize) - 1;
  const number = (value: number) => formatNumber(locale, value);

  if (last <= 0) return null;
  return (
    <nav className={styles.pager} aria-label={t('Pages')}>
      <Toolbar>
        <Button isDisabled={page === 0} onPress={() => onChange(page - 1)}>
          {t('Newer')}
        </Button>
        <Button isDisabled={page >= last} onPress={() => onChange(page + 1)}>
          {t('Older')}
        </Button>
        <span role="status">
          {t('Page {page} of {last}', { page: number(page + 1), last: number(last + 1) })}
        </span>
      </Toolbar>
    </nav>
  );
}
