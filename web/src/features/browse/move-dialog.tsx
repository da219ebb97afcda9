// Choosing another place for an item.
import { useState } from 'react';
import { useCollectionChoices } from '../../lib/collections';
import type { Item } from '../../lib/question-types';
import { useI18n } from '../../shared/i18n';
import { Dialog, Form, Select, showToast } from '../../ui';
import { useItemChange } from './queries';

export function MoveDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  const { t } = useI18n();
  const changing = useItemChange();
  const choices = useCollectionChoices().filter(({ id }) => item.model !== 'collection' || id !== String(item.id));
  const [place, setPlace] = useState(item.collection_id === null ? 'root' : String(item.collection_id));
  const where = (id: string | number | null) => (id === 'root' || id === null ? null : Number(id));
  const change = (id: string | number | null) => (item.model === 'collection' ? { parent_id: where(id) } : { collection_id: where(id) });

  async function move() {
    const isDone = await changing.mutateAsync({ item, change: change(place) }).then(() => true, () => false);
    if (!isDone) return;
    onClose();
    showToast(t('Moved: {name}', { name: item.name }), () => void changing.mutateAsync({ item, change: change(item.collection_id) }));
  }

  return (
    <Dialog title={t('Move: {name}', { name: item.name })} onClose={onClose}>
      <Form submitLabel={t('Move')} error={changing.error} isPending={changing.isPending} onSubmit={() => void move()}>
        <Select label={t('Kept in')} choices={choices} value={place} onChange={setPlace} />
      </Form>
    </Dialog>
  );
}
