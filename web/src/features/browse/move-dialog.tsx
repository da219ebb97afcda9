// Choosing another place for one item, or for several.
import { useState } from 'react';
import { useCollectionChoices } from '../../lib/collections';
import type { Item } from '../../lib/question-types';
import { useI18n } from '../../shared/i18n';
import { Dialog, Form, Select, showToast } from '../../ui';
import { type ItemChange, useItemChanges } from './queries';

const where = (id: string | number | null) => (id === 'root' || id === null ? null : Number(id));

const movedTo = (item: Item, id: string | number | null): ItemChange => ({ item, change: item.model === 'collection' ? { parent_id: where(id) } : { collection_id: where(id) } });

export function MoveDialog({ items, onClose, onMoved }: { items: Item[]; onClose: () => void; onMoved?: () => void }) {
  const { t } = useI18n();
  const changing = useItemChanges();
  const own = new Set(items.filter(({ model }) => model === 'collection').map(({ id }) => String(id)));
  const choices = useCollectionChoices().filter(({ id }) => !own.has(id));
  const [first] = items;
  const [place, setPlace] = useState(first?.collection_id == null ? 'root' : String(first.collection_id));
  const name = items.length === 1 && first ? first.name : t('{count, plural, one {# item} other {# items}}', { count: items.length });

  async function move() {
    const isDone = await changing.mutateAsync(items.map((item) => movedTo(item, place))).then(() => true, () => false);
    if (!isDone) return;
    onClose();
    onMoved?.();
    showToast(t('Moved: {name}', { name }), () => void changing.mutateAsync(items.map((item) => movedTo(item, item.collection_id))));
  }

  return (
    <Dialog title={t('Move: {name}', { name })} onClose={onClose}>
      <Form submitLabel={t('Move')} error={changing.error} isPending={changing.isPending} onSubmit={() => void move()}>
        <Select label={t('Kept in')} choices={choices} value={place} onChange={setPlace} />
      </Form>
    </Dialog>
  );
}
