// Where a question goes, and what it is called.
import { useState } from 'react';
import { useCollectionChoices } from '../../lib/collections';
import { useI18n } from '../../shared/i18n';
import { Dialog, Form, Select, TextArea, TextField } from '../../ui';

interface SaveDialogProps {
  title: string;
  name: string;
  description: string;
  collection: number | null;
  error: unknown;
  isPending: boolean;
  onSave: (values: { name: string; description: string | null; collection_id: number | null }) => void;
  onClose: () => void;
}

export function SaveDialog({ title, name, description, collection, error, isPending, onSave, onClose }: SaveDialogProps) {
  const { t } = useI18n();
  const [place, setPlace] = useState(collection);
  const choices = useCollectionChoices();

  return (
    <Dialog title={title} onClose={onClose}>
      <Form
        submitLabel={t('Save')}
        error={error}
        isPending={isPending}
        onSubmit={(values) => onSave({ name: values.name ?? '', description: values.description || null, collection_id: place })}
      >
        <TextField name="name" label={t('Name')} isRequired autoFocus defaultValue={name} maxLength={254} />
        <TextArea name="description" label={t('Description')} rows={2} defaultValue={description} hint={t('Shown under the title, also to the public.')} />
        <Select label={t('Kept in')} choices={choices} value={place === null ? 'root' : String(place)} onChange={(id) => setPlace(id === 'root' ? null : Number(id))} />
      </Form>
    </Dialog>
  );
}
