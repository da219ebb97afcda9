// Maps: regions in colours, pins over the land; read with the keys, brought closer, and no word to a stranger.
import assert from 'node:assert/strict';
import { accessible } from '../axe.mjs';
import { visitor } from '../browser.mjs';
import { administrator, call } from '../site.mjs';

export const prepare = ({ readySite }) => readySite();

const card = (request, name, query, settings = {}, type = 'query') =>
  call(request, 'POST', '/api/card', { name, display: 'map', visualization_settings: settings, dataset_query: { database: 1, type, [type]: query } });

const regions = { 'source-table': 6, aggregation: [['count']], breakout: [['field', 52, null]] };

/** Runs in the page: how many regions have their middle under a button. */
const covered = () =>
  [...document.querySelectorAll('[role=application] path')].filter((area) => {
    const { left, top, width, height } = area.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.closest('button');
  }).length;

export const journeys = {
  async 'maps: regions of France are read with the arrows, say what is missing, and lead further'(site) {
    const { page, context, complaints, foreign } = await administrator(site);
    const { id } = await card(context.request, 'Clients par région', regions, { 'map.region': 'fr_regions' });

    await page.goto(`/question/${id}`);
    const map = page.getByRole('application', { name: /sur une carte, 16 régions/ });
    await map.waitFor();
    await page.getByText(/absents de cette carte/).waitFor();
    await accessible(page);
    await map.focus();
    await page.keyboard.press('ArrowRight');
    await map.getByRole('status').getByText(/Nombre \d+/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Voir ces lignes' }).click();
    await page.getByRole('grid').waitFor();
    assert.deepEqual(complaints, []);
    assert.deepEqual(foreign, []);
    await context.close();
  },

  async 'maps: pins come apart with the keys and the buttons'(site) {
    const { page, context, foreign } = await administrator(site);
    const { id } = await card(context.request, 'Clients', { 'source-table': 6, fields: [['field', 50, null], ['field', 56, null], ['field', 51, null]] });

    await page.goto(`/question/${id}`);
    const map = page.getByRole('application', { name: /2.000 lieux sur une carte/ });
    await map.waitFor();
    const clusters = () => map.locator('circle').count();
    const before = await clusters();
    await map.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('+');
    await page.getByRole('button', { name: 'Toute la carte' }).and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('0');
    await page.getByRole('button', { name: 'Toute la carte' }).and(page.locator(':disabled')).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await clusters(), before);
    await page.getByRole('button', { name: 'Plus près' }).click();
    await page.getByRole('button', { name: 'Plus loin' }).click();
    assert.deepEqual(foreign, []);
    await context.close();
  },

  async 'maps: a published map is drawn for strangers, as a table too'(site) {
    const { page, context } = await administrator(site);
    const { id } = await card(context.request, 'Par département', { query: "select '75' as departement, 12 as n union select '974', 20 union select 'Finistere', 9" }, { 'map.region': 'fr_departments' }, 'native');
    const { uuid } = await call(context.request, 'POST', `/api/card/${id}/public_link`);
    await context.close();

    const stranger = await visitor(site.browser, site.origin);
    await stranger.page.goto(`/public/question/${uuid}`);
    await stranger.page.getByRole('application', { name: /3 régions/ }).waitFor();
    await accessible(stranger.page);
    for (const size of [{ width: 1280, height: 720 }, { width: 700, height: 720 }, { width: 360, height: 640 }]) {
      await stranger.page.setViewportSize(size);
      assert.equal(await stranger.page.locator('[role=application] path').count(), 101);
      assert.equal(await stranger.page.evaluate(covered), 0, `no department lies under a button, ${size.width} wide`);
    }
    await stranger.page.getByLabel('Actions pour Par département').click();
    await stranger.page.getByRole('button', { name: 'Voir le tableau' }).or(stranger.page.getByRole('button', { name: /tableau/i })).first().click();
    await stranger.page.getByRole('columnheader', { name: 'departement' }).waitFor();
    assert.deepEqual(stranger.complaints, []);
    assert.deepEqual(stranger.foreign, []);
    await stranger.context.close();
  },
};
