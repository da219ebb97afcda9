// Does what the author of a card chose for a click.
import { useLocation } from 'wouter';
import { get } from '../../api/client';
import { errorText } from '../../lib/error-text';
import type { Dashboard, Question } from '../../lib/question-types';
import { behaviorOf, type ClickAct, clickAct, filterValue } from '../../shared/dashboard';
import type { Cell, Chosen, Data, Settings } from '../../shared/data';
import { asList, type FilterValues } from '../../shared/filters';
import { useI18n } from '../../shared/i18n';
import { showToast } from '../../ui';
import { type AppliedFilter, cardAddress, clickedFilter } from '../question';

interface ClickProps {
  dashboard: Dashboard;
  values: FilterValues;
  settings: Settings;
  data: Data | undefined;
  onFilter: ((change: FilterValues) => void) | undefined;
}

type PageAct = Extract<ClickAct, { kind: 'page' }>;

/** What was clicked becomes filters of the question, or values of its variables. */
async function questionAddress({ id, values, filters }: PageAct): Promise<string> {
  const variables = Object.entries(values).map(([name, value]): AppliedFilter => ({ name, type: 'category', target: ['variable', ['template-tag', name]], value }));

  return cardAddress(await get<Question>(`/api/card/${id}`), [...filters.map(clickedFilter), ...variables]);
}

/** Filters are named by their slug in an address: only the other dashboard knows it. */
async function dashboardAddress({ id, tab, values }: PageAct): Promise<string> {
  const { parameters } = await get<Dashboard>(`/api/dashboard/${id}`);
  const pairs = Object.entries(values).flatMap(([key, value]) => {
    const parameter = parameters.find((one) => one.id === key);
    const typed = parameter && !Array.isArray(value) ? filterValue(parameter.type, value as Cell) : value;
    return asList(typed).map((one): [string, string] => [parameter?.slug ?? key, one]);
  });
  const query = new URLSearchParams(pairs);

  if (tab) query.set('tab', String(tab));
  return `/dashboard/${id}${query.size ? `?${query}` : ''}`;
}

export function useClick({ dashboard, values, settings, data, onFilter }: ClickProps) {
  const { t } = useI18n();
  const [, go] = useLocation();

  return (chosen: Chosen) => {
    const behavior = data && behaviorOf(settings, data, chosen.column);
    const act = behavior && clickAct(behavior, data, chosen, { parameters: dashboard.parameters, values });

    if (!act) return;
    if (act.kind === 'filter') {
      const set = Object.entries(act.values).flatMap(([id, cell]): [string, unknown][] => {
        const parameter = dashboard.parameters.find((one) => one.id === id);
        return parameter ? [[id, filterValue(parameter.type, cell)]] : [];
      });
      // The same click again takes the filter back.
      const isSame = set.length > 0 && set.every(([id, value]) => String(values[id]) === String(value));
      onFilter?.(Object.fromEntries(set.map(([id, value]) => [id, isSame ? null : value])));
    } else if (act.kind === 'page') {
      (act.page === 'question' ? questionAddress(act) : dashboardAddress(act)).then(go, (error: unknown) => showToast(errorText(t, error)));
    } else if (act.address.startsWith('/')) {
      go(act.address);
    } else {
      window.open(act.address, '_blank', 'noreferrer');
    }
  };
}
