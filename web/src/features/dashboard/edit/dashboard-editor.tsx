// Arranging a dashboard: a draft that is kept while one works. Nothing changes for its readers before it is published.
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../../api/errors';
import { errorText } from '../../../lib/error-text';
import { useUndoKeys } from '../../../lib/undo-keys';
import type { Dashboard, Dashcard } from '../../../lib/question-types';
import { Tabs } from '../../../shared/dashboard';
import { inOrder } from '../../../shared/grid-view';
import { formatDateTime } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Button, ConfirmDialog, Loaded, Notice, PageHeader, Popover, showToast, UndoButtons } from '../../../ui';
import { OrderList } from '../../../ui/order-list';
import { dashboardKey } from '../queries';
import { AddBar } from './add-bar';
import { CardBeingEdited } from './card-being-edited';
import { ConflictQuestion } from './conflict-question';
import { type DraftKeeper, draftKey, forgetDraft, publishDraft, type Start, useDraftKeeper, useStart } from './drafts';
import { FilterList } from './filter-list';
import { atPlace, type EditState, useEditState, withoutTab } from './state';
import { TabDialog } from './tab-dialog';
import styles from './edit.module.css';

interface DashboardEditorProps {
  dashboard: Dashboard;
  onClose: () => void;
  /** It was closed, and what was dropped is back. */
  onReopen: () => void;
}

export function DashboardEditor(props: DashboardEditorProps) {
  const query = useStart(props.dashboard);

  return <Loaded query={query}>{(start) => <Editor key={query.dataUpdatedAt} {...props} start={start} />}</Loaded>;
}

interface EditorProps extends DashboardEditorProps {
  start: Start;
}

function Editor({ dashboard, start, onClose, onReopen }: EditorProps) {
  const { t } = useI18n();
  const state = useEditState(start.edited ?? dashboard);
  useUndoKeys(state.undo, state.redo);
  const [asked, setTab] = useState<number | null>(tabInAddress);
  const [newFilter, openFilter] = useState<string | null>(null);
  const tab = state.tabs.find(({ id }) => id === asked)?.id ?? state.tabs[0]?.id ?? null;
  const cards = state.dashcards.filter(({ dashboard_tab_id }) => tab === null || dashboard_tab_id === tab);

  return (
    <>
      <EditorHeader dashboard={dashboard} start={start} state={state} tab={tab} onClose={onClose} onReopen={onReopen} />
      <AddBar dashboard={dashboard} state={state} cards={cards} tab={tab} onTab={setTab} onFilter={openFilter} />
      <FilterList dashboard={dashboard} state={state} cards={cards} opened={newFilter} onOpen={openFilter} />
      {state.tabs.length > 1 && tab !== null && <Tabs tabs={state.tabs.map((one, position) => ({ ...one, position }))} current={tab} onChange={setTab} panel="cards" />}
      {tab !== null && <TabTools state={state} tab={tab} cards={cards} />}
      <div id="cards">
        {!cards.length && <Notice>{t('Add a question with the buttons above.')}</Notice>}
        <div className={styles.grid} data-grid>
          {inOrder(cards).map((card) => (
            <CardBeingEdited key={card.id} card={card} dashboard={dashboard} state={state} cards={cards} />
          ))}
        </div>
      </div>
    </>
  );
}

/** One goes on where one was reading. */
const tabInAddress = () => Number(new URLSearchParams(location.search).get('tab')?.match(/^\d+/)?.[0]) || null;

/** And reads on where one was working. */
function keepTab(tab: number | undefined) {
  const query = new URLSearchParams(location.search);
  if (tab) query.set('tab', String(tab));
  else query.delete('tab');
  history.replaceState(history.state, '', `${location.pathname}${query.size ? `?${query}` : ''}`);
}

interface EditorHeaderProps extends EditorProps {
  state: EditState;
  tab: number | null;
}

type Asked = 'publishing' | 'keeping' | 'forget' | null;

function EditorHeader({ dashboard, start, state, tab, onClose, onReopen }: EditorHeaderProps) {
  const { t, locale } = useI18n();
  const { draft } = start;
  const [question, ask] = useState<Asked>(null);
  const keeper = useDraftKeeper(dashboard, start, state.now);
  const place = state.tabs.findIndex(({ id }) => id === tab);
  const work = useDraftWork({ dashboard, keeper, place, onClose, ask });
  const hasDraft = draft.version > 0 || state.isChanged || keeper.keptAt !== null;
  const kept = keeper.keptAt && t('Kept as a draft: {date}. Readers see the dashboard as it was.', { date: formatDateTime(locale, keeper.keptAt) });

  return (
    <>
      <PageHeader
        title={t('Edit: {name}', { name: dashboard.name })}
        lead={<span role="status">{kept || t('Readers see changes once you publish them.')}</span>}
        actions={
          <>
            <UndoButtons undo={state.undo} redo={state.redo} />
            {hasDraft && <Button onPress={() => ask('forget')}>{t('Give up the changes')}</Button>}
            <Button onPress={() => void work.leave()}>{t('Close')}</Button>
            <Button look="primary" isPending={work.isPending} onPress={() => void work.publish()}>
              {t('Publish the changes')}
            </Button>
          </>
        }
      />
      <div className={styles.notices}>
        {draft.editor && <Notice>{t('You continue the draft of {name}.', { name: draft.editor.common_name })}</Notice>}
        {(keeper.isConflict || keeper.isOutdated) && (
          <Notice kind="warning">
            <p>{keeper.isConflict ? t('Somebody else changed this draft meanwhile. Yours is not kept until you choose.') : t('The dashboard was changed since this draft began.')}</p>
            <p>
              <Button onPress={() => ask('keeping')}>{t('Choose what stays')}</Button>
            </p>
          </Notice>
        )}
        {Boolean(keeper.error) && !keeper.isConflict && <Notice kind="danger">{errorText(t, keeper.error)}</Notice>}
        {Boolean(work.error) && <Notice kind="danger">{errorText(t, work.error)}</Notice>}
      </div>
      {(question === 'publishing' || question === 'keeping') && (
        <ConflictQuestion
          dashboard={dashboard}
          mine={state.now}
          keeper={keeper}
          onPublish={question === 'publishing' ? work.publish : undefined}
          onLeave={onClose}
          onReopen={onReopen}
          onClose={() => ask(null)}
        />
      )}
      {question === 'forget' && (
        <ConfirmDialog title={t('Give up the changes?')} confirmLabel={t('Give up the changes')} onConfirm={() => void work.forget()} onClose={() => ask(null)}>
          {t('The draft is thrown away. The dashboard stays as its readers see it now.')}
        </ConfirmDialog>
      )}
    </>
  );
}

interface DraftWork {
  dashboard: Dashboard;
  keeper: DraftKeeper;
  /** Of the tab that is shown, among those there are. */
  place: number;
  onClose: () => void;
  ask: (question: Asked) => void;
}

/** The three ways out of the editor: publish, go away and keep the draft, throw it away. */
function useDraftWork({ dashboard, keeper, place, onClose, ask }: DraftWork) {
  const { t, locale } = useI18n();
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);

  async function end(act: () => Promise<Dashboard | void>, otherwise: Asked = 'keeping') {
    setPending(true);
    setError(null);
    try {
      const shown = (await act()) ?? dashboard;
      await Promise.all([dashboardKey(dashboard.id), draftKey(dashboard.id), ['items'], ['dashboards']].map((queryKey) => client.invalidateQueries({ queryKey })));
      keepTab(shown.tabs[place]?.id);
      onClose();
    } catch (problem) {
      if (problem instanceof ApiError && problem.status === 409) ask(otherwise);
      else setError(problem);
    } finally {
      setPending(false);
    }
  }

  return {
    error,
    isPending,
    publish: () =>
      end(async () => {
        const version = await keeper.flush();
        if (!version) return undefined;
        const { vigie_notices: notices = [], ...published } = await publishDraft(dashboard.id, version);
        client.setQueryData(dashboardKey(dashboard.id), published);
        showToast([t('Readers see it now.'), ...notices.map(({ text }) => text[locale])].join(' '));
        return published;
      }, 'publishing'),
    leave: () =>
      end(async () => {
        if (await keeper.flush()) showToast(t('The draft is kept. Readers see nothing of it.'));
      }),
    forget: () => end(async () => void (await forgetDraft(dashboard.id))),
  };
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
      <Popover look="quiet" label={t('Order of the tabs')} trigger={t('Order')}>
        {() => (
          <div className={styles.form}>
            <OrderList label={t('Order of the tabs')} items={state.tabs.map(({ id, name: label }) => ({ id: String(id), label }))} onMove={(id, to) => state.set({ tabs: atPlace(state.tabs, (one) => String(one.id) === id, to) })} />
          </div>
        )}
      </Popover>
      <Button look="quiet" onPress={() => (cards.length ? ask(true) : state.set(withoutTab(state, tab)))}>
        {t('Remove the tab')}
      </Button>
      {isAsking && <TabDialog state={state} tab={tab} cards={inOrder(cards)} onClose={() => ask(false)} />}
    </div>
  );
}
