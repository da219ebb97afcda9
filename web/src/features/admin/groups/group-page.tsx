// One group: its name and its members.
import { useState } from 'react';
import type { GroupMember, GroupWithMembers } from '../../../api/types';
import { errorText } from '../../../lib/error-text';
import { useI18n } from '../../../shared/i18n';
import { Button, type Column, EmptyState, Loaded, PageHeader, showToast, Table } from '../../../ui';
import { AddMember } from './add-member';
import { GroupNameDialog } from './group-name-dialog';
import { everyoneId, groupName, isFixed } from './group-names';
import { useAddMember, useGroup, useRemoveMember, useRenameGroup } from './queries';

export function GroupPage({ id }: { id: number }) {
  return <Loaded query={useGroup(id)}>{(group) => <GroupContent group={group} />}</Loaded>;
}

function GroupContent({ group }: { group: GroupWithMembers }) {
  const { t } = useI18n();
  const [isRenaming, setRenaming] = useState(false);
  const rename = useRenameGroup(group.id, () => setRenaming(false));
  const isEveryone = group.id === everyoneId;

  return (
    <>
      <PageHeader
        title={groupName(t, group)}
        path={[{ label: t('Groups'), href: '/admin/groups' }]}
        {...(isEveryone && { lead: t('Every person with an account belongs to this group.') })}
        actions={!isFixed(group) && <Button onPress={() => setRenaming(true)}>{t('Rename')}</Button>}
      />
      {!isEveryone && <AddMember group={group} />}
      {group.members.length > 0 ? (
        <Members group={group} />
      ) : (
        <EmptyState title={t('Nobody in this group yet')}>{t('Add someone with the box above.')}</EmptyState>
      )}
      {isRenaming && (
        <GroupNameDialog
          title={t('Rename the group')}
          submitLabel={t('Rename')}
          name={group.name}
          change={rename}
          onClose={() => setRenaming(false)}
        />
      )}
    </>
  );
}

function Members({ group }: { group: GroupWithMembers }) {
  const { t } = useI18n();
  const [leaving, setLeaving] = useState<GroupMember | null>(null);
  const add = useAddMember(group.id, () => {});
  const remove = useRemoveMember(() => {
    if (!leaving) return;
    const { user_id } = leaving;
    showToast(t('{name} has left the group.', { name: memberName(leaving) }), () => add.mutate(user_id));
  });

  function take(member: GroupMember) {
    setLeaving(member);
    remove.mutate(member.membership_id, { onError: (error) => showToast(errorText(t, error)) });
  }

  const columns: Column<GroupMember>[] = [
    { label: t('Name'), cell: memberName },
    { label: t('E-mail address'), cell: ({ email }) => email },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: (member) =>
        group.id !== everyoneId && (
          <Button look="quiet" label={t('Remove {name}', { name: memberName(member) })} onPress={() => take(member)}>
            {t('Remove')}
          </Button>
        ),
    },
  ];

  return <Table caption={t('Members')} columns={columns} rows={group.members} keyOf={({ user_id }) => user_id} />;
}

const memberName = ({ first_name, last_name, email }: GroupMember) =>
  [first_name, last_name].filter(Boolean).join(' ') || email;
