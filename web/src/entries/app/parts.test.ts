import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Shown } from './parts';

const parts = { home: ['home.js'], map: ['map-view.js'], fr_regions: ['regions.js'], us_states: ['states.js'], dashboard: ['dashboard.js', 'answers.js', 'dashboard.css'], fr: ['fr.js'] };

/** What the page at this address asks for; the module looks at the address when it is loaded. */
async function hintsAt(address: string, shell: string, shown?: Shown) {
  vi.resetModules();
  history.replaceState(null, '', address);
  document.body.innerHTML = `<script type="application/json" id="boot">{"base":"/stats"}</script>${shell}`;
  (await import('./parts')).askForParts(shown);
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

it('asks for the maps of a dashboard, and for no other', async () => {
  const region = (name: string) => ({ 'map.region': name });
  const cards = [
    { card: { display: 'map', visualization_settings: region('us_states') }, visualization_settings: region('fr_regions') },
    { card: { display: 'map', visualization_settings: region('a map of ours') } },
    { card: { display: 'bar', visualization_settings: region('us_states') } },
    { card: null },
  ];

  expect((await hintsAt('/stats/dashboard/7', shell, { dashcards: cards })).slice(4)).toEqual(['modulepreload map-view.js', 'modulepreload regions.js']);
});

it('does without what the build says', async () => {
  expect(await hintsAt('/stats/', '')).toEqual([]);
});
