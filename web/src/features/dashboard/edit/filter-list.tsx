// The filters of a dashboard while it is edited: name, default, and which column of which card they act on.
import { useMemo, useState } from 'react';
import type { Dashboard, Dashcard, Parameter } from '../../../lib/question-types';
import { useI18n } from '../../../shared/i18n';
import { FilterWidget, isNothing } from '../../../shared/filters';
import { Button, Checkbox, Dialog, Notice, Popover, TextField } from '../../../ui';
import { OrderList } from '../../../ui/order-list';
import { useSettled } from '../../../lib/use-settled';
import { sourceKind, takesSource, ValueSourceFields, withSource } from '../../values';
import { choicesOfNew } from '../queries';
import { slugOf } from './slug';
import { atPlace, type EditState, withoutParameter } from './state';
import { Wiring } from './wiring';
import { WiringMatrix } from './wiring-matrix';
import styles from './edit.module.css';

interface FilterListProps {
  /** As its readers have it. */
  dashboard: Dashboard;
  state: EditState;
  cards: Dashcard[];
  /** Whose settings are open. */
  opened: string | null;
  onOpen: (id: string | null) => void;
}

export function FilterList({ dashboard, state, cards, opened, onOpen }: FilterListProps) {
  const { t } = useI18n();
  const [isMatrixOpen, openMatrix] = useState(false);
  const parameter = state.parameters.find(({ id }) => id === opened);

  if (!state.parameters.length) return null;
  return (
    <div className={styles.filters} role="group" aria-label={t('Filters')}>
      {state.parameters.map((one) => {
        const count = state.dashcards.filter(({ parameter_mappings }) => parameter_mappings.some(({ parameter_id }) => parameter_id === one.id)).length;
        return (
          <Button key={one.id} onPress={() => onOpen(one.id)}>
            {one.name}
            <span className={styles.soft}>{t('{count, plural, one {# card} other {# cards}}', { count })}</span>
          </Button>
        );
      })}
      <Button look="quiet" onPress={() => openMatrix(true)}>
        {t('All filters and cards')}
      </Button>
      {state.parameters.length > 1 && (
        <Popover look="quiet" label={t('Order of the filters')} trigger={t('Order')}>
          {() => (
            <div className={styles.form}>
              <OrderList label={t('Order of the filters')} items={state.parameters.map(({ id, name }) => ({ id, label: name }))} onMove={(id, to) => state.set({ parameters: atPlace(state.parameters, (one) => one.id === id, to) })} />
            </div>
          )}
        </Popover>
      )}
      {isMatrixOpen && <WiringMatrix state={state} onClose={() => openMatrix(false)} />}
      {parameter && <FilterDialog key={parameter.id} parameter={parameter} isNew={!dashboard.parameters.some(({ id }) => id === parameter.id)} state={state} cards={cards} onClose={() => onOpen(null)} />}
    </div>
  );
}

interface FilterDialogProps {
  parameter: Parameter;
  /** Nobody has its name in an address yet. */
  isNew: boolean;
  state: EditState;
  cards: Dashcard[];
  onClose: () => void;
}

function FilterDialog({ parameter, isNew, state, cards, onClose }: FilterDialogProps) {
  const { t } = useI18n();
  const replace = (changed: Parameter) => state.set({ parameters: state.parameters.map((one) => (one.id === parameter.id ? changed : one)) });
  const set = (change: Partial<Parameter>) => replace({ ...parameter, ...change });
  const others = state.parameters.filter(({ id }) => id !== parameter.id);
  const parents = parameter.filteringParameters ?? [];
  // Asked once for each shape of the filter, not at each stroke.
  const shape = useSettled(JSON.stringify([parameter.type, parameter.values_source_type, parameter.values_source_config, state.dashcards.map(({ parameter_mappings }) => parameter_mappings)]));
  const loadChoices = useMemo(() => choicesOfNew(parameter, state.dashcards), [parameter.id, shape]);

  return (
    <Dialog title={t('Filter: {name}', { name: parameter.name })} onClose={onClose}>
      <TextField label={t('Name')} isRequired defaultValue={parameter.name} onChange={(name) => name.trim() && set({ name: name.trim(), ...(isNew && { slug: slugOf(name, others) }) })} />
      <FilterWidget parameter={{ ...parameter, name: t('Value at the start'), required: false }} value={parameter.default ?? null} onChange={(value) => set({ default: value })} loadChoices={loadChoices} />
      {parameter.required && isNothing(parameter.default) && <Notice kind="warning">{t('A filter that always needs a value needs one at the start.')}</Notice>}
      <Checkbox isSelected={parameter.required === true} onChange={(required) => set({ required })}>
        {t('A value is always needed')}
      </Checkbox>
      {parameter.type.startsWith('string') && (
        <Checkbox isSelected={parameter.isMultiSelect !== false} onChange={(isMultiSelect) => set({ isMultiSelect })}>
          {t('Several values at once')}
        </Checkbox>
      )}
      {takesSource(parameter.type) && <ValueSourceFields type={parameter.type} source={parameter} hasColumn onChange={(source) => replace(withSource(parameter, source))} />}
      {others.length > 0 && sourceKind(parameter) === 'column' && (
        <div role="group" aria-label={t('Its values depend on')}>
          <strong>{t('Its values depend on')}</strong>
          {others.map(({ id, name }) => (
            <Checkbox key={id} isSelected={parents.includes(id)} onChange={(isOn) => set({ filteringParameters: isOn ? [...parents, id] : parents.filter((other) => other !== id) })}>
              {name}
            </Checkbox>
          ))}
        </div>
      )}
      <Wiring parameter={parameter} state={state} cards={cards} />
      <div className={styles.ends}>
        <Button look="primary" onPress={onClose}>
          {t('Done')}
        </Button>
        <Button
          onPress={() => {
            state.set(withoutParameter(state, parameter.id));
            onClose();
          }}
        >
          {t('Remove the filter')}
        </Button>
      </div>
    </Dialog>
  );
}
