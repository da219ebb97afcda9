// Pages for the general public start here. No cookie, no storage, nothing from elsewhere.
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { configureClient, get } from '../../api/client';
import { readBoot, soon } from '../../shared/boot';
import { messages as english } from '../../locales/en.po';
import { messages as french } from '../../locales/fr.po';
import { prepareMap, setOwnMaps } from '../../shared/charts';
import { valuesFromAddress } from '../../shared/filters';
import { chooseLocale, I18nContext, type Locale, translator } from '../../shared/i18n';
import '../../themes/index.css';
import './printed.css';
import { type DashboardBoot, DashboardPage, looksOf } from './dashboard-page';
import type { PublicBoot } from './definition';
import { askRows, type Rows } from './first-rows';
import { speakHeight } from './frame-height';
import { applyOptions, type Options, readOptions } from './options';
import { QuestionPage } from './question-page';
import { allRows } from './source';
import { Withdrawn } from './withdrawn';

/** Both are small, and neither has to be waited for. */
const catalogues = { en: english, fr: french };

function pageOf(boot: PublicBoot, options: Options, first: Rows | undefined): ReactNode {
  if (boot.kind === 'dashboard') return <DashboardPage boot={boot} options={options} first={first} />;
  if (boot.kind === 'question') return <QuestionPage boot={boot} options={options} />;
  return boot.kind === 'refused' ? <Withdrawn kind="refused" reason={boot.reason} /> : <Withdrawn kind={boot.kind === 'withdrawn' ? 'withdrawn' : 'missing'} />;
}

/** A frame far down a long page asks for nothing before it comes near. */
function inSight(place: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(place);
  });
}

/** How long what the server printed stays instead of empty cards. */
const patience = 600;

/** Rows and shapes of maps, asked for at once; there is a little time for them to come. */
async function firstRows({ base, data, definition }: DashboardBoot, locale: Locale): Promise<Rows | undefined> {
  const { parameters } = definition;
  const looks = looksOf(definition);
  if (!looks.length) return undefined;

  const rows = askRows(allRows({ base, data, parameters }, valuesFromAddress(location.search, parameters)));
  const maps = looks.filter(({ display }) => display === 'map');

  await soon(Promise.allSettled([rows.follow(() => {}), ...maps.map(({ settings }) => prepareMap(settings, locale))]), patience);
  return rows;
}

async function start(place: HTMLElement) {
  const boot = readBoot<PublicBoot>() as PublicBoot;
  const options = readOptions(location.hash, window !== parent);
  applyOptions(options);
  // A host that changes its mind starts the page again; jumps inside the page do not.
  addEventListener('hashchange', () => {
    if (JSON.stringify(readOptions(location.hash, options.isFramed)) !== JSON.stringify(options)) location.reload();
  });
  if (options.isFramed) {
    speakHeight(place);
    await inSight(place);
  }

  const locale = chooseLocale(options.locale, boot.locale, document.documentElement.lang, ...navigator.languages);
  const t = translator(locale, catalogues[locale]);
  document.documentElement.lang = locale;
  configureClient({ base: boot.base ?? '', locale });
  // Visitors are given the maps that this page draws, and no other.
  if ('data' in boot) setOwnMaps((region) => get<unknown>(`${boot.data}/geojson/${encodeURIComponent(region)}`).catch(() => null));
  const first = boot.kind === 'dashboard' ? await firstRows(boot, locale) : undefined;
  place.replaceChildren();
  createRoot(place).render(<I18nContext.Provider value={{ locale, t }}>{pageOf(boot, options, first)}</I18nContext.Provider>);
}

const place = document.getElementById('page');
if (place) void start(place);
