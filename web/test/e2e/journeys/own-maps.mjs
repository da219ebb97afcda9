// Maps of the site's own: brought by an administrator, drawn for readers, shown to visitors.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { makeCertificate } from '../../../../tests/api/smtp.mjs';
import { accessible } from '../axe.mjs';
import { visitor } from '../browser.mjs';
import { administrator, call } from '../site.mjs';

const square = (x) => [[[x, 48], [x + 1, 48], [x + 1, 49], [x, 49], [x, 48]]];
const district = (code, nom, x) => ({ type: 'Feature', properties: { fid: x, code, nom }, geometry: { type: 'Polygon', coordinates: square(x) } });
const districts = { type: 'FeatureCollection', features: [district('A1', 'Recouvrance', 1), district('B2', 'Siam', 2), district('C3', 'Le Stangalar', 3)] };

/** A site that may read maps from a host of this machine. */
export async function prepare({ readySite }) {
  const certificate = makeCertificate();
  const host = createServer({ key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) }, (_, answer) => answer.end(JSON.stringify(districts)));
  await new Promise((done) => host.listen(0, '127.0.0.1', done));
  host.unref();
  process.on('exit', certificate.remove);
  const authority = `localhost:${host.address().port}`;
  const site = await readySite({ variables: { VIGIE_MAP_HOSTS: authority, VIGIE_MAP_CA_FILE: certificate.cert } });

  return { ...site, url: `https://${authority}/quartiers.geojson` };
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
const sql = "select 'A1' as quartier, 12 as n union all select 'siam', 30 union all select 'Ailleurs', 1";

export const journeys = {
  async 'own maps: a file of this device is sent, renamed, and replaced'(site) {
    const { page, context, complaints, foreign } = await administrator(site);
    const file = (name, content) => ({ name, mimeType: 'application/geo+json', buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)) });
    const stored = async () => (await call(context.request, 'GET', '/api/setting/custom-geojson')).rives;

    await page.goto('/admin/maps');
    await button(page, 'Ajouter une carte').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nom', { exact: true }).fill('Rives');
    await dialog.getByText('Sur cet appareil', { exact: true }).click();
    await dialog.getByLabel('Fichier GeoJSON').setInputFiles(file('rives.geojson', '<html>'));
    await dialog.getByText('Ce fichier ne contient pas de régions', { exact: false }).waitFor();
    await dialog.getByLabel('Fichier GeoJSON').setInputFiles(file('rives.geojson', districts));
    await dialog.getByText(/^3 régions\s: A1 Recouvrance/).waitFor();
    await accessible(page);
    await button(page, 'Enregistrer').click();
    await page.getByRole('rowheader', { name: 'Rives' }).waitFor();
    assert.deepEqual(await stored(), { name: 'Rives', url: 'sent:rives.geojson', region_key: 'code', region_name: 'nom' });

    await page.getByRole('button', { name: 'Actions pour Rives' }).click();
    assert.equal(await page.getByRole('menuitem', { name: 'Relire le fichier' }).count(), 0);
    await page.getByRole('menuitem', { name: 'Modifier' }).click();
    await dialog.getByText(/^3 régions/).waitFor();
    await dialog.getByLabel('Nom', { exact: true }).fill('Deux rives');
    await button(page, 'Enregistrer').click();
    await page.getByRole('rowheader', { name: 'Deux rives' }).waitFor();

    await page.getByRole('button', { name: 'Actions pour Deux rives' }).click();
    await page.getByRole('menuitem', { name: 'Modifier' }).click();
    await dialog.getByLabel('Fichier GeoJSON').setInputFiles(file('nord.json', { ...districts, features: districts.features.slice(0, 2) }));
    await dialog.getByText(/^2 régions/).waitFor();
    await button(page, 'Enregistrer').click();
    await page.getByText('nord.json').waitFor();
    assert.equal((await call(context.request, 'GET', '/api/geojson/rives')).features.length, 2);
    await call(context.request, 'PUT', '/api/setting/custom-geojson', { value: {} });
    assert.deepEqual([complaints, foreign], [[], []]);
    await context.close();
  },

  async 'own maps: a file is looked at, kept, and drawn, also for visitors'(site) {
    const { page, context, complaints, foreign } = await administrator(site);

    await page.goto('/admin/maps');
    await page.getByText('Pas encore de carte à vous').waitFor();
    await button(page, 'Ajouter une carte').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nom', { exact: true }).fill('Quartiers de Brest');
    await dialog.getByLabel('Adresse du fichier').fill(site.url);
    await button(page, 'Regarder le fichier').click();
    await dialog.getByRole('img', { name: 'Contour de la carte' }).waitFor();
    await dialog.getByText(/^3 régions\s: A1 Recouvrance, B2 Siam, C3 Le Stangalar$/).waitFor();
    await accessible(page);
    await button(page, 'Enregistrer').click();
    await page.getByRole('rowheader', { name: 'Quartiers de Brest' }).waitFor();
    const kept = await call(context.request, 'GET', '/api/setting/custom-geojson');
    assert.deepEqual(kept.quartiers_de_brest, { name: 'Quartiers de Brest', url: site.url, region_key: 'code', region_name: 'nom' });

    const { id } = await call(context.request, 'POST', '/api/card', { name: 'Par quartier', display: 'map', visualization_settings: {}, dataset_query: { database: 1, type: 'native', native: { query: sql } } });
    await page.goto(`/question/${id}`);
    await button(page, 'Réglages').click();
    await page.getByRole('button', { name: /Carte$/ }).last().click();
    await page.getByRole('option', { name: 'Quartiers de Brest' }).click();
    await page.getByRole('application', { name: /2 régions.*Siam \(30\)/ }).waitFor();
    await page.getByText(/Absent de cette carte\s: Ailleurs/).waitFor();
    await button(page, 'Enregistrer').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Enregistré', { exact: true }).waitFor();

    const { uuid } = await call(context.request, 'POST', `/api/card/${id}/public_link`);
    const stranger = await visitor(site.browser, site.origin);
    await stranger.page.goto(`/public/question/${uuid}`);
    await stranger.page.getByRole('application', { name: /2 régions.*Siam \(30\)/ }).waitFor();
    assert.deepEqual([complaints, foreign, stranger.complaints, stranger.foreign], [[], [], [], []]);
    await stranger.context.close();
    await context.close();
  },

  async 'own maps: an address of a private network is refused, and a map is removed'(site) {
    const { page, context } = await administrator(site);
    const map = { name: 'Secteurs', url: site.url, region_key: 'code', region_name: 'nom' };
    await call(context.request, 'PUT', '/api/setting/custom-geojson', { value: { secteurs: map } });

    await page.goto('/admin/maps');
    await page.getByRole('button', { name: 'Actions pour Secteurs' }).click();
    await page.getByRole('menuitem', { name: 'Modifier' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img', { name: 'Contour de la carte' }).waitFor();
    await dialog.getByLabel('Adresse du fichier').fill('https://127.0.0.1:9/secret.json');
    await button(page, 'Regarder le fichier').click();
    await dialog.getByRole('alert').waitFor();
    assert.equal(await button(page, 'Enregistrer').count(), 0);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Actions pour Secteurs' }).click();
    await page.getByRole('menuitem', { name: 'Relire le fichier' }).click();
    await page.getByText('Le fichier est relu.').waitFor();
    await page.getByRole('button', { name: 'Actions pour Secteurs' }).click();
    await page.getByRole('menuitem', { name: 'Retirer' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Retirer' }).click();
    await page.getByText('Pas encore de carte à vous').waitFor();
    assert.deepEqual(await call(context.request, 'GET', '/api/setting/custom-geojson'), {});
    await context.close();
  },
};
