import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const parameter = { id: 'p', name: 'P', slug: 'p', type: 'string/=' };
const dashboard = { id: 7, tabs: [], archived: false, parameters: [parameter], dashcards: [{ card_id: 1 }] };
const asked: [path: string, body: unknown][] = [];

/** The module asks when it is loaded. */
async function open(address: string, opened: object | undefined) {
  vi.resetModules();
  history.replaceState(null, '', address);
  document.body.innerHTML = `<script type="application/json" id="boot">${JSON.stringify({ base: '/stats', dashboard: opened })}</script>`;
  return (await import('./early')).early;
}

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push([path, JSON.parse(String(init.body))]);
    return new Response('');
  });
});
afterEach(() => vi.unstubAllGlobals());

it('asks for the answers of the dashboard, with the filters of the address', async () => {
  const early = await open('/dashboard/7?p=CA', dashboard);

  expect(early?.values).toEqual({ p: ['CA'] });
  expect(asked).toEqual([['/stats/api/vigie/dashboard/7/cards', { parameters: [{ id: 'p', value: ['CA'] }] }]]);
});

it('asks for nothing where cards are asked one by one, or not at all', async () => {
  for (const opened of [undefined, { ...dashboard, archived: true }, { ...dashboard, dashcards: [] }, { ...dashboard, tabs: [1, 2] }]) expect(await open('/dashboard/7', opened)).toBeNull();
  expect(await open('/dashboard/7#edit', dashboard)).toBeNull();
  expect(asked).toEqual([]);
});
