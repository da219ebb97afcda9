// A file becomes a table, and a model that anyone who may see the collection can ask about.
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useCollectionChoices } from '../../lib/collections';
import { useI18n } from '../../shared/i18n';
import { Choices, Dialog, Select, showToast } from '../../ui';
import { FileForm } from './file-form';
import { type RefillMode, useRefill, useUpload } from './queries';

interface UploadDialogProps {
  /** Where the model is kept at first: "root" or a number. */
  collection: string;
  onClose: () => void;
}

export function UploadDialog({ collection, onClose }: UploadDialogProps) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const [place, setPlace] = useState(collection);
  const upload = useUpload((model) => {
    onClose();
    go(`/question/${model}`);
    showToast(t('The file is a table now.'));
  });

  return (
    <Dialog title={t('Upload a file')} onClose={onClose}>
      <FileForm submitLabel={t('Upload')} error={upload.error} isPending={upload.isPending} onSend={(file) => upload.mutate({ file, place })}>
        <Select label={t('Kept in')} choices={useCollectionChoices()} value={place} onChange={setPlace} />
      </FileForm>
    </Dialog>
  );
}

/** Other rows for a table that was made from a file. */
export function RefillDialog({ table, onClose }: { table: { id: number; display_name: string }; onClose: () => void }) {
  const { t } = useI18n();
  const [mode, setMode] = useState<RefillMode>('append');
  const refill = useRefill(table.id, () => {
    onClose();
    showToast(t('The rows are there.'));
  });

  return (
    <Dialog title={t('Rows from a file: {name}', { name: table.display_name })} onClose={onClose}>
      <FileForm submitLabel={t('Upload')} error={refill.error} isPending={refill.isPending} onSend={(file) => refill.mutate({ file, mode })}>
        <Choices
          label={t('What happens to the rows that are there')}
          choices={[
            { id: 'append', label: t('They stay') },
            { id: 'replace', label: t('They go') },
          ]}
          value={mode}
          onChange={(id) => setMode(id === 'replace' ? id : 'append')}
        />
      </FileForm>
    </Dialog>
  );
}
