// Going further from an answer: from a point, a cell, a header, a stretch of the axis; and back.
import assert from 'node:assert/strict';
import { administrator, call, dashboard, heading, question } from '../site.mjs';
import { accessible } from '../axe.mjs';

export const prepare = ({ readySite }) => readySite();

const button = (page, name) => page.getByRole('button', { name, exact: true });
const act = (page, name) => page.getByRole('menuitem', { name, exact: true });
const month = ['field', 43, { 'temporal-unit': 'month' }];

const monthly = (request, more = {}) =>
  question(request, { name: 'Commandes', display: 'bar', dataset_query: { database: 1, type: 'query', query: { 'source-table': 5, aggregation: [['count']], breakout: [month] } }, ...more });

export const journeys = {
  async 'further: a point opens its rows, its weeks, another group, and the browser leads back'(site) {
    const { page, context, complaints } = await administrator(site);
    const { id } = await monthly(context.request);

    await page.goto(`/question/${id}`);
    const chart = page.getByRole('application');
    await chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await act(page, 'Voir ces lignes').waitFor();
    await accessible(page);
    await page.keyboard.press('Enter');
    await page.getByRole('grid').waitFor();
    await page.getByText('À partir de Commandes').waitFor();
    assert.match(page.url(), /\/question\/new#/);

    await page.goBack();
    await heading(page, 'Commandes');
    await chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await act(page, 'Regarder dedans, par semaine').click();
    await page.getByRole('application', { name: /Created At/ }).waitFor();
    await button(page, 'Modifier').click();
    await page.getByText(/par Created At \(semaine\)/).waitFor();

    await page.goBack();
    await heading(page, 'Commandes');
    await chart.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await act(page, 'Répartir par…').click();
    await page.getByRole('searchbox').fill('category');
    await page.getByRole('option').first().click();
    await button(page, 'Modifier').click();
    await page.getByText(/par Product → Category, où Created At/).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'further: a stroke over the axis, by pointer or by keys, narrows it down'(site) {
    const { page, context } = await administrator(site);
    const { id } = await monthly(context.request);

    await page.goto(`/question/${id}`);
    const chart = page.getByRole('application');
    const { x, y, width, height } = await chart.boundingBox();
    await page.mouse.move(x + width * 0.4, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.6, y + height / 2, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/\/question\/new#/);
    await button(page, 'Modifier').click();
    await page.getByText(/où Created At est entre/).or(page.getByText(/où Created At : entre/)).first().waitFor();

    await page.goBack();
    await heading(page, 'Commandes');
    await chart.focus();
    await page.keyboard.press('Home');
    for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/question\/new#/);
    await page.getByRole('status').getByText('4 lignes').waitFor();
    await context.close();
  },

  async 'further: cells filter and lead to the rows that their keys stand for'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/question/new?db=1&table=5');
    const cells = page.getByRole('gridcell');
    await cells.first().waitFor();
    await page.getByRole('region', { name: 'Table' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await act(page, 'Ouvrir : User').click();
    await page.getByText('Birth Date').waitFor();

    await page.goBack();
    await cells.nth(5).click();
    const total = (await cells.nth(5).textContent()).trim();
    await act(page, `> ${total}`).click();
    await button(page, `Retirer : Total est plus grand que ${total}`).waitFor();

    await cells.first().click();
    await act(page, 'Regarder cette ligne').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ouvrir : Product' }).click();
    await page.getByText('Ean').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'further: a header sorts, filters, summarises, hides'(site) {
    const { page, context } = await administrator(site);
    const header = (name) => page.getByRole('columnheader', { name: new RegExp(`^${name}`) }).getByRole('button');

    await page.goto('/question/new?db=1&table=5');
    await header('Total').click();
    await act(page, 'Trier : du plus grand au plus petit').click();
    await page.getByText('trié par Total, du plus grand au plus petit').waitFor();

    await header('Total').click();
    await act(page, 'Filtrer selon cette colonne…').click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Ajouter le filtre' }).waitFor();
    await page.keyboard.press('Escape');

    await header('Tax').click();
    await act(page, 'Masquer cette colonne').click();
    await header('Tax').waitFor({ state: 'detached' });

    await header('Total').click();
    await act(page, 'Somme au fil du temps').click();
    await page.getByText('Somme de Total de Orders par Created At (mois).').waitFor();
    await page.goBack();
    await header('Total').click();
    await act(page, 'Distribution').click();
    await page.getByText(/Nombre de lignes de Orders par Total/).waitFor();
    await context.close();
  },

  async 'further: a card of a dashboard opens with the filters of the dashboard'(site) {
    const { page, context, complaints } = await administrator(site);
    const card = await monthly(context.request);
    const { id } = await dashboard(context.request, card.id);

    await page.goto(`/dashboard/${id}?categorie=Widget`);
    const chart = page.getByRole('application');
    await chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await act(page, 'Voir ces lignes').click();
    await page.getByText('À partir de Commandes').waitFor();
    await button(page, 'Modifier').click();
    await button(page, 'Retirer : Product → Category est Widget').waitFor();

    await page.goBack();
    await page.getByRole('link', { name: 'Commandes' }).click();
    await button(page, 'Modifier').click();
    await page.getByText(/par Created At \(mois\), où Product → Category est Widget/).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'further: a saved question in SQL is built on, one that is not saved says so'(site) {
    const { page, context } = await administrator(site);
    const native = { database: 1, type: 'native', native: { query: 'select ID, TOTAL from ORDERS order by ID limit 20' } };
    const { id } = await call(context.request, 'POST', '/api/card', { name: 'En SQL', display: 'table', visualization_settings: {}, dataset_query: native });

    await page.goto(`/question/${id}`);
    await page.getByRole('gridcell').nth(1).click();
    await page.getByRole('menuitem', { name: /^>/ }).click();
    await page.getByText('À partir de En SQL').waitFor();
    await page.getByRole('gridcell').first().waitFor();
    await context.close();
  },
};
