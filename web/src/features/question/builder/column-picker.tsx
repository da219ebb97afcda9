// Choosing a column, by table, with search.
import { useI18n } from '../../../shared/i18n';
import { Picker, type PickerGroup } from '../../../ui';
import type { Choosable } from '../model/columns';

interface ColumnPickerProps {
  columns: readonly Choosable[];
  label?: string;
  /** Other things to choose, above the columns. */
  first?: PickerGroup[];
  onPick: (column: Choosable) => void;
  onPickOther?: (id: string) => void;
}

export function ColumnPicker({ columns, label, first = [], onPick, onPickOther }: ColumnPickerProps) {
  const { t } = useI18n();
  const names = [...new Set(columns.map(({ group }) => group))];
  const groups = names.map((name) => ({
    label: name,
    items: columns.flatMap((column, index) => (column.group === name ? [{ id: `column ${index}`, label: column.label, ...(column.column.description && { detail: column.column.description }) }] : [])),
  }));

  function pick(id: string) {
    const column = id.startsWith('column ') ? columns[Number(id.slice(7))] : undefined;
    if (column) onPick(column);
    else onPickOther?.(id);
  }

  return <Picker label={label ?? t('Columns')} groups={[...first, ...groups]} onPick={pick} />;
}
