// Calculating without a formula: a part of a column, several columns as one.
import { useState } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Button, Picker, Select, TextField } from '../../../ui';
import { type Choosable } from '../model/columns';
import { partsIn, together } from '../model/shortcuts';
import { ColumnPicker } from './column-picker';
import styles from './builder.module.css';

interface ShortcutProps {
  columns: readonly Choosable[];
  onSubmit: (name: string, formula: unknown) => void;
}

export function ExtractForm({ columns, onSubmit }: ShortcutProps) {
  const { t } = useI18n();
  const [column, choose] = useState<Choosable | null>(null);
  if (!column) return <ColumnPicker columns={columns.filter((one) => partsIn(one).length > 0)} onPick={choose} />;

  const parts = partsIn(column);
  return (
    <Picker
      key={column.label}
      label={t('What to take out')}
      groups={[{ label: column.label, items: parts.map(({ id, label }) => ({ id, label: t(label) })) }]}
      onPick={(id) => {
        const part = parts.find((one) => one.id === id);
        if (part) onSubmit(t('{column}: {part}', { column: column.label, part: t(part.label).split(',')[0]?.toLowerCase() ?? '' }), part.of(column.ref));
      }}
    />
  );
}

export function CombineForm({ columns, onSubmit }: ShortcutProps) {
  const { t } = useI18n();
  const [chosen, setChosen] = useState(['', '']);
  const [between, setBetween] = useState(' ');
  const choices = columns.map(({ label, group }, index) => ({ id: String(index), label: `${group} → ${label}` }));
  const found = chosen.flatMap((index) => (index === '' ? [] : (columns[Number(index)] ?? [])));

  return (
    <div className={styles.form}>
      {chosen.map((value, at) => (
        <Select key={at} label={t('Column {number}', { number: at + 1 })} isSearchable choices={choices} value={value || null} onChange={(id) => setChosen(chosen.map((old, index) => (index === at ? id : old)))} />
      ))}
      <Button look="quiet" onPress={() => setChosen([...chosen, ''])}>
        {t('One more column')}
      </Button>
      <TextField label={t('Between them')} value={between} onChange={setBetween} />
      <Button look="primary" isDisabled={found.length < 2} onPress={() => onSubmit(found.map(({ label }) => label).join(' + '), together(found.map(({ ref }) => ref), between))}>
        {t('Add the column')}
      </Button>
    </div>
  );
}
