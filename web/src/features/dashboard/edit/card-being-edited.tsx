// One card of a dashboard that is edited: what it shows, and what can be done with it.
import { useState } from 'react';
import type { Dashboard, Dashcard } from '../../../lib/question-types';
import { useProperties } from '../../../lib/session';
import { asList } from '../../../shared/filters';
import { virtualDisplay, WordsCard } from '../../../shared/grid-view';
import { useI18n } from '../../../shared/i18n';
import { Button, IconPlus, IconTrash, Menu, Popover, showToast } from '../../../ui';
import { withPlace } from '../layout';
import { QuestionCard } from '../question-card';
import { ClickDialog } from './click-tool';
import { EditCard } from './edit-card';
import { QuestionPicker } from './question-picker';
import { SeriesDialog, takesSeries } from './series-tool';
import { type EditState, filled, withCardMoved } from './state';
import { WordsEditor } from './words-editor';
import styles from './edit.module.css';

interface CardProps {
  card: Dashcard;
  dashboard: Dashboard;
  state: EditState;
  /** Those of the same tab. */
  cards: Dashcard[];
}

export function CardBeingEdited({ card, dashboard, state, cards }: CardProps) {
  const { t } = useI18n();
  const display = virtualDisplay(card.visualization_settings) ?? 'text';
  const isPlace = card.card_id === null && display === 'placeholder';
  const frameHosts = useProperties().data?.['allowed-iframe-hosts'] ?? '';
  const name = card.card?.name ?? asList(card.visualization_settings.text)[0]?.slice(0, 40) ?? (isPlace ? t('Place for a question') : t('Card'));
  const others = state.dashcards.filter(({ id }) => !cards.some((one) => one.id === id));

  return (
    <EditCard card={card} name={name} onPlace={(place) => state.set({ dashcards: [...others, ...withPlace(cards, card.id, place)] })} tools={<Tools card={card} dashboard={dashboard} state={state} name={name} />}>
      {isPlace && <p className={styles.place}>{t('A question goes here.')}</p>}
      {!isPlace && card.card_id === null && <WordsCard settings={card.visualization_settings} frameHosts={frameHosts} />}
      {card.card_id !== null && <QuestionCard dashboard={dashboard} card={card} values={{}} round={0} isEditing />}
    </EditCard>
  );
}

function Tools({ card, dashboard, state, name }: Omit<CardProps, 'cards'> & { name: string }) {
  const { t } = useI18n();
  const display = virtualDisplay(card.visualization_settings) ?? 'text';
  const isPlace = card.card_id === null && display === 'placeholder';
  const remove = () => {
    state.set({ dashcards: state.dashcards.filter(({ id }) => id !== card.id) });
    showToast(t('Removed: {name}', { name }));
  };

  return (
    <>
      {isPlace && (
        <Popover look="quiet" label={t('Choose a question')} buttonLabel={t('Choose a question')} trigger={<IconPlus />}>
          {(close) => (
            <QuestionPicker
              onPick={(question) => {
                state.set({ dashcards: filled(state, card.id, question) });
                close();
              }}
            />
          )}
        </Popover>
      )}
      {!isPlace && card.card_id === null && (
        <WordsEditor
          display={display}
          settings={card.visualization_settings}
          onChange={(settings) => state.set({ dashcards: state.dashcards.map((one) => (one.id === card.id ? { ...one, visualization_settings: { ...one.visualization_settings, ...settings } } : one)) })}
        />
      )}
      <CardMenu card={card} dashboard={dashboard} state={state} name={name} />
      <Button look="quiet" label={t('Remove: {name}', { name })} onPress={remove}>
        <IconTrash />
      </Button>
    </>
  );
}

function CardMenu({ card, dashboard, state, name }: Omit<CardProps, 'cards'> & { name: string }) {
  const { t } = useI18n();
  const [opened, open] = useState<'series' | 'click' | null>(null);
  const close = () => open(null);
  const otherTabs = state.tabs.filter(({ id }) => id !== card.dashboard_tab_id);
  const actions = [
    ...(card.card_id !== null ? [{ id: 'click', label: t('What a click does'), onAction: () => open('click') }] : []),
    ...(card.card_id !== null && takesSeries(card) ? [{ id: 'series', label: t('Draw other questions over it'), onAction: () => open('series') }] : []),
    ...otherTabs.map((tab) => ({
      id: `tab ${tab.id}`,
      label: t('To the tab {name}', { name: tab.name }),
      onAction: () => {
        state.set({ dashcards: withCardMoved(state, card, tab.id) });
        showToast(t('{name} is on the tab {tab} now', { name, tab: tab.name }));
      },
    })),
  ];

  return (
    <>
      {actions.length > 0 && <Menu label={t('Settings of {name}', { name })} actions={actions} />}
      {opened === 'click' && <ClickDialog dashboard={dashboard} card={card} state={state} onClose={close} />}
      {opened === 'series' && <SeriesDialog card={card} state={state} onClose={close} />}
    </>
  );
}
