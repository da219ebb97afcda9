// With which of its tabs a dashboard opens: the choice stands in the address. Where one tab is all that is shared, there is none.
import { useI18n } from '../../shared/i18n';
import { Select } from '../../ui';
import type { Look } from './look';
import { usePublished } from './queries';
import type { Shared } from './shared';

interface TabFieldProps {
  item: Shared;
  look: Look;
  onChange: (look: Look) => void;
}

export function TabField({ item: { id: dashboard, tabs = [] }, look, onChange }: TabFieldProps) {
  const { t } = useI18n();
  const isLimited = usePublished().data?.some(({ model, id, tab_id }) => model === 'dashboard' && id === dashboard && tab_id);
  const [first, ...others] = tabs;

  if (isLimited || !first || !others.length) return null;
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
