// Everything runs under React; what the public pages share runs a second time under Preact.
import { defineConfig } from 'vitest/config';
import { geometryFiles } from './scripts/geometry.mjs';
import { appMessages, messageFiles } from './scripts/messages.mjs';
import { preactInsteadOfReact } from './scripts/shell.mjs';

const plugins = [messageFiles(appMessages), geometryFiles()];

export default defineConfig({
  test: {
    projects: [
      {
        plugins,
        test: { name: 'react', environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
      },
      {
        plugins,
        resolve: { alias: preactInsteadOfReact },
        test: { name: 'preact', environment: 'jsdom', include: ['src/shared/**/*.test.{ts,tsx}'] },
      },
    ],
  },
});
