// A file of this device.
import { useId } from 'react';
import styles from './file-field.module.css';

interface FileFieldProps {
  label: string;
  hint: string;
  /** Endings and types that the browser offers first. */
  accept: string;
  /** Null when what was chosen is taken back. */
  onChoose: (file: File | null) => void;
}

export function FileField({ label, hint, accept, onChoose }: FileFieldProps) {
  const hintId = useId();

  return (
    <>
      <label className={styles.file}>
        <span>{label}</span>
        <input type="file" accept={accept} aria-describedby={hintId} onChange={({ target }) => onChoose(target.files?.[0] ?? null)} />
      </label>
      <p id={hintId} className={styles.hint}>
        {hint}
      </p>
    </>
  );
}
