// One question of a form: its label, its input, a hint, and what is wrong with the answer.
import { type ReactNode, useState } from 'react';
import { FieldError as AriaFieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { Button as AriaButton } from 'react-aria-components/Button';
import { useI18n } from '../shared/i18n';
import { IconEye, IconEyeOff } from './icons';
import styles from './field.module.css';

interface FieldProps {
  label: string;
  name?: string;
  hint?: ReactNode;
  isRequired?: boolean;
  isReadOnly?: boolean;
  defaultValue?: string;
  value?: string;
  autoComplete?: string;
  autoFocus?: boolean;
  placeholder?: string;
  minLength?: number;
  maxLength?: number;
  onChange?: (value: string) => void;
}

type TextType = 'text' | 'email' | 'url' | 'number' | 'password' | 'date';

export function TextField({ type = 'text', ...props }: FieldProps & { type?: TextType }) {
  return <Field {...props} type={type} />;
}

export function PasswordField(props: FieldProps) {
  const { t } = useI18n();
  const [isShown, setShown] = useState(false);

  return (
    <Field {...props} type={isShown ? 'text' : 'password'} isSecret>
      <AriaButton
        className={styles.reveal ?? ''}
        aria-label={isShown ? t('Hide the password') : t('Show the password')}
        onPress={() => setShown(!isShown)}
      >
        {isShown ? <IconEyeOff /> : <IconEye />}
      </AriaButton>
    </Field>
  );
}

interface InputProps extends FieldProps {
  type: TextType;
  isSecret?: boolean;
  children?: ReactNode;
}

function Field({ label, hint, placeholder, type, isSecret, children, ...props }: InputProps) {
  const { t } = useI18n();
  const { isRequired } = props;

  return (
    <AriaTextField {...props} type={type} className={styles.field ?? ''}>
      <Label className={styles.label ?? ''}>
        {label}
        {!isRequired && !props.isReadOnly && <span className={styles.optional}> {t('(optional)')}</span>}
      </Label>
      <span className={styles.control}>
        <Input
          className={styles.input ?? ''}
          {...(placeholder && { placeholder })}
          {...(isSecret && { autoCapitalize: 'none', spellCheck: false })}
          {...(type === 'number' && { inputMode: 'numeric' as const })}
        />
        {children}
      </span>
      {hint && (
        <Text slot="description" className={styles.hint ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError />
    </AriaTextField>
  );
}

/** The browser would complain in its own language, which may not be the page's. */
export function FieldError() {
  const { t } = useI18n();

  return (
    <AriaFieldError className={styles.error ?? ''}>
      {({ validationErrors, validationDetails }) => {
        if (validationDetails.valueMissing) return t('Fill in this field.');
        if (validationDetails.typeMismatch) return t('This does not look complete: check it.');
        if (validationDetails.tooShort) return t('This is too short.');
        return validationErrors.join(' ');
      }}
    </AriaFieldError>
  );
}
