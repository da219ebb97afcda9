// One step of the builder: its name, what it holds as chips, and a way to add to it.
import type { ReactNode } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Button, IconClose, IconPlus, Popover } from '../../../ui';
import styles from './builder.module.css';

interface StepProps {
  title: string;
  error?: string | undefined;
  children: ReactNode;
}

export function Step({ title, error, children }: StepProps) {
  return (
    <section className={styles.step} aria-label={title}>
      <h2 className={styles.stepTitle}>{title}</h2>
      <div className={styles.chips}>{children}</div>
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
    <span className={styles.chip} onKeyDown={(event) => event.key === 'Delete' && onRemove?.()}>
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
  );
}
