// One card of a dashboard that is edited: what it shows, and what can be done with it.
import { useState } from 'react';
import type { Dashboard, Dashcard } from '../../../lib/question-types';
import { useProperties } from '../../../lib/session';
import { inOrder, virtualDisplay, WordsCard } from '../../../shared/grid-view';
import { useI18n } from '../../../shared/i18n';
import { Button, IconPlus, IconTrash, Menu, Popover, showToast } from '../../../ui';
import { withOrder, withPlace } from '../layout';
import { QuestionCard } from '../question-card';
import { ClickDialog } from './click-tool';
import { EditCard } from './edit-card';
import { QuestionPicker } from './question-picker';
import { SeriesDialog, takesSeries } from './series-tool';
import { type EditState, filled, withCardMoved } from './state';
import { nameOfCard } from './tab-dialog';
import { WordsEditor } from './words-editor';
import styles from './edit.module.css';

interface CardProps {
  card: Dashcard;
  dashboard: Dashboard;
  state: EditState;
  /** Those of the same tab. */
  cards: Dashcard[];
}

const isPlaceOf = ({ card_id, visualization_settings }: Dashcard) => card_id === null && virtualDisplay(visualization_settings) === 'placeholder';

/** What a card is called while one arranges: lists, buttons and what is said aloud name it. */
export function useNameOfCard(): (card: Dashcard) => string {
  const { t } = useI18n();

  return (card) => nameOfCard(card) || (isPlaceOf(card) ? t('Place for a question') : t('Card'));
}

/** What it shows, as its readers see it. */
export function CardContent({ card, dashboard }: Pick<CardProps, 'card' | 'dashboard'>) {
  const { t } = useI18n();
  const frameHosts = useProperties().data?.['allowed-iframe-hosts'] ?? '';

  if (card.card_id !== null) return <QuestionCard dashboard={dashboard} card={card} values={{}} round={0} isEditing />;
  if (isPlaceOf(card)) return <p className={styles.place}>{t('A question goes here.')}</p>;
  return <WordsCard settings={card.visualization_settings} frameHosts={frameHosts} />;
}

export function CardBeingEdited({ card, dashboard, state, cards }: CardProps) {
  const name = useNameOfCard()(card);
  const others = state.dashcards.filter(({ id }) => !cards.some((one) => one.id === id));
  const arrange = (placed: Dashcard[]) => state.set({ dashcards: [...others, ...placed] });

  return (
    <EditCard
      card={card}
      name={name}
      onPlace={(place) => arrange(withPlace(cards, card.id, place))}
      onOrder={(to) => arrange(withOrder(cards, card.id, to))}
      order={inOrder(cards).map(({ id }) => id)}
      tools={<Tools card={card} dashboard={dashboard} state={state} name={name} />}
    >
      <CardContent card={card} dashboard={dashboard} />
    </EditCard>
  );
}

function Tools({ card, dashboard, state, name }: Omit<CardProps, 'cards'> & { name: string }) {
  const { t } = useI18n();
  const display = virtualDisplay(card.visualization_settings) ?? 'text';
  const isPlace = isPlaceOf(card);
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
