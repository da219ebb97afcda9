// The signed-in app: React, served below /app/a/.
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { geometryFiles } from './scripts/geometry.mjs';
import { quickLanguage } from './scripts/language.mjs';
import { appMessages, messageFiles } from './scripts/messages.mjs';
import { compiledWhole, partsOfShell, shell, shellAddresses } from './scripts/shell.mjs';

// What a page may need from its first moment: the server links it (src/api/assets.c), or entries/app/parts.ts asks for it.
const pages = { home: 'home', question: 'question-page', dashboard: 'dashboard' };
const languages = { fr: 'fr', en: 'en' };
const maps = { map: 'map-view', fr_regions: 'regions', fr_departments: 'departments', us_states: 'states', world_countries: 'world' };

export default defineConfig({
  ...shell('app', '/app/a/'),
  plugins: [
    react(),
    messageFiles(appMessages),
    geometryFiles(),
    compiledWhole('early', 'index', 'lib', 'answers', 'dashboard', 'map-view'),
    partsOfShell('/app/a/', { ...pages, ...languages }, maps),
    shellAddresses('/app/a/'),
    quickLanguage(),
    // React Aria ships its own words in thirty languages: two are enough.
    { ...optimizeLocales.vite({ locales: ['en-US', 'fr-FR'] }), enforce: 'pre' },
  ],
});
