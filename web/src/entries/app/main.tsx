// The signed-in app starts here.
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { configureClient } from '../../api/client';
import { firstLocale, LanguageProvider, loadLanguage } from '../../lib/language';
import { newQueryClient } from '../../lib/session';
import { site } from '../../lib/site';
import '../../themes/index.css';
import { App } from './app';

async function start(place: HTMLElement) {
  const locale = firstLocale();
  configureClient({ base: site.base, locale });

  const language = await loadLanguage(locale);
  createRoot(place).render(
    <QueryClientProvider client={newQueryClient()}>
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
