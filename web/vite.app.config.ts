// The signed-in app: React, served below /app/a/.
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { geometryFiles } from './scripts/geometry.mjs';
import { quickLanguage } from './scripts/language.mjs';
import { appMessages, messageFiles } from './scripts/messages.mjs';
import { compiledWhole, partsInShell, shell, shellAddresses } from './scripts/shell.mjs';

export default defineConfig({
  ...shell('app', '/app/a/'),
  plugins: [
    react(),
    messageFiles(appMessages),
    geometryFiles(),
    compiledWhole('index', 'first', 'answers', 'dashboard'),
    partsInShell(['home', 'question-page', 'dashboard', 'fr', 'en']),
    shellAddresses('/app/a/'),
    quickLanguage(),
    // React Aria ships its own words in thirty languages: two are enough.
    { ...optimizeLocales.vite({ locales: ['en-US', 'fr-FR'] }), enforce: 'pre' },
  ],
});
