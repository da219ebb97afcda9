// Clicks of published cards: filters of the page, and addresses outside. Other pages of the site are
// for people who sign in, so clicks that lead there do nothing here.
import { behaviorOf, type ClickBehavior, clickAct, filterValue } from '../../shared/dashboard';
import type { Chosen, Data, Settings } from '../../shared/data';
import { type FilterParameter, type FilterValues } from '../../shared/filters';

const isOpen = ({ type, linkType }: ClickBehavior) => type === 'crossfilter' || (type === 'link' && linkType === 'url');

/** Whether a click may do something here. */
export function invitesClicks(settings: Settings): boolean {
  const columns = Object.values((settings.column_settings ?? {}) as Record<string, { click_behavior?: ClickBehavior }>);

  return [settings.click_behavior as ClickBehavior | undefined, ...columns.map(({ click_behavior }) => click_behavior)].some((one) => one !== undefined && isOpen(one));
}

export interface Clicked {
  filters?: FilterValues;
  address?: string;
}

/** The same click again takes the filter back. */
export function clicked(settings: Settings, data: Data, chosen: Chosen, parameters: readonly FilterParameter[], values: FilterValues): Clicked {
  const behavior = behaviorOf(settings, data, chosen.column);
  const act = behavior && isOpen(behavior) ? clickAct(behavior, data, chosen, { parameters, values }) : null;

  if (act?.kind === 'address') return /^https?:\/\//i.test(act.address) ? { address: act.address } : {};
  if (act?.kind !== 'filter') return {};
  const set = Object.entries(act.values).flatMap(([id, cell]): [string, unknown][] => {
    const parameter = parameters.find((one) => one.id === id);
    return parameter ? [[id, filterValue(parameter.type, cell)]] : [];
  });
  const isSame = set.length > 0 && set.every(([id, value]) => String(values[id]) === String(value));
  return { filters: Object.fromEntries(set.map(([id, value]) => [id, isSame ? null : value])) };
}
