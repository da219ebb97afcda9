// What the page that somebody opens surely needs is asked for before anything is drawn: its part of the app, the answers
// of its cards, the shapes of its maps. Whoever moves on inside the app has most of it already.
import type { QueryClient } from '@tanstack/react-query';
import { QuestionPage } from '../../features/question';
import { takeTogether } from '../../lib/dashboard-answers';
import type { Dashboard } from '../../lib/question-types';
import { sessionKeys } from '../../lib/session';
import { site } from '../../lib/site';
import { soon } from '../../shared/boot';
import { prepareMap } from '../../shared/charts/maps';
import { settingsOf } from '../../shared/dashboard/types';
import type { Locale } from '../../shared/i18n';
import { early } from './early';
import { DashboardPage, HomePage } from './pages';
import { openedPart } from './parts';

/** How long the page stays empty for answers that are late: then cards are shown without them. */
const patience = 600;

const prepare = { home: HomePage.prepare, question: QuestionPage.prepare, dashboard: DashboardPage.prepare };

function dashboardNeeds(client: QueryClient, dashboard: Dashboard, locale: Locale): Promise<unknown> {
  const maps = dashboard.dashcards.flatMap((card) => (card.card?.display === 'map' ? [settingsOf({ ...card, card: card.card, series: [] })] : []));
  const answers = early && takeTogether(client, dashboard, early.values, early.stream);

  return soon(Promise.allSettled([answers, ...maps.map((settings) => prepareMap(settings, locale))]), patience);
}

/** What fails here is asked for again by whoever shows it, and says why. */
export async function prepareOpened(client: QueryClient, locale: Locale): Promise<void> {
  const { user, dashboard } = site;
  if (!user) return;

  client.setQueryData(sessionKeys.user, user);
  if (dashboard) client.setQueryData(['dashboard', String(dashboard.id)], dashboard);
  await Promise.allSettled([openedPart && prepare[openedPart](), dashboard && dashboardNeeds(client, dashboard, locale)]);
}
