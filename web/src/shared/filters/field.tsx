// A labelled place for one filter.
import { type ReactNode, useId } from 'react';
import { useI18n } from '../i18n';
import type { FilterParameter } from './types';
import { isNothing } from './types';
import styles from './filters.module.css';

interface FilterFieldProps {
  parameter: FilterParameter;
  value: unknown;
  onClear: () => void;
  children: (id: string) => ReactNode;
}

export function FilterField({ parameter, value, onClear, children }: FilterFieldProps) {
  const { t } = useI18n();
  const id = useId();
  const canClear = !isNothing(value) && !(parameter.required && String(value) === String(parameter.default));

  return (
    <div className={styles.field} data-set={!isNothing(value) || undefined}>
      <label htmlFor={id}>{parameter.name}</label>
      <div className={styles.control}>
        {children(id)}
        {canClear && (
          <button type="button" className={styles.clear} aria-label={t('Clear: {name}', { name: parameter.name })} onClick={onClear}>
            ×
          </button>
        )}
      </div>
    </div>
  );
}
