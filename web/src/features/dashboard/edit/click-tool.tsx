// What a click on a card does: nothing, filters of this dashboard, or another page with values. In a table, column by column.
import { useState } from 'react';
import type { Dashboard, Dashcard } from '../../../lib/question-types';
import type { ClickBehavior } from '../../../shared/dashboard';
import { type Column, columnOf } from '../../../shared/data';
import { msg, useI18n } from '../../../shared/i18n';
import { Button, Dialog, Select, TextField } from '../../../ui';
import { useCardAnswers } from '../queries';
import { behaviorAt, originsOf, parameterPlaces, withBehavior } from './click-behavior';
import { DashboardTarget, QuestionTarget } from './click-targets';
import { Mappings } from './click-values';
import type { EditState } from './state';
import styles from './edit.module.css';

const ways = [
  { id: 'actionMenu', label: msg('Offers what to look at next') },
  { id: 'none', label: msg('Nothing') },
  { id: 'crossfilter', label: msg('Sets filters of this dashboard') },
  { id: 'dashboard', label: msg('Opens another dashboard') },
  { id: 'question', label: msg('Opens a question') },
  { id: 'url', label: msg('Opens an address') },
];

const asCard = 'card';
const whole = 'whole';

interface ClickDialogProps {
  dashboard: Dashboard;
  card: Dashcard;
  state: EditState;
  onClose: () => void;
}

function wayOf(behavior: ClickBehavior | undefined, otherwise: string): string {
  if (!behavior) return otherwise;
  return behavior.type === 'link' ? (behavior.linkType ?? 'url') : behavior.type;
}

function behaviorFor(way: string): ClickBehavior | undefined {
  if (way === asCard) return undefined;
  if (way === 'actionMenu' || way === 'none') return { type: way };
  if (way === 'crossfilter') return { type: way, parameterMapping: {} };
  return { type: 'link', linkType: way as 'dashboard' | 'question' | 'url', parameterMapping: {} };
}

export function ClickDialog({ dashboard, card, state, onClose }: ClickDialogProps) {
  const { t } = useI18n();
  const [answer] = useCardAnswers({ dashboard, card, values: {}, round: 0 });
  const columns = answer?.data?.data?.cols ?? [];
  const [place, setPlace] = useState(whole);
  const column = columns[columnOf(columns, place)] ?? null;
  const behavior = behaviorAt(card.visualization_settings, column);
  const way = wayOf(behavior, column ? asCard : 'actionMenu');

  function set(changed: ClickBehavior | undefined) {
    state.set({ dashcards: state.dashcards.map((one) => (one.id === card.id ? { ...one, visualization_settings: withBehavior(one.visualization_settings, column, changed) } : one)) });
  }

  return (
    <Dialog title={t('A click on {name}', { name: card.card?.name ?? '' })} onClose={onClose}>
      {card.card?.display === 'table' && <PlaceSelect card={card} columns={columns} place={place} onChange={setPlace} />}
      <Select
        label={t('What it does')}
        choices={[...(column ? [{ id: asCard, label: t('As anywhere on the card') }] : []), ...ways.map(({ id, label }) => ({ id, label: t(label) }))]}
        value={way}
        onChange={(id) => set(behaviorFor(id))}
      />
      {behavior && <Details key={place} way={way} behavior={behavior} columns={columns} dashboard={dashboard} state={state} onChange={set} />}
      <div className={styles.ends}>
        <Button look="primary" onPress={onClose}>
          {t('Done')}
        </Button>
      </div>
    </Dialog>
  );
}

interface PlaceSelectProps {
  card: Dashcard;
  columns: Column[];
  place: string;
  onChange: (place: string) => void;
}

/** Columns with a click of their own are marked. */
function PlaceSelect({ card, columns, place, onChange }: PlaceSelectProps) {
  const { t } = useI18n();
  const nameOf = (column: Column) => (behaviorAt(card.visualization_settings, column) ? t('{name}, a click of its own', { name: column.display_name }) : column.display_name);

  return (
    <Select
      label={t('Where')}
      isSearchable={columns.length > 8}
      choices={[{ id: whole, label: t('Anywhere on the card') }, ...columns.map((column) => ({ id: column.name, label: nameOf(column) }))]}
      value={place}
      onChange={onChange}
    />
  );
}

interface DetailsProps {
  way: string;
  behavior: ClickBehavior;
  columns: Column[];
  dashboard: Dashboard;
  state: EditState;
  onChange: (behavior: ClickBehavior) => void;
}

function Details({ way, behavior, columns, dashboard, state, onChange }: DetailsProps) {
  const { t } = useI18n();
  const ofColumns = originsOf(columns, []);
  const origins = originsOf(columns, state.parameters);

  if (way === 'crossfilter') return <Mappings places={parameterPlaces(state.parameters)} origins={ofColumns} behavior={behavior} onChange={onChange} />;
  if (way === 'dashboard') return <DashboardTarget behavior={behavior} origins={origins} own={dashboard.id} onChange={onChange} />;
  if (way === 'question') return <QuestionTarget behavior={behavior} columns={columns} origins={origins} onChange={onChange} />;
  if (way !== 'url') return null;
  return (
    <TextField
      label={t('Address')}
      isRequired
      defaultValue={behavior.linkTemplate ?? ''}
      hint={t('A name in braces stands for its value: {names}', { names: columns.map(({ name }) => `{{${name}}}`).join(' ') })}
      onChange={(linkTemplate) => onChange({ ...behavior, linkTemplate })}
    />
  );
}
