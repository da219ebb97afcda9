// A form that says what went wrong where it went wrong, and sends itself with Enter.
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Form as AriaForm } from 'react-aria-components/Form';
import { fieldTexts, formText } from '../lib/error-text';
import { useI18n } from '../shared/i18n';
import { Button } from './button';
import { Notice } from './notice';
import { goToTrouble } from './trouble';
import { FieldChange } from './field-change';
import styles from './form.module.css';

export type FormValues = Record<string, string>;

const untouched: string[] = [];

interface FormProps {
  children: ReactNode;
  submitLabel: string;
  /** The full name of the button where several forms of a page have the same label. */
  submitName?: string;
  /** Nothing to send yet: the buttons wait for a change. */
  isUnchanged?: boolean;
  onSubmit: (values: FormValues) => void;
  error?: unknown;
  isPending?: boolean;
  /** Beside the main button: cancel, go back... */
  otherActions?: ReactNode;
}

export function Form(props: FormProps) {
  const { children, submitLabel, submitName, onSubmit, error, otherActions } = props;
  const { isPending = false, isUnchanged = false } = props;
  const { t } = useI18n();
  const form = useRef<HTMLFormElement>(null);
  const shown = namesOf(form.current);
  const trouble = formText(t, error, shown);
  const [reasons, forget] = useReasons(error);

  useEffect(() => void (error && goToTrouble(form.current)), [error]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!isPending) onSubmit(valuesOf(event.currentTarget));
  }

  return (
    <AriaForm ref={form} onSubmit={submit} validationErrors={reasons}>
      <FieldChange.Provider value={forget}>
        <div className={styles.form} onInput={({ target }) => forget(nameOf(target))}>
          {children}
          {trouble && <Notice kind="danger">{trouble}</Notice>}
          {!isUnchanged && (
            <div className={styles.actions}>
              <Button type="submit" look="primary" isPending={isPending} {...(submitName && { label: submitName })}>
                {submitLabel}
              </Button>
              {otherActions}
            </div>
          )}
        </div>
      </FieldChange.Provider>
    </AriaForm>
  );
}

/**
 * What is wrong with each field, until someone types there; who corrects another field knows better what was wrong, and
 * may send the form again. Waiting for the field to lose the focus
 * would move the button away from under the pointer that is pressing it.
 */
function useReasons(error: unknown) {
  const { t } = useI18n();
  const [edited, setEdited] = useState({ error, names: untouched });
  const names = edited.error === error ? edited.names : untouched;
  // React Aria shows the reasons again whenever this object changes, so it may only change with them.
  const reasons = useMemo(() => {
    const all = Object.entries(fieldTexts(t, error));
    return Object.fromEntries(all.filter(([name]) => !names.includes(name)));
  }, [t, error, names]);

  function forget(name: string) {
    const wrong = Object.keys(reasons);
    if (wrong.length) setEdited({ error, names: [...names, ...(wrong.includes(name) ? [name] : wrong)] });
  }
  return [reasons, forget] as const;
}

const nameOf = (target: EventTarget): string => (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.name : '');

function valuesOf(form: HTMLFormElement): FormValues {
  const pairs = [...new FormData(form)].map(([name, value]) => [name, String(value)]);

  return Object.fromEntries(pairs) as FormValues;
}

function namesOf(form: HTMLFormElement | null): string[] {
  return form ? [...new Set([...form.elements].map((element) => element.getAttribute('name') ?? ''))] : [];
}
