// The groups of people; rights are given to groups.
import { useState } from 'react';
import { Link } from 'wouter';
import type { Group } from '../../../api/types';
import { formatNumber } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Badge, Button, type Column, ConfirmDialog, Loaded, Menu, PageHeader, showToast, Table } from '../../../ui';
import { GroupNameDialog } from './group-name-dialog';
import { groupName, isFixed } from './group-names';
import { useCreateGroup, useDeleteGroup, useGroups } from './queries';

export function GroupsPage() {
  const { t } = useI18n();
  const [isCreating, setCreating] = useState(false);
  const [doomed, setDoomed] = useState<Group | null>(null);
  const create = useCreateGroup(() => setCreating(false));

  return (
    <>
      <PageHeader
        title={t('Groups')}
        lead={t('Rights are given to groups. Each person may belong to several.')}
        actions={
          <Button look="primary" onPress={() => setCreating(true)}>
            {t('Create a group')}
          </Button>
        }
      />
      <Loaded query={useGroups()}>{(groups) => <GroupTable groups={groups} onDelete={setDoomed} />}</Loaded>
      {isCreating && (
        <GroupNameDialog
          title={t('Create a group')}
          submitLabel={t('Create')}
          change={create}
          onClose={() => setCreating(false)}
        />
      )}
      {doomed && <DeleteGroupDialog group={doomed} onClose={() => setDoomed(null)} />}
    </>
  );
}

function GroupTable({ groups, onDelete }: { groups: Group[]; onDelete: (group: Group) => void }) {
  const { t, locale } = useI18n();
  const columns: Column<Group>[] = [
    {
      label: t('Group'),
      cell: (group) => (
        <>
          <Link href={`/admin/groups/${group.id}`}>{groupName(t, group)}</Link>{' '}
          {isFixed(group) && <Badge>{t('Always there')}</Badge>}
        </>
      ),
    },
    { label: t('Members'), kind: 'number', cell: ({ member_count }) => formatNumber(locale, member_count) },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: (group) =>
        !isFixed(group) && (
          <Menu
            label={t('Actions for {name}', { name: group.name })}
            actions={[{ id: 'delete', label: t('Delete'), isDangerous: true, onAction: () => onDelete(group) }]}
          />
        ),
    },
  ];

  return <Table caption={t('Groups')} columns={columns} rows={groups} keyOf={({ id }) => id} />;
}

function DeleteGroupDialog({ group, onClose }: { group: Group; onClose: () => void }) {
  const { t } = useI18n();
  const remove = useDeleteGroup(() => {
    onClose();
    showToast(t('The group {name} is deleted.', { name: group.name }));
  });

  return (
    <ConfirmDialog
      title={t('Delete the group {name}?', { name: group.name })}
      confirmLabel={t('Delete the group')}
      error={remove.error}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate(group.id)}
      onClose={onClose}
    >
      {t('Its members keep their accounts, but lose the rights that it gave them. This cannot be undone.')}
    </ConfirmDialog>
  );
}
