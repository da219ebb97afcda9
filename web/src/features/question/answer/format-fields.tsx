// How the values of one column are written, with one of them as an example.
import { useState } from 'react';
import { type Column, type Data, holdsNumbers, type Settings } from '../../../shared/data';
import { type ColumnSettings, columnKey, columnSettings, useWriting, writer } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Checkbox, Select, TextField } from '../../../ui';
import { type FormatField, formatTable } from './format-table';
import styles from './answer.module.css';

interface FormatFieldsProps {
  data: Data;
  settings: Settings;
  /** The column to start with. */
  column?: string | undefined;
  onChange: (settings: Settings) => void;
}

export function FormatFields({ data, settings, column: first, onChange }: FormatFieldsProps) {
  const { t } = useI18n();
  const [name, setName] = useState(first ?? data.cols.find(holdsNumbers)?.name ?? data.cols[0]?.name ?? '');
  const column = data.cols.find((one) => one.name === name) ?? data.cols[0];
  if (!column) return null;

  const own = columnSettings(column, settings);
  const set = (key: string, value: unknown) => {
    const all = (settings.column_settings ?? {}) as Record<string, object>;
    const stored = columnKey(column);
    onChange({ ...settings, column_settings: { ...all, [stored]: { ...all[stored], [key]: value } } });
  };

  return (
    <>
      <Select label={t('Column')} choices={data.cols.map((one) => ({ id: one.name, label: one.display_name }))} value={column.name} onChange={setName} />
      <Example column={column} data={data} settings={settings} />
      {formatTable
        .filter(({ fits }) => fits(column, own))
        .map((field) => (
          <Field key={`${column.name} ${field.key}`} field={field} own={own} onChange={(value) => set(field.key, value)} />
        ))}
      {own.view_as === 'link' && <p className={styles.hint}>{t('In the words and in the address of a link, the name of a column in double braces stands for its value.')}</p>}
    </>
  );
}

/** The first value that there is, as it is written now. */
function Example({ column, data, settings }: { column: Column; data: Data; settings: Settings }) {
  const { t } = useI18n();
  const writing = useWriting();
  const index = data.cols.indexOf(column);
  const value = data.rows.find((row) => row[index] !== null && row[index] !== '')?.[index];

  if (value === undefined) return null;
  return (
    <p className={styles.example}>
      <span>{t('Example')}</span> <output>{writer(writing, column, settings)(value)}</output>
    </p>
  );
}

interface FieldProps {
  field: FormatField;
  own: ColumnSettings;
  onChange: (value: unknown) => void;
}

function Field({ field, own, onChange }: FieldProps) {
  const { t } = useI18n();
  const now = own[field.key];
  const label = t(field.label);

  if (field.kind === 'switch') {
    return (
      <Checkbox isSelected={now === true} onChange={(isOn) => onChange(isOn || undefined)}>
        {label}
      </Checkbox>
    );
  }
  if (field.kind === 'choice') return <ChoiceField field={field} now={now} onChange={onChange} />;
  if (field.kind === 'text') return <TextField label={label} defaultValue={String(now ?? '')} onChange={(value) => onChange(value || undefined)} />;
  return <TextField label={label} type="number" defaultValue={String(now ?? '')} onChange={(value) => onChange(numberOf(field, value))} />;
}

function ChoiceField({ field, now, onChange }: { field: FormatField; now: unknown; onChange: (value: unknown) => void }) {
  const { t } = useI18n();
  const choices = field.choices ?? [];
  const storedOf = (choice: (typeof choices)[0]) => ('stored' in choice ? choice.stored : choice.id || undefined);
  const chosen = choices.find((choice) => storedOf(choice) === now) ?? choices[0];

  return (
    <Select
      label={t(field.label)}
      choices={choices.map(({ id, label }) => ({ id, label: t(label) }))}
      value={chosen?.id ?? ''}
      onChange={(id) => {
        const choice = choices.find((one) => one.id === id);
        if (choice) onChange(storedOf(choice));
      }}
    />
  );
}

function numberOf({ least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, isWhole }: FormatField, text: string): number | undefined {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) return undefined;

  return Math.min(most, Math.max(least, isWhole ? Math.floor(value) : value));
}
