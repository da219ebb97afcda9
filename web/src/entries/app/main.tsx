// The signed-in app starts here.
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { configureClient } from '../../api/client';
import { firstLocale, LanguageProvider, loadLanguage } from '../../lib/language';
import { loadOwnMap } from '../../lib/own-maps';
import { newQueryClient } from '../../lib/session';
import { site } from '../../lib/site';
import { setOwnMaps } from '../../shared/charts';
import '../../themes/index.css';
import { App } from './app';
import { prepareOpened } from './opened';

async function start(place: HTMLElement) {
  const locale = firstLocale();
  configureClient({ base: site.base, locale });
  setOwnMaps(loadOwnMap);

  const client = newQueryClient();
  const [language] = await Promise.all([loadLanguage(locale), prepareOpened(client, locale)]);
  createRoot(place).render(
    <QueryClientProvider client={client}>
      <LanguageProvider first={language}>
        <Router base={site.base}>
          <App />
        </Router>
      </LanguageProvider>
    </QueryClientProvider>,
  );
}

const place = document.getElementById('app');
if (place) void start(place);
