// Text of several lines.
import type { ReactNode, Ref } from 'react';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { useI18n } from '../shared/i18n';
import { FieldError } from './field';
import styles from './field.module.css';

interface TextAreaProps {
  label: string;
  name?: string;
  value?: string;
  defaultValue?: string;
  hint?: ReactNode;
  error?: string | undefined;
  placeholder?: string;
  rows?: number;
  isCode?: boolean;
  isReadOnly?: boolean;
  /** It says so where others of its form must be filled in. */
  isOptional?: boolean;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLTextAreaElement>;
  onChange?: (value: string) => void;
}

export function TextArea({ label, hint, error, placeholder, rows = 3, isCode, isOptional, inputRef, ...props }: TextAreaProps) {
  const { t } = useI18n();

  return (
    <AriaTextField {...props} isInvalid={Boolean(error)} className={styles.field ?? ''}>
      <Label className={styles.label ?? ''}>
        {label}
        {isOptional && <span className={styles.optional}> {t('(optional)')}</span>}
      </Label>
      <AriaTextArea className={`${styles.input} ${isCode ? styles.code : ''}`} rows={rows} {...(placeholder && { placeholder })} ref={inputRef ?? null} spellCheck={!isCode} />
      {hint && (
        <Text slot="description" className={styles.hint ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError />
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </AriaTextField>
  );
}
