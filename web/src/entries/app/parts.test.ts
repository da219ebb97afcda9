import { afterEach, expect, it, vi } from 'vitest';
import type { Shown } from './parts';

const parts = { map: ['map-view.js'], fr_regions: ['regions.js'], us_states: ['states.js'] };

/** What the page at this address asks for; the module looks at the address when it is loaded. */
async function openedAt(address: string, shell: string, shown?: Shown) {
  vi.resetModules();
  history.replaceState(null, '', address);
  document.body.innerHTML = `<script type="application/json" id="boot">{"base":"/stats"}</script>${shell}`;
  const { askForMaps, openedPart } = await import('./parts');
  askForMaps(shown);
  return { openedPart, hints: [...document.head.querySelectorAll('link')].map(({ rel, href }) => `${rel} ${href.split('/').pop()}`) };
}

const shell = `<script type="application/json" id="parts">${JSON.stringify(parts)}</script>`;

afterEach(() => document.head.replaceChildren());

it('knows which part of the app an address opens', async () => {
  const opened = async (address: string) => (await openedAt(address, shell)).openedPart;

  expect(await opened('/stats/dashboard/7-chiffres')).toBe('dashboard');
  expect(await opened('/stats/question/3')).toBe('question');
  expect(await opened('/stats/')).toBe('home');
  expect(await opened('/stats/dashboard/7/history')).toBeUndefined();
});

it('asks for the maps of a dashboard, and for no other', async () => {
  const region = (name: string) => ({ 'map.region': name });
  const cards = [
    { card: { display: 'map', visualization_settings: region('us_states') }, visualization_settings: region('fr_regions') },
    { card: { display: 'map', visualization_settings: region('a map of ours') } },
    { card: { display: 'bar', visualization_settings: region('us_states') } },
    { card: null },
  ];

  expect((await openedAt('/stats/dashboard/7', shell, { dashcards: cards })).hints).toEqual(['modulepreload map-view.js', 'modulepreload regions.js']);
});

it('does without what the build says', async () => {
  const cards = [{ card: { display: 'map' } }];

  expect((await openedAt('/stats/dashboard/7', '', { dashcards: cards })).hints).toEqual([]);
});
