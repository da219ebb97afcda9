// Chooses someone who is not in the group yet.
import { useState } from 'react';
import type { GroupWithMembers } from '../../../api/types';
import { errorText } from '../../../lib/error-text';
import { useI18n } from '../../../shared/i18n';
import { Button, Notice, Select } from '../../../ui';
import { usePeople } from '../people/queries';
import { useAddMember } from './queries';
import styles from './groups.module.css';

export function AddMember({ group }: { group: GroupWithMembers }) {
  const { t } = useI18n();
  const [chosen, setChosen] = useState<string | null>(null);
  const people = usePeople('', 'active').data ?? [];
  const add = useAddMember(group.id, () => setChosen(null));
  const inside = new Set(group.members.map(({ user_id }) => user_id));
  const choices = people
    .filter(({ id }) => !inside.has(id))
    .map(({ id, common_name, email }) => ({
      id: String(id),
      label: common_name === email ? email : `${common_name} (${email})`,
    }));

  if (!choices.length) return null;
  return (
    <div className={styles.add}>
      <Select
        label={t('Add someone to the group')}
        choices={choices}
        value={chosen}
        onChange={setChosen}
        isSearchable={choices.length > 8}
      />
      <Button isDisabled={chosen === null} isPending={add.isPending} onPress={() => add.mutate(Number(chosen))}>
        {t('Add')}
      </Button>
      {add.isError && <Notice kind="danger">{errorText(t, add.error)}</Notice>}
    </div>
  );
}
