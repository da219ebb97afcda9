// The list of people and the menu of each.
import type { User } from '../../../api/types';
import { errorText } from '../../../lib/error-text';
import { useUser } from '../../../lib/session';
import { formatDate } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Badge, type Column, EmptyState, Menu, type MenuAction, showToast, Table } from '../../../ui';
import { groupName, isFixed } from '../groups/group-names';
import { useGroups } from '../groups/queries';
import { useDeactivate, useReactivate } from './queries';
import styles from './people.module.css';

interface PeopleTableProps {
  users: User[];
  onEdit: (user: User) => void;
  onInviteAgain: (user: User) => void;
}

export function PeopleTable({ users, onEdit, onInviteAgain }: PeopleTableProps) {
  const { t, locale } = useI18n();
  const actionsOf = usePersonActions({ onEdit, onInviteAgain });
  const columns: Column<User>[] = [
    { label: t('Name'), cell: (user) => <Name user={user} /> },
    { label: t('Groups'), cell: (user) => <Groups user={user} /> },
    {
      label: t('Last sign-in'),
      cell: ({ last_login }) => (last_login ? formatDate(locale, last_login) : t('Never')),
    },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: (user) => <Menu label={t('Actions for {name}', { name: user.common_name })} actions={actionsOf(user)} />,
    },
  ];

  if (!users.length) return <EmptyState title={t('Nobody here')}>{t('Try another name or address.')}</EmptyState>;
  return <Table caption={t('People')} columns={columns} rows={users} keyOf={({ id }) => id} />;
}

function Name({ user }: { user: User }) {
  const { t } = useI18n();

  return (
    <span className={styles.person}>
      <span>
        {user.common_name} {user.is_superuser && <Badge>{t('Administrator')}</Badge>}
      </span>
      {user.common_name !== user.email && <span className={styles.email}>{user.email}</span>}
    </span>
  );
}

function Groups({ user }: { user: User }) {
  const { t } = useI18n();
  const groups = useGroups().data ?? [];
  const ids = user.user_group_memberships?.map(({ id }) => id) ?? [];
  const mine = groups.filter((group) => ids.includes(group.id) && !isFixed(group));

  return mine.map((group) => groupName(t, group)).join(', ');
}

function usePersonActions({ onEdit, onInviteAgain }: Omit<PeopleTableProps, 'users'>) {
  const { t } = useI18n();
  const me = useUser();
  const sayProblem = { onError: (error: Error) => showToast(errorText(t, error)) };
  const reactivate = useReactivate((user) => showToast(t('{name} can sign in again.', { name: user.common_name })));
  const undo = (user: User) => reactivate.mutate(user, sayProblem);
  const deactivate = useDeactivate((user) =>
    showToast(t('{name} can no longer sign in.', { name: user.common_name }), () => undo(user)),
  );

  return (user: User): MenuAction[] => {
    if (!user.is_active) {
      return [{ id: 'reactivate', label: t('Reactivate'), onAction: () => reactivate.mutate(user, sayProblem) }];
    }

    const edit = { id: 'edit', label: t('Edit'), onAction: () => onEdit(user) };
    // One cannot shut oneself out.
    if (user.id === me.id) return [edit];
    return [
      edit,
      {
        id: 'invite',
        label: user.last_login ? t('Send a link to choose a new password') : t('Invite again'),
        onAction: () => onInviteAgain(user),
      },
      {
        id: 'deactivate',
        label: t('Deactivate'),
        isDangerous: true,
        onAction: () => deactivate.mutate(user, sayProblem),
      },
    ];
  };
}
