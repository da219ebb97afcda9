// The share panel: what to look at again, limits, small groups, and the code of a frame.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { accessible } from '../axe.mjs';
import { visitor } from '../browser.mjs';
import { administrator, call, dashboard, question } from '../site.mjs';

export async function prepare({ readySite }) {
  const site = await readySite();
  const { context } = await administrator(site);

  await dashboard(context.request, (await question(context.request)).id);
  await context.close();
  return site;
}

const button = (page, name) => page.getByRole('button', { name, exact: true });

async function openPanel(page, id) {
  await page.goto(`/dashboard/${id}`);
  await button(page, 'Partager').click();
  return page.getByRole('dialog');
}

const part = (panel, name) => panel.getByRole('radiogroup', { name: 'Comment partager' }).getByText(name, { exact: true }).click();

export const journeys = {
  async 'what to look at again is told before and after publishing'(site) {
    const { page, context, complaints } = await administrator(site);
    const people = { database: 1, type: 'query', query: { 'source-table': 6, fields: [['field', 47, null], ['field', 48, null]], limit: 5 } };
    const { id: card } = await question(context.request, { name: 'Des personnes', display: 'table', dataset_query: people });
    const { id } = await dashboard(context.request, card);

    const panel = await openPanel(page, id);
    await panel.getByText(/points? .*à revoir avant que quiconque/).waitFor();
    await button(page, 'Voir quoi').click();
    await panel.getByText('Les lignes sont montrées une à une', { exact: false }).waitFor();
    await panel.getByText('À regarder').first().waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a published dashboard gets an end, a password and a rule for small groups'(site) {
    const { page, context } = await administrator(site);
    const { uuid } = await call(context.request, 'POST', '/api/dashboard/1/public_link');

    const panel = await openPanel(page, 1);
    await part(panel, 'Limites');
    await page.getByLabel('Public jusqu’à la fin du').fill('2099-12-31');
    await page.getByText('Ne pas montrer les petits groupes').click();
    await page.getByLabel('Groupes de moins de lignes que').fill('7');
    await page.getByLabel(/^Mot de passe/).first().fill('un-mot-de-passe-9');
    await button(page, 'Enregistrer').click();
    await page.getByText('Les modifications sont enregistrées.').waitFor();
    const [kept] = await call(context.request, 'GET', '/api/vigie/share');
    assert.deepEqual([kept.small_cells.below, kept.small_cells.how, kept.has_password], [7, 'withhold', true]);
    assert.equal((await fetch(`${site.origin}/api/public/dashboard/${uuid}`)).status, 401);

    await page.getByText('Ne plus demander de mot de passe').click();
    await page.getByLabel('Public jusqu’à la fin du').fill('2020-01-01');
    await button(page, 'Enregistrer').click();
    await page.getByText('Ne plus demander de mot de passe').waitFor({ state: 'detached' });
    assert.ok([404, 410].includes((await fetch(`${site.origin}/api/public/dashboard/${uuid}`)).status));
    await context.close();
  },

  async 'a link opens with a tab, or a dashboard is published for one tab alone'(site) {
    const { page, context, complaints } = await administrator(site);
    const ask = (method, path, data) => call(context.request, method, path, data);
    const { id } = await ask('POST', '/api/dashboard', { name: 'À deux onglets' });
    const words = (tab, text) => ({ card_id: null, row: 0, col: 0, size_x: 24, size_y: 2, dashboard_tab_id: tab, visualization_settings: { virtual_card: { display: 'text' }, text } });
    const { tabs } = await ask('PUT', `/api/dashboard/${id}`, {
      tabs: [{ id: -1, name: 'Ici' }, { id: -2, name: 'Là' }],
      dashcards: [{ id: -1, ...words(-1, 'Les mots d’ici') }, { id: -2, ...words(-2, 'Les mots de là') }],
      enable_embedding: true,
    });
    await ask('POST', `/api/dashboard/${id}/public_link`);

    let panel = await openPanel(page, id);
    const choose = async (label, name) => {
      await panel.getByRole('button', { name: new RegExp(`${label}$`) }).click();
      await page.getByRole('option', { name, exact: true }).click();
    };
    await choose('S’ouvre sur l’onglet', 'Là');
    const link = await panel.getByRole('textbox', { name: 'Lien public' }).inputValue();
    assert.ok(link.endsWith(`?tab=${tabs[1].id}`), link);
    assert.match(await panel.getByRole('textbox', { name: 'Code d’un cadre' }).inputValue(), new RegExp(`#tab=${tabs[1].id}"`));
    const preview = panel.frameLocator('iframe');
    await preview.getByText('Les mots de là').waitFor();
    await preview.getByRole('tab', { name: 'Ici' }).waitFor();
    await part(panel, 'Cadre signé');
    await choose('S’ouvre sur l’onglet', 'Là');
    await preview.getByText('Les mots de là').waitFor();
    assert.match(await panel.getByRole('textbox', { name: 'Code de votre site' }).inputValue(), new RegExp(`#tab=${tabs[1].id}`));

    await part(panel, 'Limites');
    await choose('Ce qui est montré', 'Seulement l’onglet Là');
    await accessible(page);
    await button(page, 'Enregistrer').click();
    await page.getByText('Les modifications sont enregistrées.').waitFor();
    const { page: reader, context: stranger } = await visitor(site.browser, site.origin);
    await reader.goto(link.replace(/\?.*/, ''));
    await reader.getByText('Les mots de là').waitFor();
    assert.equal(await reader.getByRole('tab').count(), 0);
    assert.ok(!(await reader.content()).includes('Les mots d’ici'));
    await stranger.close();
    // The form says what holds.
    panel = await openPanel(page, id);
    await part(panel, 'Limites');
    await panel.getByRole('button', { name: /Seulement l’onglet Là/ }).waitFor();
    // With one tab there is none to open with.
    await part(panel, 'Cadre signé');
    await panel.getByRole('textbox', { name: 'Code de votre site' }).waitFor();
    await panel.getByRole('button', { name: /S’ouvre sur l’onglet$/ }).waitFor({ state: 'detached' });
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'tabs stand above the filters that are theirs, in the app and on published pages'(site) {
    const { page, context, complaints } = await administrator(site);
    const ask = (method, path, data) => call(context.request, method, path, data);
    const { id } = await ask('POST', '/api/dashboard', { name: 'Onglets et filtre' });
    const words = (tab, text) => ({ card_id: null, row: 0, col: 0, size_x: 24, size_y: 2, dashboard_tab_id: tab, visualization_settings: { virtual_card: { display: 'text' }, text } });
    await ask('PUT', `/api/dashboard/${id}`, {
      tabs: [{ id: -1, name: 'Ici' }, { id: -2, name: 'Là' }],
      parameters: [{ id: 'aaaa1111', name: 'Lieu', slug: 'lieu', type: 'string/=', sectionId: 'string' }],
      dashcards: [{ id: -1, ...words(-1, 'Les mots de {{lieu}}'), parameter_mappings: [{ parameter_id: 'aaaa1111', target: ['text-tag', 'lieu'] }] }, { id: -2, ...words(-2, 'D’autres mots') }],
    });
    const { uuid } = await ask('POST', `/api/dashboard/${id}/public_link`);

    for (const address of [`/dashboard/${id}?lieu=Lyon`, `/public/dashboard/${uuid}?lieu=Lyon`]) {
      await page.goto(address);
      await page.getByText('Les mots de Lyon').waitFor();
      const [tabs, filters] = [await page.getByRole('tablist').boundingBox(), await page.getByRole('search', { name: 'Filtres' }).boundingBox()];
      assert.ok(tabs.y + tabs.height <= filters.y, `${address}: tabs end at ${tabs.y + tabs.height}, filters start at ${filters.y}`);
      await accessible(page);
      await page.getByRole('tab', { name: 'Là' }).click();
      await page.getByText('D’autres mots').waitFor();
      await page.getByRole('search', { name: 'Filtres' }).waitFor({ state: 'detached' });
    }
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'what is published is seen in the panel, on a phone and wide, by day and by night'(site) {
    const { page, context, complaints, foreign } = await administrator(site);
    const { id } = await dashboard(context.request, 1);
    await call(context.request, 'POST', `/api/dashboard/${id}/public_link`);
    // Sites that may frame the page are named: this site stays one of them.
    await call(context.request, 'PUT', '/api/setting/embedding-app-origin', { value: 'https://example.fr' });

    const panel = await openPanel(page, id);
    const preview = panel.getByTitle('Aperçu de Activité de la boutique');
    const inside = panel.frameLocator('iframe');
    await inside.getByRole('heading', { name: 'Activité de la boutique' }).waitFor();
    await inside.getByRole('application').first().waitFor();
    assert.equal(await inside.locator('html').evaluate(() => innerWidth), 360);
    await accessible(page);
    await panel.getByText('Page large', { exact: true }).click();
    await panel.getByText('Sombre', { exact: true }).last().click();
    await inside.locator('html[data-theme=dark]').waitFor();
    assert.equal(await inside.locator('html').evaluate(() => innerWidth), 1280);
    const [box, dialog] = [await preview.boundingBox(), await panel.boundingBox()];
    assert.ok(box.x >= dialog.x && box.x + box.width <= dialog.x + dialog.width);
    await call(context.request, 'PUT', '/api/setting/embedding-app-origin', { value: '' });
    assert.deepEqual([complaints, foreign], [[], []]);
    await context.close();
  },

  async 'what is not published yet is seen by who may publish it, as a link and as a frame that a site signs'(site) {
    const { page, context, complaints, foreign } = await administrator(site);
    const { id } = await dashboard(context.request, 1);

    const panel = await openPanel(page, id);
    const inside = panel.frameLocator('iframe');
    await inside.getByRole('application').first().waitFor();
    await inside.getByText('Filtres', { exact: true }).first().waitFor();
    const address = await panel.getByTitle('Aperçu de Activité de la boutique').getAttribute('src');
    assert.equal((await fetch(address.split('#')[0])).status, 401);

    // A filter is hidden from visitors until one says otherwise; what the site sets is tried here.
    await part(panel, 'Cadre signé');
    await inside.getByRole('application').first().waitFor();
    assert.equal(await inside.getByText('Filtres', { exact: true }).count(), 0);
    const frame = panel.getByTitle('Aperçu de Activité de la boutique');
    const named = (name) => inside.getByText(name, { exact: true });
    /** Another address, drawn: a frame out of sight asks for nothing. */
    const drawnAfter = async (act) => {
      const before = await frame.getAttribute('src');
      await act();
      await panel.locator(`iframe:not([src="${before}"])`).scrollIntoViewIfNeeded();
      await inside.getByRole('application').first().waitFor();
    };
    await drawnAfter(async () => {
      await panel.getByRole('button', { name: /Catégorie$/ }).click();
      await page.getByRole('option', { name: 'Fixé par votre site' }).click();
    });
    await named('Widget').first().waitFor();
    // Of one category there is no legend.
    await drawnAfter(() => panel.getByLabel('Catégorie, pour l’aperçu').fill('Gizmo'));
    assert.equal(await named('Widget').count(), 0);
    await panel.getByText('Apparence du cadre').click();
    await panel.getByRole('button', { name: /Langue$/ }).click();
    await page.getByRole('option', { name: 'English' }).click();
    await panel.locator('iframe[src*="locale=en"]').scrollIntoViewIfNeeded();
    await inside.locator('html[lang=en]').waitFor();
    await panel.getByText('Avec son titre').click();
    await panel.locator('iframe[src*="titled=false"]').waitFor();
    await accessible(page);
    const kept = await call(context.request, 'GET', `/api/dashboard/${id}`);
    assert.deepEqual([kept.public_uuid, kept.enable_embedding, kept.embedding_params], [null, false, { categorie: 'locked' }]);
    assert.deepEqual([complaints, foreign], [[], []]);
    await context.close();
  },

  async 'the foot of published pages says source, licence, contact and accessibility'(site) {
    const { page, context, complaints } = await administrator(site);
    const { id } = await dashboard(context.request, 1);
    const { uuid } = await call(context.request, 'POST', `/api/dashboard/${id}/public_link`);

    await page.goto('/admin/settings');
    await page.getByLabel('Source des chiffres publiés').fill('Registre des commandes');
    await button(page, 'Enregistrer : Source des chiffres publiés').click();
    await page.getByText('Enregistré : Source des chiffres publiés').waitFor();
    await call(context.request, 'PUT', '/api/setting/public-licence', { value: 'Licence Ouverte https://example.fr/lo' });
    await call(context.request, 'PUT', '/api/setting/public-contact', { value: 'stats@example.fr' });
    const stranger = await visitor(site.browser, site.origin);
    await stranger.page.goto(`/public/dashboard/${uuid}`);
    await stranger.page.getByText('Source : Registre des commandes').waitFor();
    assert.equal(await stranger.page.getByRole('link', { name: 'Licence Ouverte' }).getAttribute('href'), 'https://example.fr/lo');
    assert.equal(await stranger.page.getByRole('link', { name: 'stats@example.fr' }).getAttribute('href'), 'mailto:stats@example.fr');
    await accessible(stranger.page);
    for (const key of ['source', 'licence', 'contact']) await call(context.request, 'PUT', `/api/setting/public-${key}`, { value: '' });
    assert.deepEqual([complaints, stranger.complaints, stranger.foreign], [[], [], []]);
    await stranger.context.close();
    await context.close();
  },

  async 'the code of a frame follows its height and carries its look'(site) {
    const { page, context } = await administrator(site);
    const { id } = await dashboard(context.request, 1);
    await call(context.request, 'POST', `/api/dashboard/${id}/public_link`);

    const panel = await openPanel(page, id);
    await panel.getByText('Apparence du cadre').click();
    await panel.getByRole('button', { name: /Couleurs$/ }).click();
    await page.getByRole('option', { name: 'Sombre', exact: true }).click();
    await panel.getByText('Avec son titre').click();
    const code = await panel.getByRole('textbox', { name: 'Code d’un cadre' }).inputValue();
    assert.match(code, /iFrameResize\(\{\}, this\)/);
    assert.match(code, /#theme=night&amp;titled=false"/);
    assert.doesNotMatch(code, /height="600"/);
    await panel.getByRole('group', { name: 'Fichiers à télécharger' }).getByText('PNG', { exact: true }).click();
    // What is out of sight does not start.
    await panel.locator('iframe[src*="downloads=csv,xlsx,json,svg"]').scrollIntoViewIfNeeded();
    await panel.frameLocator('iframe').locator('summary[aria-label*="Commandes par mois"]').click();
    await panel.frameLocator('iframe').getByText('Télécharger en SVG').waitFor();
    assert.equal(await panel.frameLocator('iframe').getByText('Télécharger en PNG').count(), 0);

    // A site takes the code; the panel says where it is, and how often.
    const host = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<h1>Un autre site</h1>${code}`));
    await new Promise((done) => host.listen(0, '127.0.0.1', done));
    const elsewhere = `http://127.0.0.1:${host.address().port}`;
    const { page: reader, context: stranger } = await visitor(site.browser, site.origin);
    await reader.goto(`${elsewhere}/une/page`);
    await reader.frameLocator('iframe').getByText('Commandes par mois').first().waitFor();
    await stranger.close();
    host.close();
    await part(panel, 'Visites');
    await panel.getByRole('row', { name: `${elsewhere} 1` }).waitFor();
    await accessible(page);
    await context.close();
  },

  async 'a card that joins a published dashboard is announced'(site) {
    const { page, context } = await administrator(site);
    await question(context.request, { name: 'Encore des commandes' });
    const { id } = await dashboard(context.request, 1);
    await call(context.request, 'POST', `/api/dashboard/${id}/public_link`);

    await page.goto(`/dashboard/${id}#edit`);
    await button(page, 'Question').click();
    await page.getByRole('option', { name: 'Encore des commandes' }).first().click();
    await page.getByRole('heading', { name: 'Encore des commandes' }).waitFor();
    await button(page, 'Publier les changements').click();
    await page.getByText(/Encore des commandes peut désormais être lu/).waitFor();
    await context.close();
  },

  async 'signed frames are switched on, with a secret that is shown once'(site) {
    const { page, context } = await administrator(site);
    const value = (key) => call(context.request, 'GET', `/api/setting/${key}`);

    const panel = await openPanel(page, 1);
    await part(panel, 'Cadre signé');
    await panel.getByText(/^Les cadres signés sont désactivés sur ce site/).waitFor();
    await accessible(page);
    await panel.getByRole('link', { name: 'Ouvrir les réglages' }).click();
    await page.waitForURL(/setting=enable-embedding-static/);
    await page.getByRole('button', { name: /Cadres signés$/ }).click();
    await page.getByRole('option', { name: 'Oui' }).click();
    await button(page, 'Enregistrer : Cadres signés').click();
    await page.getByText('Enregistré : Cadres signés').waitFor();
    assert.equal(await value('enable-embedding-static'), true);

    await page.getByLabel('Combien de secondes une réponse publique est remontrée').fill('30');
    await button(page, 'Enregistrer : Combien de secondes une réponse publique est remontrée').click();
    await page.getByText('Enregistré : Combien de secondes').waitFor();
    assert.equal(await value('public-cache-seconds'), 30);

    await button(page, 'Créer un secret').click();
    assert.match(await page.getByRole('textbox', { name: 'Secret' }).inputValue(), /^[0-9a-f]{64}$/);
    await page.reload();
    await button(page, 'Remplacer le secret').waitFor();
    await part(await openPanel(page, 1), 'Cadre signé');
    await page.getByText('Peut être montré dans des cadres signés').click();
    await button(page, 'Copier le code').click();
    await button(page, 'Copié').waitFor();
    assert.equal(await page.getByText(/^Les cadres signés sont désactivés/).count(), 0);
    await context.close();
  },

  async 'a person has attributes, which rules on rows compare with'(site) {
    const { page, context } = await administrator(site);
    const { id } = await call(context.request, 'POST', '/api/user', { email: 'babacar.diop@example.fr', first_name: 'Babacar', last_name: 'Diop' });

    await page.goto('/admin/people');
    await page.getByRole('button', { name: 'Actions pour Babacar Diop' }).click();
    await page.getByRole('menuitem', { name: 'Modifier' }).click();
    await page.getByLabel('Attributs').fill('region = Bretagne');
    await button(page, 'Enregistrer').click();
    await page.getByText('Les modifications sont enregistrées.').waitFor();
    assert.deepEqual((await call(context.request, 'GET', `/api/user/${id}`)).login_attributes, { region: 'Bretagne' });
    await context.close();
  },

  async 'a card shows the page of a site that the settings name, and of no other'(site) {
    const { page, context } = await administrator(site);
    const other = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Un autre site</h1>'));
    await new Promise((done) => other.listen(0, '127.0.0.1', done));
    const address = `127.0.0.1:${other.address().port}`;
    const { id } = await call(context.request, 'POST', '/api/dashboard', { name: 'Avec une page' });
    const card = (number, iframe) => ({ id: -number, card_id: null, row: number * 4, col: 0, size_x: 12, size_y: 4, parameter_mappings: [], visualization_settings: { virtual_card: { display: 'iframe' }, iframe } });

    await call(context.request, 'PUT', `/api/dashboard/${id}`, { dashcards: [card(1, `http://${address}/page`), card(2, 'https://example.org/autre')] });
    await page.goto('/admin/settings');
    await page.getByLabel('Sites dont les tableaux de bord peuvent montrer des pages').fill(address);
    await button(page, 'Enregistrer : Sites dont les tableaux de bord peuvent montrer des pages').click();
    await page.getByText('Enregistré : Sites dont').waitFor();
    const { uuid } = await call(context.request, 'POST', `/api/dashboard/${id}/public_link`);

    for (const path of [`/dashboard/${id}`, `/public/dashboard/${uuid}`]) {
      await page.goto(path);
      await page.frameLocator('iframe').getByRole('heading', { name: 'Un autre site' }).waitFor();
      assert.equal(await page.locator('iframe').count(), 1, path);
      await page.getByRole('link', { name: /example\.org\/autre/ }).waitFor();
    }
    other.close();
    await context.close();
  },
};
