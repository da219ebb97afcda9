// One step of the builder: its name, what it holds as chips, and a way to add to it.
import { type ReactNode, useState } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Button, IconClose, IconEye, IconPlus, Popover } from '../../../ui';
import { given, type Part } from '../model/preview';
import { focusStepOf } from './keys';
import { StepCount } from './step-count';
import { StepPreview } from './step-preview';
import styles from './builder.module.css';

interface StepProps {
  title: string;
  error?: string | undefined;
  /** Which step of the question it is, when there is something to see of it. */
  part?: Part;
  children: ReactNode;
}

export function Step({ title, error, part, children }: StepProps) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const preview = part && given(part);

  return (
    <section className={styles.step} aria-label={title} data-step>
      <div>
        <div className={styles.stepTop}>
          <h2 className={styles.stepTitle}>{title}</h2>
          {preview && (
            <button type="button" className={styles.look} aria-expanded={isOpen} aria-label={t('First rows after: {step}', { step: title })} title={t('First rows after: {step}', { step: title })} onClick={() => setOpen(!isOpen)}>
              <IconEye />
            </button>
          )}
        </div>
        {preview && <StepCount part={part} />}
      </div>
      <div className={styles.chips}>{children}</div>
      {preview && isOpen && <StepPreview query={preview} title={title} />}
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </section>
  );
}

interface ChipProps {
  label: string;
  onRemove?: () => void;
  edit: (close: () => void) => ReactNode;
}

export function Chip({ label, onRemove, edit }: ChipProps) {
  const { t } = useI18n();

  return (
    <span
      className={styles.chip}
      data-item
      onKeyDown={(event) => {
        if (event.key !== 'Delete' || !onRemove) return;
        focusStepOf(event.currentTarget);
        onRemove();
      }}
    >
      <Popover look="chip" label={label} trigger={label}>
        {edit}
      </Popover>
      {onRemove && (
        <Button look="quiet" label={t('Remove: {name}', { name: label })} onPress={onRemove}>
          <IconClose />
        </Button>
      )}
    </span>
  );
}

export function Add({ label, children }: { label: string; children: (close: () => void) => ReactNode }) {
  return (
    <span data-item="add">
      <Popover
        label={label}
        trigger={
          <>
            <IconPlus />
            {label}
          </>
        }
      >
        {children}
      </Popover>
    </span>
  );
}
