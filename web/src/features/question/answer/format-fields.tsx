// How the values of one column are written.
import { useState } from 'react';
import { type Data, holdsDates, holdsNumbers, type Settings } from '../../../shared/data';
import { type ColumnSettings, columnKey, columnSettings } from '../../../shared/format';
import { msg, useI18n } from '../../../shared/i18n';
import { Checkbox, Select, TextField } from '../../../ui';

interface FormatFieldsProps {
  data: Data;
  settings: Settings;
  /** The column to start with. */
  column?: string | undefined;
  onChange: (settings: Settings) => void;
}

const styles = [
  { id: '', label: msg('Plain number') },
  { id: 'percent', label: msg('Percentage') },
  { id: 'currency', label: msg('Money') },
  { id: 'scientific', label: msg('Scientific') },
];

const dateStyles = ['', 'D/M/YYYY', 'YYYY/M/D', 'M/D/YYYY', 'dddd, MMMM D, YYYY'];

export function FormatFields({ data, settings, column: first, onChange }: FormatFieldsProps) {
  const { t } = useI18n();
  const [name, setName] = useState(first ?? data.cols.find(holdsNumbers)?.name ?? data.cols[0]?.name ?? '');
  const column = data.cols.find((one) => one.name === name) ?? data.cols[0];
  if (!column) return null;

  const own = columnSettings(column, settings);
  const set = (change: Partial<Record<keyof ColumnSettings, unknown>>) => {
    const all = (settings.column_settings ?? {}) as Record<string, object>;
    const key = columnKey(column);
    onChange({ ...settings, column_settings: { ...all, [key]: { ...all[key], ...change } } });
  };
  const text = (key: keyof ColumnSettings, label: string) => (
    <TextField key={`${name}${key}`} label={label} defaultValue={String(own[key] ?? '')} onChange={(value) => set({ [key]: value || undefined })} />
  );

  return (
    <>
      <Select label={t('Column')} choices={data.cols.map((one) => ({ id: one.name, label: one.display_name }))} value={column.name} onChange={setName} />
      {text('column_title', t('Title'))}
      {holdsNumbers(column) && (
        <>
          <Select label={t('Style')} choices={styles.map(({ id, label }) => ({ id, label: t(label) }))} value={own.number_style === 'decimal' ? '' : (own.number_style ?? '')} onChange={(id) => set({ number_style: id || undefined })} />
          {own.number_style === 'currency' && text('currency', t('Currency (EUR, USD…)'))}
          <TextField key={`${name}decimals`} label={t('Decimals')} type="number" defaultValue={String(own.decimals ?? '')} onChange={(value) => set({ decimals: value === '' ? undefined : Math.min(20, Math.max(0, Math.floor(Number(value)))) })} />
          {text('prefix', t('Before the number'))}
          {text('suffix', t('After the number'))}
          <Checkbox isSelected={own.show_mini_bar === true} onChange={(isOn) => set({ show_mini_bar: isOn })}>
            {t('A small bar in the cells')}
          </Checkbox>
        </>
      )}
      {holdsDates(column) && (
        <Select label={t('Style')} choices={dateStyles.map((id) => ({ id, label: id || t('As the language does') }))} value={own.date_style ?? ''} onChange={(id) => set({ date_style: id || undefined })} />
      )}
    </>
  );
}
