// Reading a dashboard: its filters, its tabs, its cards.
import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useSearch } from 'wouter';
import type { Dashboard, Dashcard } from '../../lib/question-types';
import { useProperties } from '../../lib/session';
import { cleared, FilterBar, type FilterValues, isSent, valuesAtStart, valuesToAddress } from '../../shared/filters';
import { tabId, Tabs } from '../../shared/dashboard';
import { GridView, textValues, virtualDisplay, WordsCard } from '../../shared/grid-view';
import { useI18n } from '../../shared/i18n';
import { Button, ButtonLink, EmptyState, Toolbar } from '../../ui';
import { loadDashboardChoices } from './queries';
import { QuestionCard } from './question-card';

export const displayOf = ({ card, visualization_settings }: Dashcard): string => virtualDisplay(visualization_settings) ?? card?.display ?? 'table';

/** Filters and tab live in the address: what one sees can be sent to somebody. Without it they are as one left them. */
export function useAddressState({ id: dashboard, parameters, tabs, last_used_param_values: last }: Dashboard) {
  const search = useSearch();
  const client = useQueryClient();
  const chosen = ['dashboard-choices', dashboard];
  const [values, keep] = useState<FilterValues>(() => valuesAtStart(search, parameters, client.getQueryData<FilterValues>(chosen) ?? last));
  const setValues = (next: FilterValues): FilterValues => {
    const kept = cleared(values, next);
    keep(kept);
    client.setQueryData(chosen, Object.fromEntries(Object.entries(kept).filter(([, value]) => isSent(value))));
    return kept;
  };
  const asked = Number(/^\d+/.exec(new URLSearchParams(search).get('tab') ?? '')?.[0]);
  const [tab, setTab] = useState<number | null>(tabs.find(({ id }) => id === asked)?.id ?? tabs[0]?.id ?? null);

  useEffect(() => {
    const query = new URLSearchParams(valuesToAddress(values, parameters));
    if (tab !== null && tab !== tabs[0]?.id) query.set('tab', String(tab));
    const text = query.size ? `?${query}` : '';
    if (text !== location.search) history.replaceState(history.state, '', location.pathname + text + location.hash);
  }, [values, tab, parameters, tabs]);

  return { values, setValues, tab, setTab };
}

const panel = 'cards';

interface DashboardViewProps {
  dashboard: Dashboard;
  round: number;
  onEdit: () => void;
}

export function DashboardView({ dashboard, round, onEdit }: DashboardViewProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const { values, setValues, tab, setTab } = useAddressState(dashboard);
  const [sent, setSent] = useState(values);
  const hasFrames = dashboard.dashcards.some((card) => displayOf(card) === 'iframe');
  const frameHosts = useProperties(hasFrames).data?.['allowed-iframe-hosts'] ?? '';
  const isAuto = dashboard.auto_apply_filters !== false;
  const applied = isAuto ? values : sent;
  const cards = dashboard.dashcards.filter(({ dashboard_tab_id }) => tab === null || dashboard_tab_id === tab || (dashboard_tab_id === null && tab === dashboard.tabs[0]?.id));
  const shown = dashboard.parameters.filter(({ id }) => isWired(id, cards, dashboard.dashcards));

  /** A click on a card is a decision: it does not wait for the button. */
  function filter(change: FilterValues) {
    const next = { ...values, ...change };
    setSent(setValues(next));
  }

  if (!dashboard.dashcards.length) {
    return (
      <EmptyState title={t('This dashboard is empty')} action={dashboard.can_write ? <Button look="primary" onPress={onEdit}>{t('Add cards')}</Button> : <ButtonLink href="/">{t('Go to the home page')}</ButtonLink>}>
        {t('Put saved questions on it, with titles and texts between them.')}
      </EmptyState>
    );
  }
  return (
    <>
      {dashboard.tabs.length > 1 && tab !== null && <Tabs tabs={dashboard.tabs.map((one, position) => ({ ...one, position }))} current={tab} onChange={setTab} panel={panel} />}
      <FilterBar parameters={shown} values={values} onChange={setValues} loadChoices={loadDashboardChoices(dashboard, values)} />
      {!isAuto && sent !== values && (
        <Toolbar>
          <Button look="primary" onPress={() => setSent(values)}>
            {t('Apply the filters')}
          </Button>
        </Toolbar>
      )}
      <div id={panel} {...(dashboard.tabs.length > 1 && tab !== null && { role: 'tabpanel', 'aria-labelledby': tabId(panel, tab) })}>
      <GridView cards={cards} kindOf={displayOf}>
        {(card) =>
          card.card_id === null ? (
            <WordsCard settings={card.visualization_settings} values={textValues(i18n, dashboard.parameters, card.parameter_mappings, applied)} frameHosts={frameHosts} />
          ) : (
            <QuestionCard dashboard={dashboard} card={card} values={applied} round={round} onFilter={(change) => filter(change)} />
          )
        }
      </GridView>
      </div>
    </>
  );
}

/** A filter that no card of the tab uses is not shown there; one that nobody uses is shown everywhere. */
function isWired(id: string, cards: Dashcard[], all: Dashcard[]): boolean {
  const uses = ({ parameter_mappings }: Dashcard) => parameter_mappings.some(({ parameter_id }) => parameter_id === id);

  return cards.some(uses) || !all.some(uses);
}
