// The keys of programs: a list, and what one can do with each.
import { useState } from 'react';
import type { ApiKey } from '../../../api/types';
import { formatDate } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Button, type Column, EmptyState, Loaded, Menu, PageHeader, Table } from '../../../ui';
import { groupName } from '../groups/group-names';
import { NewKeyDialog, RegenerateDialog, RevokeDialog, SecretDialog } from './key-dialogs';
import { useKeys } from './queries';

type Open = { kind: 'new' } | { kind: 'secret' | 'regenerate' | 'revoke'; key: ApiKey } | null;

export function KeysPage() {
  const { t } = useI18n();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const showSecret = (key: ApiKey) => setOpen({ kind: 'secret', key });
  const create = (
    <Button look="primary" onPress={() => setOpen({ kind: 'new' })}>
      {t('Create a key')}
    </Button>
  );

  return (
    <>
      <PageHeader
        title={t('API keys')}
        lead={t('A key lets a program act with the rights of one group.')}
        actions={create}
      />
      <Loaded query={useKeys()}>
        {(keys) =>
          keys.length ? (
            <KeyTable keys={keys} onOpen={setOpen} />
          ) : (
            <EmptyState title={t('No key yet')}>
              {t('Create one for each program, so that each can be revoked by itself.')}
            </EmptyState>
          )
        }
      </Loaded>
      {open?.kind === 'new' && <NewKeyDialog onCreated={showSecret} onClose={close} />}
      {open?.kind === 'secret' && <SecretDialog apiKey={open.key} onClose={close} />}
      {open?.kind === 'regenerate' && <RegenerateDialog apiKey={open.key} onDone={showSecret} onClose={close} />}
      {open?.kind === 'revoke' && <RevokeDialog apiKey={open.key} onClose={close} />}
    </>
  );
}

function KeyTable({ keys, onOpen }: { keys: ApiKey[]; onOpen: (open: Open) => void }) {
  const { t, locale } = useI18n();
  const columns: Column<ApiKey>[] = [
    { label: t('Name'), cell: ({ name }) => name },
    { label: t('Group'), cell: ({ group }) => groupName(t, group) },
    { label: t('Key'), cell: ({ masked_key }) => <code>{masked_key}</code> },
    { label: t('Created'), cell: ({ created_at }) => formatDate(locale, created_at) },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: (key) => (
        <Menu
          label={t('Actions for {name}', { name: key.name })}
          actions={[
            { id: 'regenerate', label: t('Replace by a new key'), onAction: () => onOpen({ kind: 'regenerate', key }) },
            { id: 'revoke', label: t('Revoke'), isDangerous: true, onAction: () => onOpen({ kind: 'revoke', key }) },
          ]}
        />
      ),
    },
  ];

  return <Table caption={t('API keys')} columns={columns} rows={keys} keyOf={({ id }) => id} />;
}
