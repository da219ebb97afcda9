// How a column is grouped: by month, in ranges, or value by value.
import { holdsDates, holdsNumbers, isKey } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Select } from '../../../ui';
import { type Choosable, findColumn } from '../model/columns';
import type { Clause, FieldOptions } from '../model/query';
import { bins, units } from '../model/words';
import styles from './builder.module.css';

const isRange = ({ column }: Choosable) => holdsNumbers(column) && !isKey(column);

/** Another unit or other ranges, in place of those that a column had. */
export function withOptions([kind, target, options]: Clause, change: FieldOptions): Clause {
  const { 'temporal-unit': _, binning: __, ...others } = (options ?? {}) as FieldOptions;
  const all = { ...others, ...change };

  return [kind, target, Object.keys(all).length ? all : null];
}

/** Dates start as months, numbers as ranges: what people mean most often. */
export function firstBreakout(column: Choosable): Clause {
  if (column.ref[0] === 'expression') return column.ref;
  if (holdsDates(column.column)) return withOptions(column.ref, { 'temporal-unit': 'month' });
  // Columns of an earlier step have no known range to cut.
  return isRange(column) && column.column.id ? withOptions(column.ref, { binning: { strategy: 'default' } }) : column.ref;
}

interface BreakoutFormProps {
  columns: Choosable[];
  breakout: Clause;
  onSubmit: (breakout: Clause) => void;
}

export function BreakoutForm({ columns, breakout, onSubmit }: BreakoutFormProps) {
  const { t } = useI18n();
  const column = findColumn(columns, breakout);
  const options = (breakout[2] ?? {}) as FieldOptions;

  if (column && holdsDates(column.column) && breakout[0] === 'field') {
    return (
      <Select label={t('By')} choices={units.map(({ id, label }) => ({ id, label: t(label) }))} value={options['temporal-unit'] ?? null} onChange={(unit) => onSubmit(withOptions(breakout, { 'temporal-unit': unit }))} />
    );
  }
  if (column && isRange(column) && breakout[0] === 'field') {
    const now = bins.find(({ binning }) => JSON.stringify(binning ?? undefined) === JSON.stringify(options.binning));
    const set = (id: string) => {
      const binning = bins.find((bin) => bin.id === id)?.binning;
      onSubmit(withOptions(breakout, binning ? { binning } : {}));
    };
    return <Select label={t('By')} choices={bins.map(({ id, label }) => ({ id, label: t(label) }))} value={now?.id ?? 'none'} onChange={set} />;
  }
  return <p className={styles.soft}>{t('Each value makes a group.')}</p>;
}
