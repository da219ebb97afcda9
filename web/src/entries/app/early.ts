// Runs by itself, while the browser still reads the rest of the app: the answers of the dashboard that the page is about are
// made meanwhile, and its maps come.
import { configureClient, postForStream } from '../../api/client';
import { readBoot } from '../../shared/boot';
import { type FilterParameter, type FilterValues, isSent, sentValue, valuesAtStart } from '../../shared/filters/types';
import { askForMaps, type Shown } from './parts';

/** What has to be known of a dashboard to ask for its answers. */
interface Asked extends Shown {
  id: number;
  archived: boolean;
  tabs: unknown[];
  dashcards: (Shown['dashcards'][number] & { card_id: number | null })[];
  parameters: FilterParameter[];
  last_used_param_values?: FilterValues;
}

/** One stream instead of a request for each card: where all cards are in sight at once. */
export const mayAskTogether = ({ tabs, dashcards, archived }: Asked): boolean => tabs.length < 2 && !archived && dashcards.some(({ card_id }) => card_id !== null);

export interface Early {
  values: FilterValues;
  stream: Promise<Response>;
}

function askEarly(dashboard: Asked | undefined): Early | null {
  if (!dashboard || !mayAskTogether(dashboard) || location.hash === '#edit') return null;
  const { id, parameters } = dashboard;
  const values = valuesAtStart(location.search, parameters, dashboard.last_used_param_values);
  const set = parameters.filter((one) => isSent(values[one.id])).map((one) => ({ id: one.id, value: sentValue(values[one.id]) }));
  const stream = postForStream(`/api/vigie/dashboard/${id}/cards`, { parameters: set });

  // Who reads it hears of it.
  stream.catch(() => {});
  return { values, stream };
}

const boot = readBoot<{ base: string; dashboard: Asked }>();
configureClient({ base: boot.base ?? '', locale: document.documentElement.lang });

export const early = askEarly(boot.dashboard);
askForMaps(boot.dashboard);
