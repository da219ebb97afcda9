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
    // What is described to those who do not see it holds: Tab leaves.
    assert.match(await page.evaluate(() => document.getElementById(document.querySelector('.cm-content').getAttribute('aria-describedby')).textContent), /Tab quitte l’éditeur/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => !document.activeElement.closest('.cm-content'));
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

  async 'sql: Escape stops what runs, on the server too, and the editor goes on'(site) {
    const { page, context, complaints } = await administrator(site);

    await editor(page);
    await page.keyboard.insertText('with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').getByText('En cours…').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('La réponse s’affichera ici.').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText('select 41 + 1 as answer');
    await page.keyboard.press('Control+Enter');
    await page.getByText('42', { exact: true }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'sql: tables and columns are put in, earlier runs are taken back, values are seen'(site) {
    const { page, context, complaints } = await administrator(site);
    const box = await editor(page);

    await page.keyboard.insertText('select max(TOTAL) as most from ');
    await button(page, 'Tables').click();
    await page.getByRole('searchbox').fill('orders');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'TOTAL nombre', exact: true }).waitFor();
    await accessible(page);
    await page.getByRole('option', { name: 'Insérer\u00a0: ORDERS' }).click();
    await page.waitForFunction(() => document.activeElement.matches('.cm-content'));
    await page.keyboard.insertText(' where TOTAL < {{most}}');
    await page.getByLabel('Most').fill('100');
    await page.keyboard.press('Enter');
    await button(page, 'Autres actions').click();
    await page.getByRole('menuitem', { name: 'Voir le SQL avec ses valeurs' }).click();
    await page.getByRole('complementary', { name: 'La question avec ses valeurs' }).getByText(/TOTAL < '?100'?/).waitFor();
    await page.keyboard.press('Escape');
    await button(page, 'Exécuter').click();
    await page.getByRole('status').getByText(/1 ligne/).waitFor();

    await box.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText('select * from nowhere');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/no such table/).first().waitFor();
    await button(page, 'Exécutions passées').click();
    await page.getByRole('option', { name: /select \* from nowhere.*en échec/ }).waitFor();
    await accessible(page);
    await page.getByRole('option', { name: /select max\(TOTAL\).*1 ligne/ }).click();
    await page.getByText('select max(TOTAL) as most from ORDERS where TOTAL < {{most}}').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'sql: what a text names itself is completed'(site) {
    const { page, context } = await administrator(site);

    await editor(page);
    await page.keyboard.type('with recent_orders as (select 1 as a) select * from recent_o');
    await page.getByRole('option', { name: 'recent_orders' }).waitFor();
    await context.close();
  },

  async 'sql: variables take several values, and stand in the order that one chooses'(site) {
    const { page, context, complaints } = await administrator(site);
    await editor(page);
    await page.keyboard.insertText('select count(*) as n from PRODUCTS where CATEGORY in ({{kinds}}) [[and ID in ({{numbers}})]]');
    const bar = page.getByRole('search', { name: 'Filtres' });
    const names = () => bar.locator('label').allInnerTexts();
    const order = async (first) => page.waitForFunction((wanted) => document.querySelector('search label')?.textContent === wanted, first);

    await order('Kinds');
    await button(page, 'numbers').click();
    await choose(page, 'Type', 'Nombre');
    await page.getByText('Plusieurs valeurs à la fois').click();
    await page.getByText('Dans le SQL\u00a0: colonne in ({{numbers}})').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Plusieurs valeurs à la fois').waitFor({ state: 'detached' });

    await button(page, 'Ordre').click();
    const rows = page.getByRole('grid', { name: 'Ordre des variables' }).getByRole('row');
    await rows.nth(1).waitFor();
    const [from, to] = [await rows.nth(1).getByRole('button').first().boundingBox(), await rows.first().boundingBox()];
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 40, to.y + to.height / 2, { steps: 6 });
    await page.mouse.move(to.x + 40, to.y + 3, { steps: 3 });
    await page.mouse.up();
    await order('Numbers');
    await rows.nth(1).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('[role=row][data-dragging]').waitFor();
    for (const key of ['ArrowUp', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    await order('Kinds');
    await button(page, 'Monter : numbers').click();
    await order('Numbers');
    await accessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button(page, 'kinds').click();
    await page.getByText('Plusieurs valeurs à la fois').click();
    await page.keyboard.press('Escape');
    await bar.getByLabel('Kinds').fill('Widget; Gadget');
    await page.keyboard.press('Enter');
    await bar.getByLabel('Numbers').fill('1; 2; 3; 5');
    await page.keyboard.press('Enter');
    await button(page, 'Exécuter').click();
    await page.getByRole('status').getByText('1 ligne').waitFor();
    const all = await call(context.request, 'POST', '/api/dataset', { database: 1, type: 'native', native: { query: "select count(*) as n from PRODUCTS where CATEGORY in ('Widget', 'Gadget') and ID in (1, 2, 3, 5)" } });
    await page.getByText(String(all.data.rows[0][0]), { exact: true }).first().waitFor();

    await button(page, 'Enregistrer').click();
    await page.getByRole('dialog').getByLabel('Nom').fill('Par genres');
    await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('heading', { level: 1, name: 'Par genres' }).waitFor();
    await page.reload();
    await order('Numbers');
    assert.deepEqual(await names(), ['Numbers', 'Kinds']);
    assert.deepEqual(complaints, []);
    await context.close();
  },
};
