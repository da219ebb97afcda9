// With which of its tabs a dashboard opens: the choice stands in the address.
import { useI18n } from '../../shared/i18n';
import { Select } from '../../ui';
import type { Look } from './look';
import type { SharedTab } from './shared';

interface TabFieldProps {
  tabs: readonly SharedTab[] | undefined;
  look: Look;
  onChange: (look: Look) => void;
}

export function TabField({ tabs = [], look, onChange }: TabFieldProps) {
  const { t } = useI18n();
  const [first, ...others] = tabs;

  if (!first || !others.length) return null;
  return (
    <Select
      label={t('Opens with the tab')}
      hint={t('Readers can turn to the others; “Limits” can leave them out.')}
      choices={tabs.map(({ id, name }) => ({ id: String(id), label: name }))}
      value={String(look.tab ?? first.id)}
      onChange={(id) => onChange({ ...look, tab: id === String(first.id) ? null : Number(id) })}
    />
  );
}
