// Pages for the general public start here. No cookie, no storage, nothing from elsewhere.
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { configureClient } from '../../api/client';
import { readBoot } from '../../shared/boot';
import { chooseLocale, I18nContext, loadCatalogue, translator } from '../../shared/i18n';
import '../../themes/index.css';
import './printed.css';
import { DashboardPage } from './dashboard-page';
import type { PublicBoot } from './definition';
import { speakHeight } from './frame-height';
import { applyOptions, type Options, readOptions } from './options';
import { QuestionPage } from './question-page';
import { Withdrawn } from './withdrawn';

function pageOf(boot: PublicBoot, options: Options): ReactNode {
  if (boot.kind === 'dashboard') return <DashboardPage boot={boot} options={options} />;
  if (boot.kind === 'question') return <QuestionPage boot={boot} options={options} />;
  return <Withdrawn kind={boot.kind === 'withdrawn' ? 'withdrawn' : 'missing'} />;
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
  const t = translator(locale, await loadCatalogue(locale));
  document.documentElement.lang = locale;
  configureClient({ base: boot.base ?? '', locale });
  place.replaceChildren();
  createRoot(place).render(<I18nContext.Provider value={{ locale, t }}>{pageOf(boot, options)}</I18nContext.Provider>);
}

const place = document.getElementById('page');
if (place) void start(place);
