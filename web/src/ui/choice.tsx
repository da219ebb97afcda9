// Yes or no, and one of a few.
import { type ReactNode, useContext } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup';
import { FieldChange } from './field-change';
import { IconCheck } from './icons';
import styles from './field.module.css';

interface CheckboxProps {
  children: ReactNode;
  hint?: ReactNode;
  name?: string;
  isDisabled?: boolean;
  defaultSelected?: boolean;
  isSelected?: boolean;
  onChange?: (isSelected: boolean) => void;
}

export function Checkbox({ children, hint, onChange, ...props }: CheckboxProps) {
  const changed = useContext(FieldChange);

  function choose(isSelected: boolean) {
    changed(props.name ?? '');
    onChange?.(isSelected);
  }

  return (
    <AriaCheckbox {...props} value="true" className={styles.choice ?? ''} onChange={choose}>
      <span className={styles.box}>
        <IconCheck />
      </span>
      <span className={styles.choiceText}>
        {children}
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
    </AriaCheckbox>
  );
}

export interface Choice {
  id: string;
  label: string;
  /** The language of the label, when it is not the page's. */
  lang?: string;
}

interface ChoicesProps {
  label: string;
  choices: Choice[];
  value: string;
  onChange: (id: string) => void;
  /** One narrow row without a visible label, for a toolbar. */
  isNarrow?: boolean;
}

/** A few choices, all in sight. */
export function Choices({ label, choices, value, onChange, isNarrow }: ChoicesProps) {
  return (
    <AriaRadioGroup
      className={styles.group ?? ''}
      value={value}
      onChange={onChange}
      {...(isNarrow && { 'aria-label': label })}
    >
      {!isNarrow && <Label className={styles.label ?? ''}>{label}</Label>}
      <div className={isNarrow ? styles.row : styles.tiles}>
        {choices.map((choice) => (
          <Radio key={choice.id} value={choice.id} className={styles.tile ?? ''}>
            <span {...(choice.lang && { lang: choice.lang })}>{choice.label}</span>
          </Radio>
        ))}
      </div>
    </AriaRadioGroup>
  );
}
