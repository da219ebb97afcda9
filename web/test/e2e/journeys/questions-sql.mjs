// SQL: shared pieces, laying out, what is selected, completion, variables on columns, stopping.
import assert from 'node:assert/strict';
import { accessible } from '../axe.mjs';
import { administrator, call } from '../site.mjs';

export const prepare = ({ readySite }) => readySite();

const button = (page, name) => page.getByRole('button', { name, exact: true });

async function editor(page) {
  await page.goto('/question/new?sql');
  const box = page.getByRole('textbox', { name: 'La question en SQL' });
  await box.click();
  return box;
}

async function choose(page, label, option) {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
  await page.getByRole('option', { name: option }).first().click();
}

export const journeys = {
  async 'sql: a snippet is made, put in, changed, and used'(site) {
    const { page, context, complaints } = await administrator(site);
    const box = await editor(page);

    await page.keyboard.type('select count(*) as n from ORDERS where ');
    await button(page, 'Extraits').click();
    await button(page, 'Créer un extrait').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Morceau de SQL/).fill('TOTAL > 100');
    await dialog.getByLabel('Nom').fill('Grandes commandes');
    await accessible(page);
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await box.getByText('{{snippet: Grandes commandes}}').waitFor();
    await button(page, 'Exécuter').click();
    await page.getByRole('status').getByText('1 ligne').waitFor();

    await button(page, 'Extraits').click();
    await page.getByRole('option', { name: 'Modifier Grandes commandes' }).click();
    await dialog.getByLabel(/Morceau de SQL/).fill('TOTAL > 100000');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    await button(page, 'Exécuter').click();
    await page.getByText('0', { exact: true }).first().waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'sql: the text is laid out, and what is selected runs alone'(site) {
    const { page, context } = await administrator(site);
    const box = await editor(page);

    await page.keyboard.type('select ID, TOTAL from ORDERS where TOTAL > 100 and TAX > 1 limit 7');
    await button(page, 'Mettre en forme').click();
    await page.waitForFunction(() => document.querySelectorAll('.cm-line').length === 5);
    await box.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('select 1 as one; nonsense');
    await page.keyboard.press('Home');
    for (let letter = 0; letter < 15; letter++) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').getByText('1 ligne').waitFor();
    await context.close();
  },

  async 'sql: tables and the columns of an alias are completed'(site) {
    const { page, context } = await administrator(site);
    await editor(page);

    await page.keyboard.type('select o. from ORDERS as o');
    await page.keyboard.press('Home');
    for (let letter = 0; letter < 9; letter++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete').getByText('SUBTOTAL').waitFor();
    await context.close();
  },

  async 'sql: a variable on a column has its comparison, its default and its widget'(site) {
    const { page, context, complaints } = await administrator(site);
    await editor(page);

    // The editor closes the brackets.
    await page.keyboard.type('select count(*) as n from PRODUCTS where {{kind');
    await button(page, 'kind').click();
    await choose(page, 'Type', 'Filtre sur une colonne');
    await page.getByRole('button', { name: /Colonne$/ }).click();
    await page.getByRole('searchbox').last().fill('products → category');
    await page.getByRole('option').first().click();
    await choose(page, 'Comparaison', 'est l’un de');
    await accessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('search').locator('summary').last().click();
    await page.getByRole('search').getByText('Widget', { exact: true }).click();
    await page.getByRole('search').getByText('Gizmo', { exact: true }).click();
    await page.getByRole('search').locator('summary[aria-label*="Widget, Gizmo"]').waitFor();
    await button(page, 'Exécuter').click();
    await page.getByRole('status').getByText('1 ligne').waitFor();

    await page.waitForURL(/#./);
    const hash = decodeURIComponent(new URL(page.url()).hash.slice(1));
    const tag = JSON.parse(Buffer.from(hash, 'base64').toString()).dataset_query.native['template-tags'].kind;
    assert.equal(tag['widget-type'], 'string/=');
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'sql: a link brings the values of variables along'(site) {
    const { page, context } = await administrator(site);
    const tags = { least: { id: 'aaaa', name: 'least', 'display-name': 'Au moins', type: 'number', default: 1 } };
    const native = { database: 1, type: 'native', native: { query: 'select {{least}} as wanted', 'template-tags': tags } };
    const { id } = await call(context.request, 'POST', '/api/card', { name: 'Seuil', display: 'scalar', visualization_settings: {}, dataset_query: native });

    await page.goto(`/question/${id}?least=4321`);
    await page.getByRole('button', { name: /4.321/ }).waitFor();
    await context.close();
  },
};
