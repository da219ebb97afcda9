// Where values of filters come from, what a click on one column does, filters of questions drawn over each other.
import assert from 'node:assert/strict';
import { accessible } from '../axe.mjs';
import { visitor } from '../browser.mjs';
import { administrator, call, question } from '../site.mjs';

const category = ['field', 61, { 'source-field': 38 }];
const byCategory = { database: 1, type: 'query', query: { 'source-table': 5, aggregation: [['count']], breakout: [category] } };
const categories = { database: 1, type: 'query', query: { 'source-table': 8, breakout: [['field', 61, null]] } };
const monthly = (table, field) => ({ database: 1, type: 'query', query: { 'source-table': table, aggregation: [['count']], breakout: [['field', field, { 'temporal-unit': 'month' }]] } });

/** Numbers of tables and columns of the sample, by their names. */
async function sample({ request }) {
  const { tables } = await call(request, 'GET', '/api/database/1/metadata');
  const find = (list, name) => list.find((one) => one.name === name);

  return { table: (name) => find(tables, name).id, field: (table, name) => find(find(tables, table).fields, name).id };
}

export async function prepare({ readySite }) {
  const site = await readySite();
  const { context } = await administrator(site);
  const { table, field } = await sample(context);
  categories.query = { 'source-table': table('PRODUCTS'), breakout: [['field', field('PRODUCTS', 'CATEGORY'), null]] };

  await question(context.request, { name: 'Par catégorie', display: 'table', dataset_query: byCategory });
  await question(context.request, { name: 'Catégories', display: 'table', dataset_query: categories });
  await question(context.request, { name: 'Commandes', display: 'line', dataset_query: monthly(table('ORDERS'), field('ORDERS', 'CREATED_AT')) });
  await question(context.request, { name: 'Avis', display: 'line', dataset_query: monthly(table('REVIEWS'), field('REVIEWS', 'CREATED_AT')) });
  await context.close();
  return { ...site, reviewsCreated: field('REVIEWS', 'CREATED_AT') };
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
const publish = (page) => button(page, 'Publier les changements').click();
const shown = (page) => page.getByRole('heading', { level: 1, name: 'Essai', exact: true }).waitFor();
const read = ({ request }, id) => call(request, 'GET', `/api/dashboard/${id}`);

async function choose(page, select, option) {
  await page.getByRole('button', { name: select }).last().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** A dashboard with one filter and the given cards, one below the other. */
async function made({ request }, cards, parameter = {}) {
  const { id } = await call(request, 'POST', '/api/dashboard', { name: 'Essai' });

  await call(request, 'PUT', `/api/dashboard/${id}`, {
    parameters: [{ id: 'aaaa1111', name: 'Catégorie', slug: 'categorie', type: 'string/=', sectionId: 'string', ...parameter }],
    dashcards: cards.map((card, index) => ({
      id: -1 - index,
      row: index * 6,
      col: 0,
      size_x: 12,
      size_y: 6,
      visualization_settings: {},
      parameter_mappings: [{ parameter_id: 'aaaa1111', card_id: card.card_id, target: ['dimension', category] }],
      ...card,
    })),
  });
  return id;
}

export const journeys = {
  async 'wiring: a variable of SQL takes its values from a list, then from a question, also for visitors'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/question/new?sql');
    await page.getByRole('textbox', { name: 'La question en SQL' }).click();
    // The editor closes the brackets.
    await page.keyboard.type('select count(*) as n from PRODUCTS where CATEGORY = {{kind');
    await button(page, 'kind').click();
    await choose(page, /Comment on choisit les valeurs$/, 'Dans une liste');
    await page.getByRole('dialog').getByRole('textbox', { name: /^Valeurs/ }).fill('Widget, Petit objet\nGizmo');
    await accessible(page);
    await page.keyboard.press('Escape');
    await page.getByLabel('Kind').selectOption({ label: 'Petit objet' });
    await button(page, 'Exécuter').click();
    await page.getByRole('status').getByText('1 ligne').waitFor();

    await button(page, 'kind').click();
    await choose(page, /D’où viennent les valeurs$/, 'La réponse d’une question');
    await choose(page, /Question$/, 'Catégories');
    await choose(page, /Colonne des valeurs$/, 'Category');
    await page.keyboard.press('Escape');
    await button(page, 'Enregistrer').click();
    await page.getByRole('dialog').getByLabel('Nom', { exact: true }).fill('Combien');
    await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('heading', { level: 1, name: 'Combien' }).waitFor();
    const id = Number(new URL(page.url()).pathname.split('/').at(-1));
    const [kept] = (await call(context.request, 'GET', `/api/card/${id}`)).parameters;
    assert.deepEqual([kept.slug, kept.values_source_type, kept.values_source_config.card_id], ['kind', 'card', 2]);

    const { uuid } = await call(context.request, 'POST', `/api/card/${id}/public_link`);
    const stranger = await visitor(site.browser, site.origin);
    await stranger.page.goto(`/public/question/${uuid}`);
    await stranger.page.getByLabel('Kind').selectOption('Doohickey');
    await stranger.page.waitForURL(/kind=Doohickey/);
    assert.deepEqual([complaints, stranger.complaints, stranger.foreign], [[], [], []]);
    await stranger.context.close();
    await context.close();
  },

  async 'wiring: a filter of a dashboard takes the values that are written for it'(site) {
    const { page, context, complaints } = await administrator(site);
    const id = await made(context, [{ card_id: 1 }]);

    await page.goto(`/dashboard/${id}#edit`);
    await page.getByRole('button', { name: /^Catégorie\s*1 carte/ }).click();
    await choose(page, /D’où viennent les valeurs$/, 'Une liste écrite ici');
    await page.getByRole('dialog').getByRole('textbox', { name: /^Valeurs/ }).fill('Widget, Petit objet\nGizmo');
    await accessible(page);
    await button(page, 'Terminé').click();
    await publish(page);
    await shown(page);
    const [parameter] = (await read(context, id)).parameters;
    assert.deepEqual([parameter.values_source_type, parameter.values_source_config], ['static-list', { values: [['Widget', 'Petit objet'], ['Gizmo']] }]);
    await page.getByLabel(/^Catégorie/).first().click();
    assert.equal(await page.getByRole('search').getByRole('checkbox').count(), 2);
    await page.getByRole('search').getByText('Petit objet', { exact: true }).click();
    await page.waitForURL(/categorie=Widget/);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'wiring: a click on one column opens a question with the value as its filter'(site) {
    const { page, context, complaints } = await administrator(site);
    const id = await made(context, [{ card_id: 1 }]);

    await page.goto(`/dashboard/${id}#edit`);
    await page.getByRole('button', { name: 'Réglages de Par catégorie' }).click();
    await page.getByRole('menuitem', { name: 'Ce que fait un clic' }).click();
    await choose(page, /Où$/, 'Product → Category');
    await choose(page, /Ce qu’il fait$/, 'Ouvre une question');
    await choose(page, /Quelle question$/, 'Commandes');
    await page.getByRole('button', { name: /La filtrer par$/ }).click();
    await page.getByRole('searchbox').last().fill('category');
    await page.getByRole('option').first().click();
    await page.getByRole('group', { name: 'Filtres de la question' }).getByRole('button', { name: /Ce qui est cliqué dans Product → Category/ }).waitFor();
    await accessible(page);
    await button(page, 'Terminé').click();
    await publish(page);
    await shown(page);
    const { click_behavior: kept } = (await read(context, id)).dashcards[0].visualization_settings.column_settings['["name","CATEGORY"]'];
    const [mapping] = Object.values(kept.parameterMapping);
    assert.deepEqual([kept.linkType, mapping.source, mapping.target.type], ['question', { type: 'column', id: 'CATEGORY', name: 'Product → Category' }, 'dimension']);

    await page.locator('td', { hasText: 'Gizmo' }).click();
    await page.waitForURL(/\/question\/new#/);
    await page.getByText('Créée à partir de Commandes').or(page.getByText(/Commandes/)).first().waitFor();
    await button(page, 'Modifier').click();
    await button(page, 'Product → Category est Gizmo').waitFor();

    // The other column still offers what to look at next.
    await page.goto(`/dashboard/${id}`);
    await page.locator('td', { hasText: /^\d/ }).first().click();
    await page.getByRole('menuitem', { name: 'Voir ces lignes' }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'wiring: one table has all filters and all cards, tab by tab, and fits many at once'(site) {
    const { page, context, complaints } = await administrator(site);
    const cards = await call(context.request, 'GET', '/api/card');
    const of = (name) => cards.find((card) => card.name === name).id;
    const { id } = await call(context.request, 'POST', '/api/dashboard', { name: 'Essai' });
    const parameter = (number, name, more = {}) => ({ id: `cccc${number}`, name, slug: name.toLowerCase(), type: 'string/=', sectionId: 'string', ...more });
    const place = (number, card, tab) => ({ id: -number, row: 0, col: 0, size_x: 12, size_y: 6, card_id: of(card), dashboard_tab_id: tab, visualization_settings: {}, parameter_mappings: [] });
    await call(context.request, 'PUT', `/api/dashboard/${id}`, {
      tabs: [{ id: -1, name: 'Un' }, { id: -2, name: 'Deux' }],
      parameters: [parameter(1, 'Category'), parameter(2, 'Ville', { filteringParameters: ['cccc1'] })],
      dashcards: [place(1, 'Par catégorie', -1), place(2, 'Catégories', -2)],
    });
    const mappings = async () => (await read(context, id)).dashcards.map(({ parameter_mappings }) => parameter_mappings.map(({ parameter_id }) => parameter_id));

    await page.goto(`/dashboard/${id}#edit`);
    await button(page, 'Tous les filtres et les cartes').click();
    const table = page.getByRole('region', { name: 'Filtres et cartes' });
    await table.getByRole('columnheader', { name: 'Ville ← Category' }).waitFor();
    for (const name of ['Toutes les cartes', 'Un', 'Par catégorie', 'Deux', 'Catégories']) await table.getByRole('rowheader', { name, exact: true }).waitFor();
    await accessible(page);

    // One cell, by the keyboard alone.
    const cell = table.getByLabel('Category, Par catégorie');
    await cell.focus();
    await page.keyboard.type('Products → Cat');
    await page.keyboard.press('Enter');
    await page.waitForFunction((select) => select.value !== 'none', await cell.elementHandle());
    // The second tab has the column under another name: that of the filter.
    await table.getByLabel('Category, Deux').selectOption({ label: 'Partout où il convient' });
    await page.waitForFunction((select) => select.value !== 'none', await table.getByLabel('Category, Catégories').elementHandle());
    await button(page, 'Terminé').click();
    await publish(page);
    await shown(page);
    assert.deepEqual(await mappings(), [['cccc1'], ['cccc1']]);

    await button(page, 'Modifier').click();
    await button(page, 'Tous les filtres et les cartes').click();
    await table.getByLabel('Category, Toutes les cartes').selectOption({ label: 'Sur aucune' });
    await button(page, 'Terminé').click();
    await publish(page);
    await shown(page);
    assert.deepEqual(await mappings(), [[], []]);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'wiring: a question of another table, drawn over, has a line of its own'(site) {
    const { page, context, complaints } = await administrator(site);
    const mapped = [];
    const id = await made(context, [{ card_id: 3, series: [{ id: 4 }], parameter_mappings: mapped }], { name: 'Dates', slug: 'dates', type: 'date/all-options', sectionId: 'date' });

    await page.goto(`/dashboard/${id}#edit`);
    await page.getByRole('button', { name: /^Dates\s*0 carte/ }).click();
    // The card behind has a button of that name too: the lines of the dialog must be there.
    await page.getByRole('dialog').getByRole('button', { name: /Commandes → Avis$/ }).waitFor();
    await choose(page, /Commandes$/, 'Created At');
    await choose(page, /Commandes → Avis$/, 'Created At');
    await accessible(page);
    await button(page, 'Terminé').click();
    await publish(page);
    await shown(page);
    const [{ parameter_mappings: kept }] = (await read(context, id)).dashcards;
    assert.deepEqual(kept.find(({ card_id }) => card_id === 4).target[1][1], site.reviewsCreated);
    assert.deepEqual(kept.map(({ card_id }) => card_id).sort(), [3, 4]);

    const asked = page.waitForRequest((request) => request.url().endsWith('/card/4/query') && (request.postData() ?? '').includes('thisyear'));
    await page.getByLabel('Dates').selectOption('thisyear');
    await asked;
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'wiring: what a dashboard leaves out comes along into the question, and what cannot is said'(site) {
    const { page, context, complaints } = await administrator(site);
    const created = ['dimension', ['field', 43, null], { 'stage-number': 0 }];
    const mapping = (target) => [{ parameter_id: 'aaaa1111', card_id: 3, target }];
    const id = await made(context, [{ card_id: 3, parameter_mappings: mapping(created) }], { name: 'Dates', slug: 'dates', type: 'date/all-options', sectionId: 'date' });

    await page.goto(`/dashboard/${id}?dates=exclude-months-Jan-Feb`);
    await page.getByLabel('Dates').locator('option:checked', { hasText: 'Sauf janvier, février' }).waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'Commandes' }).click();
    await page.waitForURL(/\/question\/new#/);
    await button(page, 'Modifier').click();
    await button(page, 'Created At sauf janvier, février').waitFor();

    await page.goto(`/dashboard/${id}?dates=exclude-seasons-winter`);
    await page.getByRole('link', { name: 'Commandes' }).click();
    await page.getByText('Filtres du tableau de bord qui n’ont pas pu suivre : Dates.').waitFor();
    await accessible(page);
    await button(page, 'Masquer').click();
    await page.getByText('Filtres du tableau de bord qui n’ont pas pu suivre').waitFor({ state: 'detached' });
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'wiring: a question on a saved question, and a model in SQL, are filtered by what these give, also for visitors'(site) {
    const { page, context, complaints } = await administrator(site);
    const sql = { database: 1, type: 'native', native: { query: 'select CATEGORY, count(*) as N from PRODUCTS group by CATEGORY' } };
    const above = await question(context.request, { name: 'Dessus', display: 'table', dataset_query: { database: 1, type: 'query', query: { 'source-table': 'card__1' } } });
    const model = await question(context.request, { name: 'Modèle', type: 'model', display: 'table', dataset_query: sql });
    const id = await made(context, [{ card_id: above.id, parameter_mappings: [] }, { card_id: model.id, parameter_mappings: [] }]);

    await page.goto(`/dashboard/${id}#edit`);
    await page.getByRole('button', { name: /^Catégorie\s*0 carte/ }).click();
    for (const name of [/Dessus$/, /Modèle$/]) await page.getByRole('dialog').getByRole('button', { name }).waitFor();
    await choose(page, /Dessus$/, 'Product → Category');
    await choose(page, /Modèle$/, 'CATEGORY');
    await accessible(page);
    await button(page, 'Terminé').click();

    await page.getByRole('button', { name: 'Réglages de Modèle' }).click();
    await page.getByRole('menuitem', { name: 'Ce que fait un clic' }).click();
    await choose(page, /Où$/, 'CATEGORY');
    await choose(page, /Ce qu’il fait$/, 'Ouvre une question');
    await choose(page, /Quelle question$/, 'Dessus');
    await choose(page, /La filtrer par$/, 'Product → Category');
    await page.getByRole('group', { name: 'Filtres de la question' }).getByRole('button', { name: /Ce qui est cliqué dans CATEGORY/ }).waitFor();
    await button(page, 'Terminé').click();
    await publish(page);
    await shown(page);

    const { uuid } = await call(context.request, 'POST', `/api/dashboard/${id}/public_link`);
    const stranger = await visitor(site.browser, site.origin);
    for (const [who, path] of [[page, `/dashboard/${id}`], [stranger.page, `/public/dashboard/${uuid}`]]) {
      await who.goto(`${path}?categorie=Gizmo`);
      await who.waitForFunction(() => [...document.querySelectorAll('tbody tr')].map((row) => row.firstElementChild?.textContent).join() === 'Gizmo,Gizmo');
    }
    await page.locator('td', { hasText: 'Gizmo' }).last().click();
    await page.waitForURL(/\/question\/new#/);
    await button(page, 'Modifier').click();
    await button(page, 'Product → Category est Gizmo').waitFor();
    assert.deepEqual([complaints, stranger.complaints], [[], []]);
    await stranger.context.close();
    await context.close();
  },
};
