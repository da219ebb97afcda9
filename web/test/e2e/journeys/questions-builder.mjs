// The builder: what each step gives, its keys, its SQL, and what was begun and not saved.
import assert from 'node:assert/strict';
import { accessible } from '../axe.mjs';
import { administrator, call, heading, question } from '../site.mjs';

export async function prepare({ readySite }) {
  const site = await readySite();
  const { context } = await administrator(site);
  const { fields } = await call(context.request, 'GET', '/api/table/5/query_metadata');
  const key = fields.find(({ name }) => name === 'USER_ID').id;
  const dataset_query = { database: 1, type: 'query', query: { 'source-table': 5, aggregation: [['count']], breakout: [['field', key, null]] } };

  await question(context.request, { name: 'Commandes par client', display: 'table', type: 'model', dataset_query });
  await context.close();
  return site;
}

const button = (page, name) => page.getByRole('button', { name, exact: true });

async function pick(page, opener, letters) {
  await button(page, opener).click();
  await page.getByRole('searchbox').last().fill(letters);
  await page.getByRole('option').first().click();
}

async function widgetsByMonth(page) {
  await page.goto('/question/new?db=1&table=5');
  await page.getByText('Lignes de Orders.').waitFor();
  await pick(page, 'Ajouter un filtre', 'category');
  await page.getByText('Widget', { exact: true }).click();
  await button(page, 'Ajouter le filtre').click();
  await pick(page, 'Ajouter un regroupement', 'created at');
  await page.getByText('Nombre de lignes de Orders par Created At (mois), où Product → Category est Widget.').waitFor();
}

export const journeys = {
  async 'builder: each step shows how many rows it leaves, and the first of them'(site) {
    const { page, context, complaints } = await administrator(site);

    await widgetsByMonth(page);
    const step = (name) => page.getByRole('region', { name, exact: true });
    await step('Données').getByText(/^18.760 lignes$/).waitFor();
    await step('Filtres').getByText(/^18.760 → 5.\d{3} lignes$/).waitFor();
    const groups = step('Regrouper par').getByText(/^5.\d{3} → 3\d lignes$/);
    await groups.waitFor();
    assert.equal((await groups.textContent()).split(' → ')[0], (await step('Filtres').getByText(/^18.760 → /).textContent()).split(' → ')[1].replace(/ lignes$/, ''));
    await button(page, 'Premières lignes après : Données').click();
    await page.getByText(/18.760 lignes après cette étape/).waitFor();
    await page.getByRole('region', { name: 'Données : les premières lignes' }).getByRole('row').nth(10).waitFor();
    await button(page, 'Premières lignes après : Filtres').click();
    await page.getByRole('region', { name: 'Filtres', exact: true }).getByText(/lignes après cette étape/).waitFor();
    await button(page, 'Premières lignes après : Regrouper par').click();
    await page.getByText(/^3\d lignes après cette étape/).waitFor();
    await accessible(page);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: arrows go through the chips, A adds, Delete removes'(site) {
    const { page, context } = await administrator(site);
    const { keyboard } = page;

    await widgetsByMonth(page);
    await page.getByRole('heading', { level: 1 }).focus();
    await keyboard.press('a');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Joindre d’autres données');
    await button(page, 'Product → Category est Widget').focus();
    await keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Ajouter un filtre');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Created At (mois)');
    await page.evaluate(() => localStorage.setItem('vigie.letters', 'off'));
    await keyboard.press('a');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Created At (mois)');
    await page.evaluate(() => localStorage.removeItem('vigie.letters'));
    await keyboard.press('a');
    await page.getByRole('searchbox').fill('source');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByText(/par Created At \(mois\), User → Source/).waitFor();
    await button(page, 'User → Source').focus();
    await keyboard.press('Delete');
    await page.getByText('Nombre de lignes de Orders par Created At (mois), où Product → Category est Widget.').waitFor();
    await page.waitForFunction(() => document.activeElement.textContent === 'Ajouter un regroupement');
    await context.close();
  },

  async 'builder: the SQL holds its values, and goes on in the editor'(site) {
    const { page, context, complaints } = await administrator(site);

    await widgetsByMonth(page);
    const before = await page.getByRole('status').getByText(/^3\d lignes/).textContent();
    await button(page, 'Autres actions').click();
    await page.getByRole('menuitem', { name: 'Voir le SQL' }).click();
    const panel = page.getByRole('complementary', { name: 'La question en SQL' });
    await panel.getByText(/in \('Widget'\)|= 'Widget'/).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'La question en SQL');
    // A chip half under the header of the page would be a small target.
    await page.evaluate(() => scrollTo(0, 0));
    await accessible(page);

    // It follows what one changes; Escape and the same menu take it away.
    await button(page, 'Annuler l’action').click();
    await panel.getByText(/group by/i).waitFor({ state: 'detached' });
    await button(page, 'Rétablir').click();
    await panel.getByText(/group by/i).waitFor();
    await panel.locator('pre').press('Escape');
    await panel.waitFor({ state: 'detached' });
    await button(page, 'Autres actions').click();
    await page.getByRole('menuitem', { name: 'Voir le SQL' }).click();
    await panel.getByRole('button', { name: 'Continuer en SQL' }).click();
    await page.getByRole('textbox', { name: 'La question en SQL' }).waitFor();
    await button(page, 'Exécuter').click();
    await page.getByRole('status').getByText(before.split(' · ')[0]).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: what was begun and not saved is taken up again'(site) {
    const { page, context } = await administrator(site);

    await widgetsByMonth(page);
    await page.getByText(/^Brouillon gardé à \d\d:\d\d$/).waitFor();
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key === 'vigie.draft.new'));
    await page.goto('/question/new');
    await page.getByText('Une question que vous aviez commencée n’est pas enregistrée.').waitFor();
    await accessible(page);
    await button(page, 'La reprendre').click();
    await page.getByText(/par Created At \(mois\), où Product → Category est Widget/).waitFor();

    // Only who would lose something is asked before leaving.
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await pick(page, 'Ajouter un regroupement', 'source');
    await page.getByText(/^Ce navigateur ne garde pas de brouillon/).waitFor();
    const asked = page.waitForEvent('dialog');
    const left = page.reload();
    await (await asked).accept();
    await left;
    await page.getByText(/par Created At \(mois\), User → Source/).waitFor();
    assert.equal(await page.getByText(/^Ce navigateur ne garde pas/).count(), 0);
    await context.close();
  },

  async 'builder: a model is joined along its key, and its columns are there'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/question/new?db=1&table=5');
    await page.getByText('Lignes de Orders.').waitFor();
    await pick(page, 'Joindre d’autres données', 'par client');
    await page.getByRole('group', { name: 'Condition' }).waitFor();
    assert.match(await page.getByRole('dialog').innerText(), /Orders → User ID[^]*Commandes par client → User ID/);
    await accessible(page);
    await button(page, 'Joindre').click();
    await button(page, 'Ajouter un regroupement').click();
    await page.getByRole('option', { name: 'Nombre', exact: true }).click();
    await page.getByText(/avec Commandes par client par Commandes par client → Nombre/).waitFor();
    // Somebody made one order, somebody two: far fewer groups than people.
    await page.getByRole('status').getByText(/^\d\d lignes/).waitFor();

    await button(page, 'Orders avec Commandes par client').click();
    await button(page, 'Modifier la jointure').waitFor();
    assert.match(await page.getByRole('dialog').innerText(), /Commandes par client → User ID/);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: days of the week are left out, and the filter can be changed'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/question/new?db=1&table=5');
    await page.getByText('Lignes de Orders.').waitFor();
    await pick(page, 'Ajouter un filtre', 'created at');
    await page.getByRole('button', { name: /Comparaison$/ }).click();
    await page.getByRole('option', { name: 'sauf', exact: true }).click();
    assert.ok(await button(page, 'Ajouter le filtre').isDisabled());
    await page.getByText('samedi', { exact: true }).click();
    await page.getByText('dimanche', { exact: true }).click();
    await accessible(page);
    await button(page, 'Ajouter le filtre').click();
    await page.getByText('Lignes de Orders, où Created At sauf samedi, dimanche.').waitFor();
    await page.getByRole('status').getByText(/lignes/).waitFor();

    await button(page, 'Created At sauf samedi, dimanche').click();
    assert.ok(await page.getByRole('checkbox', { name: 'samedi' }).isChecked());
    await page.getByRole('button', { name: /Sont écartés$/ }).click();
    await page.getByRole('option', { name: 'Trimestres de l’année' }).click();
    await page.getByText('T4', { exact: true }).click();
    await button(page, 'Modifier le filtre').click();
    await page.getByText('Lignes de Orders, où Created At sauf T4.').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: any period can be asked for, and is the same when it is opened again'(site) {
    const { page, context, complaints } = await administrator(site);
    const choose = async (label, option) => {
      await page.getByRole('button', { name: label }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };

    await page.goto('/question/new?db=1&table=5');
    await page.getByText('Lignes de Orders.').waitFor();
    await pick(page, 'Ajouter un filtre', 'created at');
    await choose(/Période$/, 'Une autre période…');
    await page.getByLabel('Combien').fill('18');
    await choose(/Unité$/, 'mois');
    await page.getByText('Pas à partir d’aujourd’hui').click();
    await accessible(page);
    await button(page, 'Ajouter le filtre').click();
    const chip = 'Created At\u00a0: les 18 derniers mois, 1 an plus tôt';
    await page.getByRole('status').getByText(/lignes · /).waitFor();
    await button(page, chip).click();
    assert.equal(await page.getByLabel('Combien').inputValue(), '18');
    await button(page, 'Modifier le filtre').click();
    await button(page, chip).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: columns are chosen, of the data and of a join along two conditions'(site) {
    const { page, context, complaints } = await administrator(site);
    const header = (name) => page.getByRole('columnheader', { name });

    await page.goto('/question/new?db=1&table=5');
    await header(/^Tax/).waitFor();
    await button(page, 'Toutes les colonnes').click();
    await page.getByRole('checkbox', { name: 'Tax', exact: true }).click({ force: true });
    await header(/^Tax/).waitFor({ state: 'detached' });
    await accessible(page);
    await page.keyboard.press('Escape');
    await button(page, '8 colonnes').waitFor();

    await pick(page, 'Joindre d’autres données', 'products');
    await button(page, 'Et aussi').click();
    const second = page.getByRole('group', { name: 'Condition' }).nth(1);
    await second.getByRole('button', { name: /Comparaison$/ }).click();
    await page.getByRole('option', { name: '>=', exact: true }).click();
    await page.getByText('Colonnes ramenées').click();
    await page.getByRole('checkbox', { name: 'Vendor', exact: true }).click({ force: true });
    await accessible(page);
    await button(page, 'Joindre').click();
    await header(/^Products → Title/).waitFor();
    assert.equal(await header(/^Products → Vendor/).count(), 0);
    assert.equal(await header(/^Tax/).count(), 0);
    await button(page, 'Orders avec Products').click();
    assert.equal(await page.getByRole('group', { name: 'Condition' }).count(), 2);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: a custom column goes with what was said of it, and comes back with it'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/question/new?db=1&table=5');
    await page.getByText('Lignes de Orders.').waitFor();
    await button(page, 'Calculer une colonne').click();
    await page.getByLabel('Formule').fill('[Total] - [Tax]');
    await page.getByLabel('Nom', { exact: true }).fill('Net');
    await button(page, 'Ajouter la colonne').click();
    await button(page, 'Net').waitFor();
    await pick(page, 'Ajouter un filtre', 'net');
    await page.getByRole('button', { name: /Comparaison$/ }).click();
    await page.getByRole('option', { name: 'plus grand que' }).click();
    await page.getByLabel('Valeur', { exact: true }).fill('100');
    await page.keyboard.press('Enter');
    await page.getByText(/où .*Net est plus grand que 100/).waitFor();
    await button(page, 'Net').click();
    await page.getByLabel('Nom', { exact: true }).fill('Hors taxe');
    await button(page, 'Modifier la colonne').click();
    await page.getByText(/où .*Hors taxe est plus grand que 100/).waitFor();
    await button(page, 'Retirer\u00a0: Hors taxe').click();
    await page.getByText('Lignes de Orders.').waitFor();
    await button(page, 'Annuler l’action').click();
    await page.getByText(/où .*Hors taxe est plus grand que 100/).waitFor();
    await context.close();
  },

  async 'builder: a formula is written with the keys, and says where it is wrong'(site) {
    const { page, context, complaints } = await administrator(site);
    const { keyboard } = page;
    const formula = page.getByLabel('Formule');

    await page.goto('/question/new?db=1&table=5');
    await page.getByText('Lignes de Orders.').waitFor();
    await button(page, 'Calculer une colonne').focus();
    await keyboard.press('Enter');
    await formula.waitFor();
    await keyboard.type('[sub');
    await page.getByRole('group', { name: 'Suggestions' }).getByRole('button', { name: 'Subtotal' }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await keyboard.type(' + [tax');
    await page.getByRole('group', { name: 'Suggestions' }).getByRole('button', { name: 'Tax', exact: true }).waitFor();
    await keyboard.press('Tab');
    assert.equal(await formula.inputValue(), '[Subtotal] + [Tax]');
    await keyboard.type(' * tot');
    await keyboard.press('Escape');
    await page.getByRole('group', { name: 'Suggestions' }).getByRole('button').first().waitFor({ state: 'detached' });
    await keyboard.press('Control+Enter');
    await page.getByRole('alert').getByText(/« tot »|tot.*\(au caractère 22\)/).waitFor();
    await accessible(page);
    // The mistake is selected: typing replaces it.
    await keyboard.type('2');
    await keyboard.press('Tab');
    await keyboard.type('Somme');
    await keyboard.press('Control+Enter');
    await page.getByRole('columnheader', { name: /^Somme/ }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: a part is taken out of a date, and columns are put together, without a formula'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/question/new?db=1&table=7');
    await page.getByText('Lignes de Products.').waitFor();
    await button(page, 'Calculer une colonne').click();
    await pick(page, 'Tirer une partie', 'created at');
    await page.getByRole('option', { name: 'Année', exact: true }).click();
    await page.getByRole('columnheader', { name: /^Created At\s: année/ }).waitFor();
    await button(page, 'Calculer une colonne').click();
    await button(page, 'Assembler des colonnes').click();
    for (const [number, option] of [[1, /→ Title$/], [2, /→ Vendor$/]]) {
      await page.getByRole('button', { name: new RegExp(`Colonne ${number}$`) }).click();
      await page.getByRole('option', { name: option }).click();
    }
    await page.getByLabel('Entre elles').fill(' / ');
    await accessible(page);
    await button(page, 'Ajouter la colonne').click();
    await page.getByRole('columnheader', { name: /^Title \+ Vendor/ }).waitFor();
    await page.getByText('Practical Granite Bag / Petit Frères').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: a figure is compared with its past, in three ways'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/question/new?db=1&table=5');
    await page.getByText('Lignes de Orders.').waitFor();
    await button(page, 'Ajouter un chiffre').click();
    await page.getByRole('option', { name: 'Nombre de lignes', exact: true }).click();
    await page.getByText('Nombre de lignes de Orders.').waitFor();
    await button(page, 'Ajouter un chiffre').click();
    await page.getByRole('option', { name: 'Comparer avec le passé' }).click();
    await page.getByText('Regroupe aussi par Created At (mois).').waitFor();
    await page.getByText('L’écart', { exact: true }).click();
    await accessible(page);
    await button(page, 'Ajouter les chiffres').click();
    await button(page, 'Nombre de lignes\u00a0: évolution (mois précédent)').waitFor();
    // Names that differ at their ends alone are whole where there is room.
    const legend = page.getByRole('list', { name: 'Légende' });
    await legend.getByText('Nombre de lignes\u00a0: évolution (mois précédent)').waitFor();
    assert.ok(await legend.evaluate((list) => [...list.querySelectorAll('[title]')].every((name) => name.scrollWidth <= name.clientWidth)));
    await pick(page, 'Graphique\u00a0: Ligne', 'tableau');
    const cells = (row) => page.getByRole('row').nth(row).locator('th, td').allInnerTexts();
    await page.getByRole('columnheader', { name: /écart/ }).waitFor();
    const read = (text) => Number(text.replace(/[^\d,−-]/g, '').replace('−', '-').replace(',', '.'));
    await page.getByRole('row').nth(4).waitFor();
    const [earlier, later] = [await cells(3), await cells(4)];
    const [, now, before, difference, change] = later.map(read);
    assert.equal(before, read(earlier[1]));
    assert.equal(difference, now - before);
    assert.match(later[4], /%$/);
    assert.ok(Math.abs(change - (now / before - 1) * 100) < 1, `${change} of ${now} after ${before}`);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: a metric is a source, and a figure of its table'(site) {
    const { page, context, complaints } = await administrator(site);
    const { fields } = await call(context.request, 'GET', '/api/table/5/query_metadata');
    const [total, created] = ['TOTAL', 'CREATED_AT'].map((wanted) => fields.find(({ name }) => name === wanted).id);
    const query = { 'source-table': 5, aggregation: [['sum', ['field', total, null]]], filter: ['>', ['field', total, null], 50], breakout: [['field', created, { 'temporal-unit': 'year' }]] };

    await question(context.request, { name: 'Grosses ventes', type: 'metric', dataset_query: { database: 1, type: 'query', query } });
    await page.goto('/question/new?db=1&table=7');
    await page.getByText('Lignes de Products.').waitFor();
    await pick(page, 'Products', 'grosses');
    await page.getByText('Grosses ventes de Orders par Created At (année).').waitFor();
    const status = await page.getByRole('status').getByText(/^\d lignes/).textContent();
    await page.goto('/question/new?db=1&table=5');
    await page.getByText('Lignes de Orders.').waitFor();
    await pick(page, 'Ajouter un chiffre', 'grosses');
    await page.getByText('Grosses ventes de Orders.').waitFor();
    // What was asked before is dimmed until the answer is there.
    await page.getByRole('status').getByText(/^1 ligne/).waitFor();
    await accessible(page);
    await pick(page, 'Ajouter un regroupement', 'created at');
    await button(page, 'Created At (mois)').click();
    await page.getByRole('button', { name: /Par$/ }).click();
    await page.getByRole('option', { name: 'Année', exact: true }).click();
    await page.getByRole('status').getByText(status.split(' · ')[0]).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: one condition or another, and boxes in boxes, by mouse and by keyboard'(site) {
    const { page, context, complaints } = await administrator(site);
    const { fields } = await call(context.request, 'GET', '/api/table/5/query_metadata');
    const [total, quantity] = ['TOTAL', 'QUANTITY'].map((wanted) => ['field', fields.find(({ name }) => name === wanted).id, null]);
    const count = async (filter) => (await call(context.request, 'POST', '/api/dataset', { database: 1, type: 'query', query: { 'source-table': 5, aggregation: [['count']], filter } })).data.rows[0][0];
    const sheet = page.getByRole('dialog').last();
    const compare = async (opener, how, value) => {
      await sheet.getByRole('searchbox').fill(opener);
      await sheet.getByRole('option', { name: opener, exact: true }).click();
      await sheet.getByRole('button', { name: /Comparaison$/ }).click();
      await page.getByRole('option', { name: how, exact: true }).click();
      await sheet.getByLabel(/^Valeurs?$/).fill(value);
      await page.keyboard.press('Enter');
    };

    await page.goto('/question/new?db=1&table=5');
    await page.getByText('Lignes de Orders.').waitFor();
    await pick(page, 'Ajouter un chiffre', 'nombre de lignes');
    await button(page, 'Ajouter un filtre').click();
    await compare('Total', 'plus grand que', '150');
    await button(page, 'Total est plus grand que 150').click();
    await button(page, 'Ou une autre condition…').click();
    await button(page, 'Ajouter une condition').click();
    await compare('Quantity', 'est', '1');
    await accessible(page);
    await sheet.getByRole('button', { name: 'Appliquer' }).click();
    await page.getByText('Nombre de lignes de Orders, où Total est plus grand que 150 ou Quantity est 1.').waitFor();
    const shown = async (filter) => page.getByText(new Intl.NumberFormat('fr-FR').format(await count(filter)), { exact: true }).first().waitFor();
    await shown(['or', ['>', total, 150], ['=', quantity, 1]]);

    // A box in it, with the keys alone; Escape leads one step back, not out.
    await button(page, 'Total est plus grand que 150 ou Quantity est 1').focus();
    await page.keyboard.press('Enter');
    await button(page, 'Ajouter une condition').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await button(page, 'Ajouter une condition').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await sheet.getByRole('searchbox').fill('plusieurs');
    await page.keyboard.press('Enter');
    await compare('Quantity', 'plus grand que', '5');
    await button(page, 'Ajouter une condition').click();
    await compare('Total', 'plus petit que', '20');
    await sheet.getByRole('button', { name: 'Appliquer' }).click();
    await button(page, 'Quantity est plus grand que 5 et Total est plus petit que 20').waitFor();
    await sheet.getByRole('button', { name: 'Appliquer' }).click();
    await page.getByText('ou (Quantity est plus grand que 5 et Total est plus petit que 20).').waitFor();
    await shown(['or', ['>', total, 150], ['=', quantity, 1], ['and', ['>', quantity, 5], ['<', total, 20]]]);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: a metric is made, followed over time, changed, and asked with'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/');
    await button(page, 'Nouveau').click();
    await page.getByRole('menuitem', { name: 'Indicateur' }).click();
    await heading(page, 'Nouvel indicateur');
    await page.getByRole('searchbox').fill('orders');
    await page.keyboard.press('Enter');
    await heading(page, 'Indicateur pas encore enregistré');
    await page.getByText('Nombre de lignes de Orders.').waitFor();
    assert.equal(await button(page, 'Trier').count() + (await button(page, 'Ajouter un chiffre').count()), 0);

    const figure = page.locator('[data-step]', { has: page.getByRole('heading', { name: 'Chiffre' }) });
    assert.equal(await figure.getByRole('button', { name: /^Retirer/ }).count(), 0);
    await pick(page, 'Nombre de lignes', 'somme de');
    await page.getByRole('option', { name: 'Total', exact: true }).click();
    await button(page, 'Ajouter un filtre').click();
    await page.getByRole('searchbox').last().fill('quantity');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Comparaison$/ }).click();
    await page.getByRole('option', { name: 'plus grand que' }).click();
    await page.getByLabel('Valeur').fill('2');
    await page.keyboard.press('Enter');
    await pick(page, 'Choisir les dates pour le suivre', 'created');
    await page.getByText('Somme de Total de Orders par Created At (mois), où Quantity est plus grand que 2.').waitFor();
    await page.getByRole('application', { name: /Somme de Total/ }).waitFor();
    await accessible(page);

    await button(page, 'Enregistrer').click();
    await page.getByRole('dialog').getByLabel('Nom').fill('Ventes par lots');
    await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.waitForURL(/\/question\/\d+$/);
    await page.getByText('Indicateur', { exact: true }).waitFor();
    const saved = await call(context.request, 'GET', `/api/card/${/\d+$/.exec(page.url())[0]}`);
    assert.deepEqual([saved.type, saved.display, saved.dataset_query.query.aggregation.length], ['metric', 'line', 1]);

    await button(page, 'Modifier').click();
    await button(page, 'Retirer : Created At (mois)').click();
    await button(page, 'Enregistrer').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await button(page, 'Modifier').waitFor();
    await button(page, 'Autres actions').click();
    await page.getByRole('menuitem', { name: 'Poser une question avec lui' }).click();
    await page.getByText('Ventes par lots de Orders.').waitFor();
    await pick(page, 'Ajouter un regroupement', 'created at');
    await page.getByText('Ventes par lots de Orders par Created At (mois).').waitFor();
    await page.getByRole('application').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: dates are joined by their month'(site) {
    const { page, context, complaints } = await administrator(site);
    const dateOf = async (table) => (await call(context.request, 'GET', `/api/table/${table}/query_metadata`)).fields.find(({ name }) => name === 'CREATED_AT').id;
    const [products, reviews] = [await dateOf(7), await dateOf(8)];
    const month = { 'temporal-unit': 'month' };
    const join = { 'source-table': 8, alias: 'R', strategy: 'left-join', fields: 'none', condition: ['=', ['field', products, month], ['field', reviews, { ...month, 'join-alias': 'R' }]] };
    const expected = await call(context.request, 'POST', '/api/dataset', { database: 1, type: 'query', query: { 'source-table': 7, joins: [join], aggregation: [['count']] } });

    await page.goto('/question/new?db=1&table=7');
    await page.getByText('Lignes de Products.').waitFor();
    await pick(page, 'Joindre d’autres données', 'reviews');
    const sheet = page.getByRole('group', { name: 'Condition' });
    const choose = async (label, option) => {
      await sheet.getByRole('button', { name: label }).click();
      await page.getByRole('option', { name: option }).first().click();
    };
    await choose(/Où cette colonne$/, /Products → Created At$/);
    await choose(/celle-ci$/, /Reviews → Created At$/);
    await choose(/Par$/, 'Mois');
    await accessible(page);
    await button(page, 'Joindre').click();
    await pick(page, 'Ajouter un chiffre', 'nombre de lignes');
    const count = new Intl.NumberFormat('fr').format(expected.data.rows[0][0]).replace(/\s/g, '\\s');
    await page.getByText(new RegExp(`^${count}$`)).first().waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'builder: a question of before 2020 is read, and changed'(site) {
    const { page, context, complaints } = await administrator(site);
    const query = {
      'source-table': 5,
      aggregation: [['count']],
      breakout: [['datetime-field', ['field-id', 43], 'year'], ['fk->', ['field-id', 38], ['field-id', 61]]],
      filter: ['=', ['fk->', ['field-id', 38], ['field-id', 61]], 'Widget', 'Gadget'],
    };
    const { id } = await question(context.request, { name: 'Très ancienne', display: 'table', dataset_query: { database: 1, type: 'query', query } });

    await page.goto(`/question/${id}`);
    await button(page, 'Modifier').click();
    await page.getByText('Nombre de lignes de Orders par Created At (année), Product → Category, où Product → Category est Widget, Gadget.').waitFor();
    await button(page, 'Retirer : Product → Category').click();
    await page.getByText('Nombre de lignes de Orders par Created At (année), où Product → Category est Widget, Gadget.').waitFor();
    await page.getByRole('status').getByText(/^\d lignes/).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },
};
