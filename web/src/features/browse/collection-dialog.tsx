// A new collection, or another name for one.
import type { Collection } from '../../lib/question-types';
import { useI18n } from '../../shared/i18n';
import { Dialog, Form, TextArea, TextField } from '../../ui';
import { useCollectionSaving } from './queries';

interface CollectionDialogProps {
  parent: number | null;
  collection?: Collection;
  onClose: () => void;
}

export function CollectionDialog({ parent, collection, onClose }: CollectionDialogProps) {
  const { t } = useI18n();
  const saving = useCollectionSaving();

  async function save(name: string, description: string) {
    const place = collection ? (collection.parent_id ?? null) : parent;
    const saved = await saving.mutateAsync({ ...(collection && { id: collection.id }), name, description: description || null, parent_id: place }).catch(() => null);
    if (saved) onClose();
  }

  return (
    <Dialog title={collection ? t('Change the collection') : t('New collection')} onClose={onClose}>
      <Form submitLabel={t('Save')} error={saving.error} isPending={saving.isPending} onSubmit={({ name = '', description = '' }) => void save(name, description)}>
        <TextField name="name" label={t('Name')} isRequired autoFocus defaultValue={collection?.name ?? ''} maxLength={100} />
        <TextArea name="description" label={t('Description')} rows={2} defaultValue={collection?.description ?? ''} />
      </Form>
    </Dialog>
  );
}
