// How the values of one column are written, with one of them as an example.
import { useState } from 'react';
import { type Data, holdsNumbers, type Settings } from '../../../shared/data';
import { columnKey, columnSettings } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Select } from '../../../ui';
import { FormatExample, FormatList } from '../../formats';

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
  const index = data.cols.indexOf(column);
  // The first value that there is, as it is written now.
  const value = data.rows.find((row) => row[index] !== null && row[index] !== '')?.[index];
  const set = (key: string, changed: unknown) => {
    const all = (settings.column_settings ?? {}) as Record<string, object>;
    const stored = columnKey(column);
    onChange({ ...settings, column_settings: { ...all, [stored]: { ...all[stored], [key]: changed } } });
  };

  return (
    <>
      <Select label={t('Column')} choices={data.cols.map((one) => ({ id: one.name, label: one.display_name }))} value={column.name} onChange={setName} />
      {value !== undefined && <FormatExample column={column} own={own} value={value} />}
      <FormatList column={column} own={own} onChange={set} />
    </>
  );
}
