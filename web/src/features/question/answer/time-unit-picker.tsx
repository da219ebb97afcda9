// By day, by month, by year: said and changed beside the chart.
import type { Data } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Picker, Popover } from '../../../ui';
import type { DatasetQuery } from '../model/query';
import { timeUnit, unitsFor, withTimeUnit } from '../model/time-unit';
import { units } from '../model/words';

interface TimeUnitPickerProps {
  query: DatasetQuery;
  data: Data | undefined;
  onChange: (query: DatasetQuery) => void;
}

export function TimeUnitPicker({ query, data, onChange }: TimeUnitPickerProps) {
  const { t } = useI18n();
  const now = timeUnit(query);
  const column = data?.cols.find(({ unit }) => unit === now);
  const offered = unitsFor(column?.effective_type ?? column?.base_type);
  const named = units.filter(({ id }) => offered.includes(id));
  const label = units.find(({ id }) => id === now)?.label;
  if (!now || !label) return null;

  return (
    <Popover look="plain" label={t('Step of time')} trigger={t('By {unit}', { unit: t(label).toLowerCase() })}>
      {(close) => (
        <Picker
          label={t('Step of time')}
          groups={[{ label: t('Step of time'), items: named.map((unit) => ({ id: unit.id, label: t(unit.label), ...(unit.id === now && { detail: t('now') }) })) }]}
          onPick={(unit) => {
            onChange(withTimeUnit(query, unit));
            close();
          }}
        />
      )}
    </Popover>
  );
}
