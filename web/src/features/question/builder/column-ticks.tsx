// Ticking the columns that come back.
import { useState } from 'react';
import { fold } from '../../../lib/fold';
import { useI18n } from '../../../shared/i18n';
import { Button, Checkbox, SearchField } from '../../../ui';
import type { Choosable } from '../model/columns';
import styles from './builder.module.css';

interface ColumnTicksProps {
  columns: readonly Choosable[];
  isOn: (column: Choosable) => boolean;
  onTurn: (column: Choosable, isOn: boolean) => void;
  /** Back to all of them. */
  onAll: () => void;
}

const few = 8;

export function ColumnTicks({ columns, isOn, onTurn, onAll }: ColumnTicksProps) {
  const { t } = useI18n();
  const [wanted, setWanted] = useState('');
  const found = columns.filter(({ label }) => fold(label).includes(fold(wanted)));
  const groups = [...new Set(found.map(({ group }) => group))];
  const count = columns.filter(isOn).length;

  return (
    <div className={styles.ticks} role="group" aria-label={t('Columns')}>
      {columns.length > few && <SearchField label={t('Find a column')} value={wanted} onChange={setWanted} />}
      <div className={styles.tickList}>
        {groups.map((group) => (
          <div key={group} role="group" aria-label={group}>
            {groups.length > 1 && <p className={styles.soft}>{group}</p>}
            {found.map((column, index) =>
              column.group === group ? (
                <Checkbox key={index} isSelected={isOn(column)} isDisabled={count === 1 && isOn(column)} onChange={(next) => onTurn(column, next)}>
                  {column.label}
                </Checkbox>
              ) : null,
            )}
          </div>
        ))}
      </div>
      <Button look="quiet" onPress={onAll}>
        {t('All columns')}
      </Button>
    </div>
  );
}
