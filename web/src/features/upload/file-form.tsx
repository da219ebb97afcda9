// Choosing a file and sending it.
import { type ReactNode, useState } from 'react';
import { errorText } from '../../lib/error-text';
import { useI18n } from '../../shared/i18n';
import { Button, FileField, Notice } from '../../ui';
import styles from './upload.module.css';

interface FileFormProps {
  submitLabel: string;
  error: unknown;
  isPending: boolean;
  children?: ReactNode;
  onSend: (file: File) => void;
}

export function FileForm({ submitLabel, error, isPending, children, onSend }: FileFormProps) {
  const { t } = useI18n();
  const [file, setFile] = useState<File | null>(null);

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (file && !isPending) onSend(file);
      }}
    >
      <FileField
        label={t('File')}
        hint={t('CSV or Excel, with the names of the columns in its first row. The types of the columns are guessed.')}
        accept=".csv,.tsv,.xlsx,text/csv,text/tab-separated-values"
        onChoose={setFile}
      />
      {children}
      {Boolean(error) && <Notice kind="danger">{errorText(t, error)}</Notice>}
      <div>
        <Button type="submit" look="primary" isDisabled={file === null} isPending={isPending}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
