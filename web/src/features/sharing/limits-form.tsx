// Until when something is published, which password it asks for, which tab is shown, and whether small groups are kept back.
import { useState } from 'react';
import { useI18n } from '../../shared/i18n';
import { Checkbox, Form, type FormValues, PasswordField, Select, showToast, TextField } from '../../ui';
import { countColumns, countName, limitsFrom, type SmallCells } from './limits';
import { type Published, useCheck, useLimits } from './queries';
import type { SharedTab } from './shared';

const usualBelow = 5;

const wholeOf = 'whole';

interface LimitsFormProps {
  item: Published;
  /** Those of a dashboard, where they are known. */
  tabs?: readonly SharedTab[] | undefined;
  onSaved: () => void;
}

export function LimitsForm({ item, tabs = [], onSaved }: LimitsFormProps) {
  const { t } = useI18n();
  const [isForgotten, setForgotten] = useState(false);
  const [isSmall, setSmall] = useState(item.small_cells != null);
  const [how, setHow] = useState<SmallCells['how']>(item.small_cells?.how ?? 'withhold');
  const [tab, setTab] = useState(String(item.tab_id ?? wholeOf));
  const save = useLimits(item, () => {
    onSaved();
    showToast(t('The changes are saved.'));
  });

  function submit(values: FormValues) {
    const { until = '', password = '', below = '' } = values;
    const small = isSmall ? { below: Math.max(2, Math.floor(Number(below)) || usualBelow), how, count_columns: countColumns(values) } : null;

    save.mutate(limitsFrom({ until, password, isForgotten, small, tab: tabs.length > 1 ? Number(tab) || null : undefined }));
  }

  return (
    <Form submitLabel={t('Save')} error={save.error} isPending={save.isPending} onSubmit={submit}>
      <TextField name="until" type="date" label={t('Public until the end of')} defaultValue={item.expires_at?.slice(0, 10) ?? ''} hint={t('Empty: without an end.')} />
      {item.has_password && (
        <Checkbox isSelected={isForgotten} onChange={setForgotten}>
          {t('Ask for no password any more')}
        </Checkbox>
      )}
      {!isForgotten && (
        <PasswordField name="password" label={item.has_password ? t('New password') : t('Password')} autoComplete="new-password" hint={t('Visitors of the public page are asked for it. Frames are not.')} />
      )}
      {tabs.length > 1 && (
        <Select
          label={t('What is shown')}
          choices={[{ id: wholeOf, label: t('The whole dashboard') }, ...tabs.map(({ id, name }) => ({ id: String(id), label: t('Only the tab {name}', { name }) }))]}
          value={tab}
          onChange={setTab}
        />
      )}
      <Checkbox isSelected={isSmall} onChange={setSmall} hint={t('So that nobody can be recognised in a group of a few.')}>
        {t('Keep small groups back')}
      </Checkbox>
      {isSmall && (
        <>
          <TextField name="below" type="number" label={t('Groups of fewer rows than')} isRequired defaultValue={String(item.small_cells?.below ?? usualBelow)} />
          <Select
            label={t('What is shown of them')}
            choices={[
              { id: 'withhold', label: t('Their name, without figures') },
              { id: 'merge', label: t('Together, as one row') },
            ]}
            value={how}
            onChange={(id) => setHow(id === 'merge' ? id : 'withhold')}
          />
          <CountColumns item={item} />
        </>
      )}
    </Form>
  );
}

/** What a group counts cannot be read in SQL: its author says which column tells it. */
function CountColumns({ item }: { item: Published }) {
  const { t } = useI18n();
  const kept = item.small_cells?.count_columns ?? {};
  const unknown = (useCheck(item.model, item.id).data?.findings ?? []).filter(({ kind, card_id }) => kind === 'small-cells-unknown' && card_id !== null);
  const ids = [...new Set([...Object.keys(kept).map(Number), ...unknown.map(({ card_id }) => card_id as number)])];

  return ids.map((id) => (
    <TextField
      key={id}
      name={countName(id)}
      label={t('Column that counts the rows: {name}', { name: unknown.find(({ card_id }) => card_id === id)?.card_name ?? t('Question {id}', { id }) })}
      defaultValue={kept[id] ?? ''}
      hint={t('Only for SQL. Without it, readers are shown nothing of this question.')}
    />
  ));
}
