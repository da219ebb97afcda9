// Dashboards: drafts, versions (of questions too), clicks that filter, overlaid questions, sections, the pointer, copies.
import assert from 'node:assert/strict';
import { accessible } from '../axe.mjs';
import { visitor } from '../browser.mjs';
import { administrator, call, dashboard, heading, question } from '../site.mjs';

const byCategory = { database: 1, type: 'query', query: { 'source-table': 5, aggregation: [['count']], breakout: [['field', 61, { 'source-field': 38 }]] } };
const byMonth = (aggregation) => ({ database: 1, type: 'query', query: { 'source-table': 5, aggregation: [aggregation], breakout: [['field', 43, { 'temporal-unit': 'month' }]] } });

export async function prepare({ readySite }) {
  const site = await readySite();
  const { context } = await administrator(site);

  await question(context.request, { name: 'Commandes', display: 'line', dataset_query: byMonth(['count']) });
  await question(context.request, { name: 'Ventes', display: 'line', dataset_query: byMonth(['sum', ['field', 42, null]]) });
  await question(context.request, { name: 'Par catégorie', display: 'bar', dataset_query: byCategory });
  const { id } = await call(context.request, 'POST', '/api/user', babacar);
  await call(context.request, 'PUT', `/api/user/${id}/password`, { password: babacar.password });
  await context.close();
  return site;
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
/** The dashboard as its readers see it: the title of the editor is longer. */
const shown = (page) => page.getByRole('heading', { level: 1, name: 'Essai', exact: true }).waitFor();
const publish = (page) => button(page, 'Publier les changements').click();

/** A dashboard with one filter and the given questions, one below the other. */
async function made({ request }, cards) {
  const { id } = await call(request, 'POST', '/api/dashboard', { name: 'Essai' });
  const target = ['dimension', ['field', 61, { 'source-field': 38 }]];

  await call(request, 'PUT', `/api/dashboard/${id}`, {
    parameters: [{ id: 'aaaa1111', name: 'Catégorie', slug: 'categorie', type: 'string/=', sectionId: 'string' }],
    dashcards: cards.map((card, index) => ({
      id: -1 - index,
      row: index * 6,
      col: 0,
      size_x: 12,
      size_y: 6,
      visualization_settings: {},
      parameter_mappings: [{ parameter_id: 'aaaa1111', card_id: card.card_id, target }],
      ...card,
    })),
  });
  return id;
}

const read = ({ request }, id) => call(request, 'GET', `/api/dashboard/${id}`);

async function tool(page, card, action) {
  await page.getByRole('button', { name: `Réglages de ${card}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

const choose = async (page, select, option) => {
  await page.getByRole('button', { name: select }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

const babacar = { email: 'babacar.diop@example.fr', first_name: 'Babacar', last_name: 'Diop', password: 'un-phare-dans-la-brume-3' };

/** A second person, who may edit too. */
async function colleague(site) {
  const other = await visitor(site.browser, site.origin);

  await call(other.context.request, 'POST', '/api/session', { username: babacar.email, password: babacar.password });
  return other;
}

/** In the editor, the first card goes one column to the right. */
async function moveFirst(page) {
  await page.getByRole('button', { name: /^Déplacer Commandes/ }).focus();
  await page.keyboard.press('ArrowRight');
}

/** Ada publishes while Babacar arranges: he is asked, and the dialog is on the page. */
async function overtaken(site) {
  const { context } = await administrator(site);
  const other = await colleague(site);
  const id = await made(context, [{ card_id: 1 }, { card_id: 2 }]);
  const { dashcards } = await read(context, id);

  await other.page.goto(`/dashboard/${id}#edit`);
  await moveFirst(other.page);
  await other.page.getByText(/^Brouillon gardé/).waitFor();
  await call(context.request, 'PUT', `/api/dashboard/${id}`, { dashcards: dashcards.filter(({ card_id }) => card_id === 2).map((card) => ({ ...card, size_x: 20 })) });
  await publish(other.page);
  await other.page.getByRole('alertdialog').getByText(/^Publié le .* par Ada Martin\./).waitFor();
  return { ...other, id, ada: context };
}

/** What stands on a dashboard: the questions, with their columns. */
const places = async (context, id) => (await read(context, id)).dashcards.map(({ card_id, col }) => [card_id, col]).sort();

export const journeys = {
  async 'the second one to publish is told who was first, and may publish over it'(site) {
    const { page, context, complaints, id, ada } = await overtaken(site);

    await accessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await publish(page);
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: 'Décider plus tard' }).and(page.locator(':focus')).waitFor();
    assert.match(await dialog.getByRole('link').getAttribute('href'), new RegExp(`/dashboard/${id}/history$`));
    await dialog.getByRole('button', { name: 'Publier la mienne à la place de l’autre' }).focus();
    await page.keyboard.press('Enter');
    await shown(page);
    assert.deepEqual(await places(ada, id), [[1, 1], [2, 0]]);
    assert.equal((await read(ada, id))['last-edit-info'].first_name, 'Babacar');
    assert.deepEqual(complaints, []);
    await context.close();
    await ada.close();
  },

  async 'the second one takes what the first one published, and may think again'(site) {
    const { page, context, complaints, id, ada } = await overtaken(site);
    const take = () => page.getByRole('alertdialog').getByRole('button', { name: 'Prendre l’autre version' }).click();

    await take();
    await shown(page);
    await page.getByText('Voici l’autre version.').waitFor();
    assert.equal((await call(ada.request, 'GET', `/api/vigie/dashboard/${id}/draft`)).version, 0);
    await page.getByRole('button', { name: 'Annuler l’action', exact: true }).click();
    await page.getByText('Le tableau de bord a été modifié depuis le début de ce brouillon.').waitFor();
    await page.getByRole('heading', { name: 'Commandes' }).waitFor();

    await button(page, 'Choisir ce qui reste').click();
    await take();
    await shown(page);
    assert.deepEqual(await places(ada, id), [[2, 0]]);
    assert.deepEqual(complaints, []);
    await context.close();
    await ada.close();
  },

  async 'the second one saves a dashboard of its own, and the first one keeps hers'(site) {
    const { page, context, complaints, id, ada } = await overtaken(site);

    await page.getByRole('alertdialog').getByRole('button', { name: 'Enregistrer la mienne comme nouveau tableau de bord' }).click();
    await heading(page, 'Essai, une copie');
    const own = Number(new URL(page.url()).pathname.split('/').at(-1));
    assert.notEqual(own, id);
    assert.deepEqual(await places(ada, own), [[1, 1], [2, 0]]);
    const { parameters, dashcards } = await read(ada, own);
    assert.deepEqual([parameters[0].slug, dashcards[0].parameter_mappings[0].parameter_id], ['categorie', 'aaaa1111']);
    assert.deepEqual(await places(ada, id), [[2, 0]]);
    assert.equal((await call(ada.request, 'GET', `/api/vigie/dashboard/${id}/draft`)).version, 0);
    assert.deepEqual(complaints, []);
    await context.close();
    await ada.close();
  },

  async 'two people arrange one draft: the second one chooses before anything is lost'(site) {
    const ada = await administrator(site);
    const { page, context, complaints } = await colleague(site);
    const id = await made(ada.context, [{ card_id: 1 }]);
    const draft = () => call(context.request, 'GET', `/api/vigie/dashboard/${id}/draft`);
    const asked = async (one, way) => {
      await button(one, 'Choisir ce qui reste').click();
      await one.getByText(/^Un autre brouillon a été gardé le/).waitFor();
      await button(one, way).click();
      await one.getByRole('alertdialog').waitFor({ state: 'detached' });
    };

    for (const one of [ada.page, page]) await one.goto(`/dashboard/${id}#edit`);
    await page.getByRole('button', { name: /^Déplacer Commandes/ }).waitFor();
    await moveFirst(ada.page);
    await ada.page.getByText(/^Brouillon gardé/).waitFor();
    await moveFirst(page);
    await moveFirst(page);
    await asked(page, 'Garder la mienne à la place de l’autre');
    assert.deepEqual([(await draft()).editor.common_name, (await draft()).content.dashcards[0].col], ['Babacar Diop', 2]);

    await moveFirst(ada.page);
    await asked(ada.page, 'Prendre l’autre version');
    await ada.page.getByText('Vous poursuivez le brouillon de Babacar Diop.').waitFor();
    await publish(ada.page);
    await shown(ada.page);
    assert.deepEqual(await places(context, id), [[1, 2]]);
    assert.deepEqual([complaints, ada.complaints], [[], []]);
    await context.close();
    await ada.context.close();
  },

  async 'a draft is kept while one works, found again, and published'(site) {
    const { page, context, complaints } = await administrator(site);
    const id = await made(context, [{ card_id: 1 }]);

    await page.goto(`/dashboard/${id}#edit`);
    await page.getByRole('button', { name: /^Déplacer Commandes/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^Brouillon gardé/).waitFor();
    assert.equal((await read(context, id)).dashcards[0].col, 0);
    await button(page, 'Fermer').click();
    await page.getByText('Il y a un brouillon que les lecteurs ne voient pas').waitFor();

    await button(page, 'Le poursuivre').click();
    await page.getByText('Vous poursuivez le brouillon de Ada Martin.').waitFor();
    await publish(page);
    await shown(page);
    assert.equal((await read(context, id)).dashcards[0].col, 1);
    await page.getByText('Il y a un brouillon').waitFor({ state: 'detached' });
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'before a tab goes, its cards are listed, and may go to another one'(site) {
    const { page, context } = await administrator(site);
    const card = await question(context.request, { name: 'Commandes à garder' });
    const { id } = await call(context.request, 'POST', '/api/dashboard', { name: 'À trois onglets' });
    await call(context.request, 'PUT', `/api/dashboard/${id}`, {
      tabs: ['Un', 'Deux', 'Trois'].map((name, index) => ({ id: -1 - index, name })),
      dashcards: [
        { id: -1, card_id: card.id, dashboard_tab_id: -2, row: 0, col: 0, size_x: 12, size_y: 6, visualization_settings: {} },
        { id: -2, card_id: card.id, dashboard_tab_id: -1, row: 0, col: 0, size_x: 12, size_y: 6, visualization_settings: { 'card.title': 'Celle d’avant' } },
      ],
    });

    // One goes on editing the tab that one was reading.
    await page.goto(`/dashboard/${id}`);
    await page.getByRole('tab', { name: 'Deux' }).click();
    await page.waitForURL(/tab=/);
    await button(page, 'Modifier').click();
    await page.getByRole('tab', { name: 'Deux', selected: true }).waitFor();
    await page.getByRole('button', { name: 'Retirer l’onglet', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('listitem').getByText('Commandes à garder').waitFor();
    await accessible(page);
    await dialog.getByRole('button', { name: 'Y déplacer les cartes' }).click();
    await page.getByRole('tab', { name: 'Deux' }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Commandes à garder' }).waitFor();
    await page.getByRole('heading', { name: 'Celle d’avant' }).waitFor();
    await page.getByRole('button', { name: 'Annuler l’action', exact: true }).click();

    // A card goes alone, too.
    await page.getByRole('tab', { name: 'Deux' }).click();
    await page.getByRole('button', { name: 'Réglages de Commandes à garder' }).click();
    await page.getByRole('menuitem', { name: 'Vers l’onglet Trois' }).click();
    await page.getByText('Commandes à garder est maintenant sur l’onglet Trois').waitFor();
    await page.getByRole('heading', { name: 'Commandes à garder' }).waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Trois' }).click();
    await page.getByRole('heading', { name: 'Commandes à garder' }).waitFor();

    // Tabs are put in order; one reads on where one was working.
    await button(page, 'Ordre').click();
    await button(page, 'Monter : Trois').click();
    await page.getByRole('tab').nth(1).getByText('Trois').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button(page, 'Onglet').click();
    await publish(page);
    await page.getByRole('heading', { level: 1, name: 'À trois onglets', exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Onglet 4', selected: true }).waitFor();
    assert.deepEqual(await page.getByRole('tab').allInnerTexts(), ['Un', 'Trois', 'Deux', 'Onglet 4']);
    await context.close();
  },

  async 'a draft is thrown away, and readers see what they saw'(site) {
    const { page, context } = await administrator(site);
    const id = await made(context, [{ card_id: 1 }]);

    await page.goto(`/dashboard/${id}#edit`);
    await page.getByRole('button', { name: 'Retirer : Commandes' }).click();
    await page.getByText(/^Brouillon gardé/).waitFor();
    await button(page, 'Abandonner les modifications').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Abandonner les modifications' }).click();
    await shown(page);
    assert.equal((await read(context, id)).dashcards.length, 1);
    assert.equal((await call(context.request, 'GET', `/api/vigie/dashboard/${id}/draft`)).version, 0);
    await context.close();
  },

  async 'cards are moved and sized with the pointer'(site) {
    const { page, context } = await administrator(site);
    const id = await made(context, [{ card_id: 1 }, { card_id: 2 }]);

    await page.goto(`/dashboard/${id}#edit`);
    const grid = await page.locator('[data-grid]').boundingBox();
    const column = grid.width / 24;
    const handle = await page.getByRole('button', { name: /^Déplacer Commandes/ }).boundingBox();
    const start = { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 };
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(start.x + 2 * column, start.y, { steps: 4 });
    await page.mouse.move(start.x + 12 * column, start.y, { steps: 6 });
    await page.mouse.up();

    await page.locator('[class*=corner]').last().scrollIntoViewIfNeeded();
    const corner = await page.locator('[class*=corner]').last().boundingBox();
    await page.mouse.move(corner.x + 8, corner.y + 8);
    await page.mouse.down();
    await page.mouse.move(corner.x + 8 - 4 * column, corner.y + 8, { steps: 6 });
    await page.mouse.up();
    await publish(page);
    await shown(page);
    const { dashcards } = await read(context, id);
    const place = (card_id) => dashcards.find((card) => card.card_id === card_id);
    assert.deepEqual([place(1).col, place(1).row, place(1).size_x], [12, 0, 12]);
    assert.equal(place(2).size_x, 8);
    await context.close();
  },

  async 'two people change one question: the second one is told, and keeps mine, theirs or both'(site) {
    const ada = await administrator(site);
    const { page, context, complaints } = await colleague(site);
    const card = await question(ada.context.request, { name: 'À deux', display: 'line' });
    const now = () => call(context.request, 'GET', `/api/card/${card.id}`);
    const dialog = page.getByRole('alertdialog');
    const draft = (display) => Buffer.from(JSON.stringify({ dataset_query: card.dataset_query, display, displayIsLocked: true, visualization_settings: {} })).toString('base64');
    let round = 0;
    const stopped = async (display) => {
      await page.goto('/');
      await page.goto(`/question/${card.id}#${draft(display)}`);
      await button(page, 'Enregistrer').waitFor();
      await call(ada.context.request, 'PUT', `/api/card/${card.id}`, { description: `Ada ${(round += 1)}` });
      await button(page, 'Enregistrer').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
      await dialog.getByText(/^Enregistrée le .* par Ada Martin\./).waitFor();
    };

    await stopped('bar');
    assert.equal((await now()).display, 'line');
    await accessible(page);
    await dialog.getByRole('button', { name: 'Enregistrer la mienne à la place de l’autre' }).focus();
    await page.keyboard.press('Enter');
    await button(page, 'Enregistrer').waitFor({ state: 'detached' });
    assert.deepEqual([(await now()).display, (await now())['last-edit-info'].first_name], ['bar', 'Babacar']);

    await stopped('area');
    await dialog.getByRole('button', { name: 'Prendre l’autre version' }).click();
    await button(page, 'Enregistrer').waitFor({ state: 'detached' });
    await page.getByText('Ada 2').waitFor();
    await page.getByRole('button', { name: 'Annuler l’action', exact: true }).last().click();
    await button(page, 'Enregistrer').waitFor();
    assert.equal((await now()).display, 'bar');

    await stopped('area');
    await dialog.getByRole('button', { name: 'Enregistrer la mienne comme nouvelle question' }).click();
    await heading(page, 'À deux, une copie');
    const [, own] = /\/question\/(\d+)/.exec(page.url());
    assert.notEqual(Number(own), card.id);
    assert.deepEqual([(await now()).display, (await call(context.request, 'GET', `/api/card/${own}`)).display], ['bar', 'area']);
    assert.deepEqual(complaints, []);
    await context.close();
    await ada.context.close();
  },

  async 'the order of a phone is seen and changed: dragged, by the keyboard, with a finger'(site) {
    const { page, context, complaints } = await administrator(site);
    const id = await made(context, [{ card_id: 1, row: 0, col: 0 }, { card_id: 2, row: 0, col: 12 }, { card_id: 3, row: 6, col: 0 }]);
    const rows = page.getByRole('grid', { name: 'Ordre de lecture' }).getByRole('row');
    const read = async () => (await rows.allInnerTexts()).map((text) => text.split('\n')[1]);
    const becomes = (names) => page.waitForFunction((wanted) => [...document.querySelectorAll('[role=grid] [role=row]')].map((row) => row.textContent.replace(/[⠿↑]/g, '').trim()).join() === wanted, names.join());

    await page.goto(`/dashboard/${id}#edit`);
    await button(page, 'Téléphone et ordre de lecture').click();
    await page.getByRole('region', { name: 'Aperçu' }).getByText('Par catégorie').waitFor();
    assert.deepEqual(await read(), ['Commandes', 'Ventes', 'Par catégorie']);
    await accessible(page);

    // Enter takes it, the arrows choose where, Enter lets go.
    await rows.nth(2).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('[role=row][data-dragging]').waitFor();
    for (const key of ['ArrowUp', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    await becomes(['Commandes', 'Par catégorie', 'Ventes']);
    await button(page, 'Monter : Par catégorie').click();
    await becomes(['Par catégorie', 'Commandes', 'Ventes']);

    const [from, to] = [await rows.nth(2).getByRole('button').first().boundingBox(), await rows.nth(1).boundingBox()];
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 40, to.y + to.height / 2, { steps: 6 });
    await page.mouse.move(to.x + 40, to.y + 3, { steps: 3 });
    await page.mouse.up();
    await becomes(['Par catégorie', 'Ventes', 'Commandes']);
    await page.getByRole('dialog').getByRole('button', { name: 'Annuler l’action', exact: true }).click();
    await becomes(['Par catégorie', 'Commandes', 'Ventes']);
    await page.keyboard.press('Escape');

    // On a narrow page the handle changes the order.
    await page.setViewportSize({ width: 360, height: 1600 });
    const handle = page.getByRole('button', { name: /^Déplacer Commandes/ });
    await handle.focus();
    await page.keyboard.press('ArrowUp');
    await page.getByText('Place 1 sur 3').waitFor({ state: 'attached' });
    await page.getByText(/^Brouillon gardé/).waitFor();
    const [start, end] = [await handle.boundingBox(), await page.locator('[data-card]').nth(1).boundingBox()];
    await page.mouse.move(start.x + 10, start.y + 10);
    await page.mouse.down();
    await page.mouse.move(start.x + 10, end.y + 40, { steps: 6 });
    await page.mouse.up();
    await page.waitForFunction(() => /^Déplacer Par catégorie/.test(document.querySelector('[data-card] button').getAttribute('aria-label')));
    await publish(page);
    await shown(page);
    const { dashcards } = await call(context.request, 'GET', `/api/dashboard/${id}`);
    assert.deepEqual(dashcards.sort((a, b) => a.row - b.row || a.col - b.col).map(({ card_id }) => card_id), [3, 1, 2]);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a click on a bar sets a filter of the dashboard, and takes it back'(site) {
    const { page, context } = await administrator(site);
    const id = await made(context, [{ card_id: 3 }, { card_id: 1 }]);

    await page.goto(`/dashboard/${id}#edit`);
    await tool(page, 'Par catégorie', 'Ce que fait un clic');
    await choose(page, /Ce qu’il fait$/, 'Règle des filtres de ce tableau de bord');
    await page.getByRole('dialog').getByRole('button', { name: /Catégorie$/ }).click();
    await page.getByRole('option', { name: /^Ce qui est cliqué dans/ }).first().click();
    await button(page, 'Terminé').click();
    await publish(page);
    await shown(page);
    const { dashcards } = await read(context, id);
    const saved = dashcards.find(({ card_id }) => card_id === 3).visualization_settings.click_behavior;
    assert.deepEqual([saved.type, saved.parameterMapping.aaaa1111.source.type], ['crossfilter', 'column']);

    const chart = page.getByRole('application', { name: /Par catégorie/ });
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(/categorie=/);
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.search.includes('categorie='));
    await context.close();
  },

  async 'a click opens another dashboard with the value that was clicked'(site) {
    const { page, context } = await administrator(site);
    const other = await dashboard(context.request, 1);
    const click_behavior = {
      type: 'link',
      linkType: 'dashboard',
      targetId: other.id,
      parameterMapping: { aaaa1111: { id: 'aaaa1111', source: { type: 'column', id: 'CATEGORY', name: 'Category' }, target: { type: 'parameter', id: 'aaaa1111' } } },
    };
    const id = await made(context, [{ card_id: 3, visualization_settings: { click_behavior } }]);

    await page.goto(`/dashboard/${id}`);
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === `/dashboard/${other.id}` && /categorie=\w+/.test(url.search));
    await heading(page, 'Activité de la boutique');
    await context.close();
  },

  async 'a click filters the published page too, for people without an account'(site) {
    const { context } = await administrator(site);
    const parameterMapping = { aaaa1111: { id: 'aaaa1111', source: { type: 'column', id: 'CATEGORY', name: 'Category' }, target: { type: 'parameter', id: 'aaaa1111' } } };
    const id = await made(context, [{ card_id: 3, visualization_settings: { click_behavior: { type: 'crossfilter', parameterMapping } } }, { card_id: 1 }]);
    const { uuid } = await call(context.request, 'POST', `/api/dashboard/${id}/public_link`);
    const stranger = await visitor(site.browser, site.origin);

    await stranger.page.goto(`/public/dashboard/${uuid}`);
    await stranger.page.getByRole('application', { name: /Par catégorie/ }).focus();
    await stranger.page.keyboard.press('ArrowRight');
    await stranger.page.keyboard.press('Enter');
    await stranger.page.waitForURL(/categorie=\w+/);
    assert.deepEqual([stranger.complaints, stranger.foreign], [[], []]);
    await stranger.context.close();
    await context.close();
  },

  async 'another question is drawn over the one of a card'(site) {
    const { page, context } = await administrator(site);
    const id = await made(context, [{ card_id: 1 }]);

    await page.goto(`/dashboard/${id}#edit`);
    await tool(page, 'Commandes', 'Superposer d’autres questions');
    await page.getByText('Ventes', { exact: true }).click();
    await button(page, 'Terminé').click();
    await publish(page);
    await shown(page);
    const [card] = (await read(context, id)).dashcards;
    assert.deepEqual(card.series.map(({ name }) => name), ['Ventes']);
    // Both ask the same table: the filter acts on both.
    assert.deepEqual(card.parameter_mappings.map(({ card_id }) => card_id).sort(), [1, 2]);
    const chart = page.getByRole('application');
    await chart.waitFor();
    await page.getByText('Ventes', { exact: true }).first().waitFor();
    await context.close();
  },

  async 'a ready layout is filled with questions'(site) {
    const { page, context } = await administrator(site);
    const { id } = await call(context.request, 'POST', '/api/dashboard', { name: 'Essai' });

    await page.goto(`/dashboard/${id}#edit`);
    await button(page, 'Section').click();
    await page.getByRole('option', { name: 'Deux graphiques côte à côte' }).click();
    await button(page, 'Choisir une question').first().click();
    await page.getByRole('option', { name: 'Ventes' }).click();
    await page.getByRole('heading', { name: 'Ventes' }).waitFor();
    await publish(page);
    await shown(page);
    const { dashcards } = await read(context, id);
    assert.equal(dashcards.length, 3);
    assert.equal(dashcards.filter(({ card_id }) => card_id !== null).length, 1);
    assert.equal(await page.getByText('Une question va ici.').count(), 0);
    await context.close();
  },

  async 'versions are told apart, and one is brought back'(site) {
    const { page, context } = await administrator(site);
    const id = await made(context, [{ card_id: 1 }, { card_id: 2 }]);
    const { dashcards } = await read(context, id);

    await call(context.request, 'PUT', `/api/dashboard/${id}`, { dashcards: dashcards.filter(({ card_id }) => card_id === 1).map((card) => ({ ...card, size_x: 20 })) });
    await page.goto(`/dashboard/${id}`);
    await page.getByRole('button', { name: 'Autres actions' }).click();
    await page.getByRole('menuitem', { name: 'Historique' }).click();
    await heading(page, 'Historique : Essai');
    await page.getByText('Carte retirée : Ventes').waitFor();
    await page.getByText('Taille changée : Commandes').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Nouvelle carte : Ventes' }).getByRole('button').first().click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revenir' }).click();
    await page.getByText('Cette version est de retour.').waitFor();
    assert.equal((await read(context, id)).dashcards.length, 2);
    await context.close();
  },

  async 'versions older than those of the first answer are asked for, and one of them is brought back'(site) {
    const { page, context, complaints } = await administrator(site);
    const { id } = await call(context.request, 'POST', '/api/dashboard', { name: 'Longue histoire' });
    const versions = page.locator('[class*=versions] > li');
    const older = button(page, 'Versions plus anciennes');

    // One after the other: each is a version.
    for (let version = 1; version <= 103; version++) await call(context.request, 'PUT', `/api/dashboard/${id}`, { description: `Numéro ${version}` });
    await page.goto(`/dashboard/${id}/history`);
    await versions.nth(99).waitFor();
    assert.equal(await versions.count(), 100);
    await older.focus();
    await page.keyboard.press('Enter');
    await versions.nth(103).waitFor();
    await older.waitFor({ state: 'detached' });
    assert.equal(await versions.count(), 104);
    assert.match(await page.locator('li:focus').innerText(), /Numéro 2\s» devient «\sNuméro 3/);
    await versions.nth(103).getByText('Création').waitFor();

    await versions.nth(101).getByRole('button').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revenir' }).click();
    await page.getByText('Cette version est de retour.').waitFor();
    assert.equal((await read(context, id)).description, 'Numéro 2');
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a question has versions too'(site) {
    const { page, context } = await administrator(site);
    const { id } = await question(context.request, { name: 'Version une' });

    await call(context.request, 'PUT', `/api/card/${id}`, { name: 'Version deux', display: 'bar' });
    await page.goto(`/question/${id}`);
    await page.getByRole('button', { name: 'Autres actions' }).click();
    await page.getByRole('menuitem', { name: 'Historique' }).click();
    await heading(page, 'Historique : Version deux');
    await page.getByText('Nom : « Version une » devient « Version deux »').waitFor();
    await page.getByText('Un autre graphique').waitFor();
    await page.getByRole('button', { name: /^Revenir/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revenir' }).click();
    await heading(page, 'Historique : Version une');
    assert.equal((await call(context.request, 'GET', `/api/card/${id}`)).display, 'line');
    await context.close();
  },

  async 'a filter starts with a value chosen from its list, and waits for Apply where it should'(site) {
    const { page, context } = await administrator(site);
    const id = await made(context, [{ card_id: 3 }]);

    await page.goto(`/dashboard/${id}#edit`);
    await page.getByRole('button', { name: /^Catégorie\s*1 carte/ }).click();
    await page.getByRole('dialog').getByLabel(/^Valeur au départ/).first().click();
    await page.getByRole('checkbox', { name: 'Gizmo' }).check();
    await button(page, 'Terminé').click();
    await publish(page);
    await shown(page);
    assert.deepEqual((await read(context, id)).parameters[0].default, ['Gizmo']);

    await page.getByRole('button', { name: 'Autres actions' }).click();
    await page.getByRole('menuitem', { name: 'Nom, description, emplacement' }).click();
    await page.getByText('Chaque filtre agit aussitôt').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto(`/dashboard/${id}`);
    const chart = page.getByRole('application');
    await chart.waitFor();
    await page.getByLabel(/^Catégorie/).first().click();
    await page.getByRole('checkbox', { name: 'Gadget' }).check();
    assert.doesNotMatch(await chart.getAttribute('aria-label'), /Gadget/);
    await page.keyboard.press('Escape');
    await button(page, 'Appliquer les filtres').click();
    await page.getByRole('application', { name: /Gadget/ }).waitFor();
    await context.close();
  },

  async 'a copy keeps its questions, or takes copies of them'(site) {
    const { page, context } = await administrator(site);
    const id = await made(context, [{ card_id: 1 }]);

    await page.goto(`/dashboard/${id}`);
    await page.getByRole('button', { name: 'Autres actions' }).click();
    await page.getByRole('menuitem', { name: 'Dupliquer' }).click();
    await page.getByLabel('Nom', { exact: true }).fill('Essai, à part');
    await page.getByText('Copier aussi ses questions').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Dupliquer' }).click();
    await heading(page, 'Essai, à part');
    const copy = await read(context, Number(new URL(page.url()).pathname.split('/').at(-1)));
    assert.notEqual(copy.dashcards[0].card_id, 1);
    await context.close();
  },
};
