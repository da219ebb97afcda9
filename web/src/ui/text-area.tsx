// Text of several lines.
import type { ReactNode, Ref } from 'react';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import styles from './field.module.css';

interface TextAreaProps {
  label: string;
  name?: string;
  value?: string;
  defaultValue?: string;
  hint?: ReactNode;
  error?: string | undefined;
  rows?: number;
  isCode?: boolean;
  isReadOnly?: boolean;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLTextAreaElement>;
  onChange?: (value: string) => void;
}

export function TextArea({ label, hint, error, rows = 3, isCode, inputRef, ...props }: TextAreaProps) {
  return (
    <AriaTextField {...props} isInvalid={Boolean(error)} className={styles.field ?? ''}>
      <Label className={styles.label ?? ''}>{label}</Label>
      <AriaTextArea className={`${styles.input} ${isCode ? styles.code : ''}`} rows={rows} ref={inputRef ?? null} spellCheck={!isCode} />
      {hint && (
        <Text slot="description" className={styles.hint ?? ''}>
          {hint}
        </Text>
      )}
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </AriaTextField>
  );
}
