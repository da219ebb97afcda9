// Arranging a dashboard. Nothing changes for its readers before Save.
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { errorText } from '../../../lib/error-text';
import { useUndoKeys } from '../../../lib/undo-keys';
import type { Dashboard, Dashcard } from '../../../lib/question-types';
import { Tabs } from '../../../shared/dashboard';
import { asList } from '../../../shared/filters';
import { inOrder, virtualDisplay, WordsCard } from '../../../shared/grid-view';
import { useI18n } from '../../../shared/i18n';
import { Button, ConfirmDialog, IconRedo, IconTrash, IconUndo, Notice, PageHeader, showToast } from '../../../ui';
import { withPlace } from '../layout';
import { dashboardKey, latestVersion, useDashboardSaving } from '../queries';
import { QuestionCard } from '../question-card';
import { AddBar } from './add-bar';
import { EditCard } from './edit-card';
import { FilterList } from './filter-list';
import { type EditState, toSave, useEditState, withoutTab } from './state';
import { WordsEditor } from './words-editor';
import styles from './edit.module.css';

interface DashboardEditorProps {
  dashboard: Dashboard;
  onClose: () => void;
}

export function DashboardEditor({ dashboard, onClose }: DashboardEditorProps) {
  const { t } = useI18n();
  const state = useEditState(dashboard);
  useUndoKeys(state.undo, state.redo);
  const [asked, setTab] = useState<number | null>(null);
  const tab = state.tabs.find(({ id }) => id === asked)?.id ?? state.tabs[0]?.id ?? null;
  const cards = state.dashcards.filter(({ dashboard_tab_id }) => tab === null || dashboard_tab_id === tab);

  return (
    <>
      <EditorHeader dashboard={dashboard} state={state} onClose={onClose} />
      <AddBar state={state} tab={tab} onTab={setTab} />
      <FilterList state={state} cards={cards} />
      {state.tabs.length > 1 && tab !== null && <Tabs tabs={state.tabs.map((one, position) => ({ ...one, position }))} current={tab} onChange={setTab} panel="cards" />}
      {tab !== null && <TabTools state={state} tab={tab} cards={cards} />}
      <div id="cards" className={styles.grid} data-grid>
        {inOrder(cards).map((card) => (
          <CardBeingEdited key={card.id} card={card} dashboard={dashboard} state={state} cards={cards} />
        ))}
      </div>
      {!cards.length && <Notice>{t('Add a question with the buttons above.')}</Notice>}
    </>
  );
}

function EditorHeader({ dashboard, state, onClose }: { dashboard: Dashboard; state: EditState; onClose: () => void }) {
  const { t } = useI18n();
  const [question, ask] = useState<'conflict' | 'leave' | null>(null);
  const { save, saving } = useSave(dashboard, state, onClose, () => ask('conflict'));

  return (
    <>
      <PageHeader
        title={t('Edit: {name}', { name: dashboard.name })}
        actions={
          <>
            <Button look="quiet" label={t('Undo')} isDisabled={!state.undo} onPress={() => state.undo?.()}>
              <IconUndo />
            </Button>
            <Button look="quiet" label={t('Redo')} isDisabled={!state.redo} onPress={() => state.redo?.()}>
              <IconRedo />
            </Button>
            <Button onPress={() => (state.isChanged ? ask('leave') : onClose())}>{t('Cancel')}</Button>
            <Button look="primary" isPending={saving.isPending} onPress={() => void save(false)}>
              {t('Save')}
            </Button>
          </>
        }
      />
      {Boolean(saving.error) && <Notice kind="danger">{errorText(t, saving.error)}</Notice>}
      {question === 'conflict' && (
        <ConfirmDialog title={t('Somebody saved this dashboard meanwhile')} confirmLabel={t('Replace their version')} onConfirm={() => (ask(null), void save(true))} onClose={() => ask(null)}>
          {t('Your changes are still here. Replace their version with yours, or go back and look at theirs in another window first.')}
        </ConfirmDialog>
      )}
      {question === 'leave' && (
        <ConfirmDialog title={t('Give up the changes?')} confirmLabel={t('Give up the changes')} onConfirm={onClose} onClose={() => ask(null)}>
          {t('The dashboard stays as its readers see it now.')}
        </ConfirmDialog>
      )}
    </>
  );
}

function useSave(dashboard: Dashboard, state: EditState, onSaved: () => void, onConflict: () => void) {
  const { t } = useI18n();
  const client = useQueryClient();
  const saving = useDashboardSaving();

  async function save(isForced: boolean) {
    try {
      if (!isForced && (await latestVersion(dashboard.id)) !== dashboard.updated_at) return onConflict();
      await saving.mutateAsync({ id: dashboard.id, dashcards: state.dashcards.map(toSave), tabs: state.tabs.map(({ id, name }) => ({ id, name })), parameters: state.parameters });
      await client.invalidateQueries({ queryKey: dashboardKey(dashboard.id) });
      showToast(t('Saved'));
      history.replaceState(history.state, '', location.pathname + location.search);
      onSaved();
    } catch {
      // The mutation keeps its error, and the page shows it.
    }
  }
  return { save, saving };
}

function TabTools({ state, tab, cards }: { state: EditState; tab: number; cards: Dashcard[] }) {
  const { t } = useI18n();
  const [isAsking, ask] = useState(false);
  const name = state.tabs.find(({ id }) => id === tab)?.name ?? '';

  return (
    <div className={styles.tabTools}>
      <input
        className={styles.tabName}
        aria-label={t('Name of the tab')}
        key={tab}
        defaultValue={name}
        onBlur={(event) => {
          const text = event.currentTarget.value.trim();
          if (text && text !== name) state.set({ tabs: state.tabs.map((one) => (one.id === tab ? { ...one, name: text } : one)) });
        }}
      />
      <Button look="quiet" onPress={() => (cards.length ? ask(true) : state.set(withoutTab(state, tab)))}>
        {t('Remove the tab')}
      </Button>
      {isAsking && (
        <ConfirmDialog title={t('Remove the tab {name}?', { name })} confirmLabel={t('Remove the tab')} onConfirm={() => (state.set(withoutTab(state, tab)), ask(false))} onClose={() => ask(false)}>
          {t('{count, plural, one {# card goes} other {# cards go}} with it. The questions themselves stay.', { count: cards.length })}
        </ConfirmDialog>
      )}
    </div>
  );
}

interface CardProps {
  card: Dashcard;
  dashboard: Dashboard;
  state: EditState;
  cards: Dashcard[];
}

function CardBeingEdited({ card, dashboard, state, cards }: CardProps) {
  const { t } = useI18n();
  const isWords = card.card_id === null;
  const name = card.card?.name ?? asList(card.visualization_settings.text)[0]?.slice(0, 40) ?? t('Card');
  const others = state.dashcards.filter(({ id }) => !cards.some((one) => one.id === id));
  const remove = () => {
    state.set({ dashcards: state.dashcards.filter(({ id }) => id !== card.id) });
    showToast(t('Removed: {name}', { name }));
  };

  return (
    <EditCard
      card={card}
      name={name}
      onPlace={(place) => state.set({ dashcards: [...others, ...withPlace(cards, card.id, place)] })}
      tools={
        <>
          {isWords && (
            <WordsEditor
              display={virtualDisplay(card.visualization_settings) ?? 'text'}
              settings={card.visualization_settings}
              onChange={(settings) => state.set({ dashcards: state.dashcards.map((one) => (one.id === card.id ? { ...one, visualization_settings: { ...one.visualization_settings, ...settings } } : one)) })}
            />
          )}
          <Button look="quiet" label={t('Remove: {name}', { name })} onPress={remove}>
            <IconTrash />
          </Button>
        </>
      }
    >
      {isWords ? <WordsCard settings={card.visualization_settings} /> : <QuestionCard dashboard={dashboard} card={card} values={{}} round={0} isEditing />}
    </EditCard>
  );
}
