import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const parts = { home: ['home.js'], dashboard: ['dashboard.js', 'answers.js', 'dashboard.css'], fr: ['fr.js'] };

/** What the page at this address asks for; the module looks at the address when it is loaded. */
async function hintsAt(address: string, shell: string) {
  vi.resetModules();
  history.replaceState(null, '', address);
  document.body.innerHTML = `<script type="application/json" id="boot">{"base":"/stats"}</script>${shell}`;
  (await import('./parts')).askForParts();
  return [...document.head.querySelectorAll('link')].map(({ rel, href }) => `${rel} ${href.split('/').pop()}`);
}

const shell = `<script type="application/json" id="parts">${JSON.stringify(parts)}</script>`;

beforeEach(() => {
  document.documentElement.lang = 'fr';
});
afterEach(() => document.head.replaceChildren());

it('asks for the files of the opened part, and for the sentences of its language', async () => {
  expect(await hintsAt('/stats/dashboard/7-chiffres', shell)).toEqual(['modulepreload dashboard.js', 'modulepreload answers.js', 'preload dashboard.css', 'modulepreload fr.js']);
});

it('asks for the sentences alone where no part is known', async () => {
  expect(await hintsAt('/stats/dashboard/7/history', shell)).toEqual(['modulepreload fr.js']);
  document.head.replaceChildren();
  expect(await hintsAt('/stats/question/3', shell)).toEqual(['modulepreload fr.js']);
});

it('does without what the build says', async () => {
  expect(await hintsAt('/stats/', '')).toEqual([]);
});
