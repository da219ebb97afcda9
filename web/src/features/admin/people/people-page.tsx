// Who has an account, and what one can do about it.
import { useState } from 'react';
import type { User } from '../../../api/types';
import { useI18n } from '../../../shared/i18n';
import { Button, Choices, Loaded, PageHeader, SearchField, showToast, Toolbar } from '../../../ui';
import { InvitationDialog } from './invitation-dialog';
import { PeopleTable } from './people-table';
import { PersonDialog } from './person-dialog';
import { type Invitation, type PeopleStatus, useInviteAgain, usePeople } from './queries';

/** Which dialog is open, and for whom. */
type Open = { kind: 'new' } | { kind: 'edit'; user: User } | { kind: 'invited'; invitation: Invitation } | null;

export function PeoplePage() {
  const { t } = useI18n();
  const [query, setQuery] = useState('');
  const [status, setStatus] = useState<PeopleStatus>('active');
  const [open, setOpen] = useState<Open>(null);
  const people = usePeople(query, status);
  const close = () => setOpen(null);
  const showInvitation = (invitation: Invitation) => setOpen({ kind: 'invited', invitation });
  const again = useInviteAgain(showInvitation);

  function onSaved() {
    close();
    showToast(t('The changes are saved.'));
  }

  return (
    <>
      <PageHeader
        title={t('People')}
        actions={
          <Button look="primary" onPress={() => setOpen({ kind: 'new' })}>
            {t('Invite someone')}
          </Button>
        }
      />
      <Toolbar>
        <SearchField label={t('Find someone')} value={query} onChange={setQuery} />
        <Choices
          isNarrow
          label={t('Accounts')}
          value={status}
          onChange={(id) => setStatus(id === 'deactivated' ? id : 'active')}
          choices={[
            { id: 'active', label: t('Active') },
            { id: 'deactivated', label: t('Deactivated') },
          ]}
        />
      </Toolbar>
      <Loaded query={people}>
        {(users) => (
          <PeopleTable
            users={users}
            onEdit={(user) => setOpen({ kind: 'edit', user })}
            onInviteAgain={(user) => again.mutate(user)}
          />
        )}
      </Loaded>
      {open?.kind === 'new' && <PersonDialog onClose={close} onInvited={showInvitation} onSaved={onSaved} />}
      {open?.kind === 'edit' && (
        <PersonDialog user={open.user} onClose={close} onInvited={showInvitation} onSaved={onSaved} />
      )}
      {open?.kind === 'invited' && <InvitationDialog invitation={open.invitation} onClose={close} />}
    </>
  );
}
