// What is connected, in which state; connecting and disconnecting.
import { useState } from 'react';
import { Link } from 'wouter';
import type { Database } from '../../../api/types';
import { errorText } from '../../../lib/error-text';
import { useDatabases } from '../../../lib/databases';
import { useProperties } from '../../../lib/session';
import { useI18n } from '../../../shared/i18n';
import {
  Badge,
  Button,
  type Column,
  ConfirmDialog,
  Dialog,
  EmptyState,
  Loaded,
  Menu,
  PageHeader,
  showToast,
  Table,
} from '../../../ui';
import type { JobRun } from '../jobs/queries';
import { ConnectionForm, connectableEngines, wordsOf } from '../../connection';
import { useReadings, useRemoveDatabase, useRestoreSample } from './queries';

export function DatabasesPage() {
  const { t } = useI18n();
  const [isConnecting, setConnecting] = useState(false);
  const databases = useDatabases();
  const engines = connectableEngines(useProperties().data?.engines);
  const hasSample = databases.data?.some(({ is_sample }) => is_sample) ?? true;

  function onConnected({ name }: Database) {
    setConnecting(false);
    showToast(t('{name} is connected. Its tables are being read.', { name }));
  }

  return (
    <>
      <PageHeader
        title={t('Databases')}
        actions={
          <>
            {!hasSample && <RestoreSample />}
            {engines.length > 0 && (
              <Button look="primary" onPress={() => setConnecting(true)}>
                {t('Connect a database')}
              </Button>
            )}
          </>
        }
      />
      <Loaded query={databases}>
        {(list) =>
          list.length ? (
            <DatabaseTable databases={list} />
          ) : (
            <EmptyState title={t('No database yet')}>
              {t('Connect one, or restore the sample database to look around.')}
            </EmptyState>
          )
        }
      </Loaded>
      {isConnecting && (
        <Dialog title={t('Connect a database')} onClose={() => setConnecting(false)}>
          <ConnectionForm engines={engines} onConnected={onConnected} />
        </Dialog>
      )}
    </>
  );
}

function RestoreSample() {
  const { t } = useI18n();
  const restore = useRestoreSample(() => showToast(t('The sample database is back.')));

  return (
    <Button
      isPending={restore.isPending}
      onPress={() => restore.mutate(undefined, { onError: (error) => showToast(errorText(t, error)) })}
    >
      {t('Restore the sample database')}
    </Button>
  );
}

function DatabaseTable({ databases }: { databases: Database[] }) {
  const { t } = useI18n();
  const [doomed, setDoomed] = useState<Database | null>(null);
  const engines = useProperties().data?.engines ?? {};
  const readingOf = useReadings();
  const columns: Column<Database>[] = [
    {
      label: t('Name'),
      cell: ({ id, name, is_sample }) => (
        <>
          <Link href={`/admin/databases/${id}`}>{name}</Link> {is_sample && <Badge>{t('Sample')}</Badge>}
        </>
      ),
    },
    { label: t('Kind of database'), cell: ({ engine }) => t(wordsOf(engines[engine]?.['driver-name'] ?? engine)) },
    { label: t('State'), cell: ({ id, initial_sync_status }) => <State status={initial_sync_status} run={readingOf(id)?.last_run} /> },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: (database) => (
        <Menu
          label={t('Actions for {name}', { name: database.name })}
          actions={[{ id: 'remove', label: t('Remove'), isDangerous: true, onAction: () => setDoomed(database) }]}
        />
      ),
    },
  ];

  return (
    <>
      <Table caption={t('Databases')} columns={columns} rows={databases} keyOf={({ id }) => id} />
      {doomed && <RemoveDialog database={doomed} onClose={() => setDoomed(null)} />}
    </>
  );
}

/** As it was read last: what was known before stays known when it cannot be read any more. */
export function State({ status, run }: { status: string; run?: JobRun | null | undefined }) {
  const { t } = useI18n();

  if (run?.status === 'running') return <Badge>{t('Reading its tables…')}</Badge>;
  if (run?.status === 'failed') return <Badge kind="warning">{t('Could not be read')}</Badge>;
  if (status === 'complete') return <Badge kind="success">{t('Up to date')}</Badge>;
  if (status === 'incomplete') return <Badge>{t('Reading its tables…')}</Badge>;
  return <Badge kind="warning">{t('Could not be read')}</Badge>;
}

function RemoveDialog({ database, onClose }: { database: Database; onClose: () => void }) {
  const { t } = useI18n();
  const remove = useRemoveDatabase(() => {
    onClose();
    showToast(t('{name} is removed.', { name: database.name }));
  });

  return (
    <ConfirmDialog
      title={t('Remove {name}?', { name: database.name })}
      confirmLabel={t('Remove it')}
      error={remove.error}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate(database.id)}
      onClose={onClose}
    >
      {database.is_sample
        ? t('You can restore the sample database whenever you like.')
        : t('The data stays where it is, but the questions asked here about it are deleted. This cannot be undone.')}
    </ConfirmDialog>
  );
}
