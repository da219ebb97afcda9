// The formats that a column can take, each as a field, with one of its values as an example.
import type { Cell, Column } from '../../shared/data';
import { type ColumnSettings, useWriting, writer } from '../../shared/format';
import { useI18n } from '../../shared/i18n';
import { Checkbox, Select, TextField } from '../../ui';
import { type FormatField, formatTable } from './format-table';
import styles from './formats.module.css';

interface FormatListProps {
  column: Column;
  own: ColumnSettings;
  /** Formats that have no place here. */
  without?: readonly (keyof ColumnSettings)[];
  onChange: (key: keyof ColumnSettings, value: unknown) => void;
}

export function FormatList({ column, own, without = [], onChange }: FormatListProps) {
  const { t } = useI18n();
  const fields = formatTable.filter(({ key, fits }) => !without.includes(key) && fits(column, own));

  return (
    <>
      {fields.map((field) => (
        <Field key={`${column.name} ${field.key}`} field={field} own={own} onChange={(value) => onChange(field.key, value)} />
      ))}
      {own.view_as === 'link' && <p className={styles.hint}>{t('In the words and in the address of a link, the name of a column in double braces stands for its value.')}</p>}
    </>
  );
}

/** A value as it is written with these formats. */
export function FormatExample({ column, own, value }: { column: Column; own: ColumnSettings; value: Cell }) {
  const { t } = useI18n();
  const writing = useWriting();

  return (
    <p className={styles.example}>
      <span>{t('Example')}</span> <output>{writer(writing, { ...column, settings: own as Record<string, unknown> }, {})(value)}</output>
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

const ownId = 'own';
const mostSigns = 60;

function ChoiceField({ field, now, onChange }: { field: FormatField; now: unknown; onChange: (value: unknown) => void }) {
  const { t } = useI18n();
  const { choices = [], own } = field;
  const storedOf = (choice: (typeof choices)[0]) => ('stored' in choice ? choice.stored : choice.id || undefined);
  const chosen = choices.find((choice) => storedOf(choice) === now);
  const isOwn = own !== undefined && !chosen && typeof now === 'string';

  return (
    <>
      <Select
        label={t(field.label)}
        choices={[...choices.map(({ id, label }) => ({ id, label: t(label) })), ...(own ? [{ id: ownId, label: t(own.choice) }] : [])]}
        value={isOwn ? ownId : (chosen ?? choices[0])?.id ?? ''}
        onChange={(id) => {
          const choice = choices.find((one) => one.id === id);
          if (choice) onChange(storedOf(choice));
          else if (own && !isOwn) onChange(own.start);
        }}
      />
      {isOwn && <TextField label={t(own.label)} defaultValue={now} maxLength={mostSigns} onChange={(value) => value.trim() && onChange(value)} />}
    </>
  );
}

function numberOf({ least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, isWhole }: FormatField, text: string): number | undefined {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) return undefined;

  return Math.min(most, Math.max(least, isWhole ? Math.floor(value) : value));
}
