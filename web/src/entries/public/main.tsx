// Pages for the general public start here. No cookie, no storage, nothing from elsewhere.
import { createRoot } from 'react-dom/client';
import { readBoot } from '../../shared/boot';
import { chooseLocale, I18nContext, loadCatalogue, translator } from '../../shared/i18n';
import '../../themes/index.css';
import { Withdrawn } from './withdrawn';

interface PublicBoot {
  base: string;
  locale: string;
  title: string;
  kind: string;
}

async function start(place: HTMLElement) {
  const { locale: wished, kind } = readBoot<PublicBoot>();
  const locale = chooseLocale(wished, document.documentElement.lang, ...navigator.languages);
  const t = translator(locale, await loadCatalogue(locale));

  document.documentElement.lang = locale;
  createRoot(place).render(
    <I18nContext.Provider value={{ locale, t }}>
      <Withdrawn kind={kind === 'withdrawn' ? 'withdrawn' : 'missing'} />
    </I18nContext.Provider>,
  );
}

const place = document.getElementById('page');
if (place) void start(place);
