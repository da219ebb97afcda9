// Asking: with the builder, in SQL, with the keyboard alone.
import assert from 'node:assert/strict';
import { accessible } from '../axe.mjs';
import { administrator, heading, question } from '../site.mjs';

export const prepare = ({ readySite }) => readySite();

const button = (page, name) => page.getByRole('button', { name, exact: true });

/** Opens a list and takes the first thing that the letters find. */
async function pick(page, opener, letters) {
  await button(page, opener).click();
  await page.getByRole('searchbox').last().fill(letters);
  await page.getByRole('option').first().click();
}

export const journeys = {
  async 'a question is built, kept over a reload, saved, changed, and thrown away'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/');
    await page.getByRole('link', { name: 'Poser une question' }).click();
    await heading(page, 'Nouvelle question');
    await page.getByRole('searchbox').fill('orders');
    await page.getByRole('option', { name: 'Orders', exact: true }).click();
    await page.getByText('Lignes de Orders.').waitFor();

    await pick(page, 'Ajouter un filtre', 'category');
    await page.getByText('Widget', { exact: true }).click();
    await button(page, 'Ajouter le filtre').click();
    await pick(page, 'Ajouter un chiffre', 'Somme de');
    await page.getByRole('searchbox').last().fill('subtotal');
    await page.getByRole('option').first().click();
    await pick(page, 'Ajouter un regroupement', 'created at');
    await page.getByText('Somme de Subtotal de Orders par Created At (mois), où Product → Category est Widget.').waitFor();
    const chart = page.getByRole('application');
    await chart.waitFor();
    assert.match(await chart.getAttribute('aria-label'), /Le plus haut/);

    await page.waitForURL(/#./);
    await page.reload();
    await page.getByText('Somme de Subtotal de Orders par').waitFor();
    await button(page, 'Enregistrer').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nom').fill('Ventes de widgets');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await heading(page, 'Ventes de widgets');
    assert.match(page.url(), /\/question\/\d+$/);

    await button(page, 'Modifier').click();
    await button(page, 'Retirer : Product → Category est Widget').click();
    await page.getByText('Somme de Subtotal de Orders par Created At (mois).').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('où Product → Category est Widget.').waitFor();

    await button(page, 'Autres actions').click();
    await page.getByRole('menuitem', { name: 'Mettre à la corbeille' }).click();
    await heading(page, 'Espace commun');
    await button(page, 'Annuler l’action').click();
    await page.getByRole('link', { name: 'Ventes de widgets' }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a question in SQL runs, shows where it is wrong, and takes a value'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/question/new?sql');
    const editor = page.getByRole('textbox', { name: 'La question en SQL' });
    await editor.click();
    await page.keyboard.type('select count(*) as n from ORDERZ');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').getByText('no such table').waitFor();
    assert.equal(await page.locator('.cm-mistake').textContent(), 'ORDERZ');

    await editor.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    // The editor closes the brackets.
    await page.keyboard.type('select count(*) as n from ORDERS where TOTAL > {{least');
    await page.getByText(/Tab quitte l’éditeur/).waitFor();
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => !document.activeElement.closest('.cm-editor'));
    // Enter in the box of a variable runs what is written, with the value of the box.
    const asked = page.waitForRequest((request) => request.url().endsWith('/api/dataset') && request.postDataJSON().parameters?.[0]?.value !== null);
    await page.getByLabel('Least').fill('100');
    await page.keyboard.press('Enter');
    assert.match(JSON.stringify((await asked).postDataJSON().parameters), /100/);
    await page.getByRole('status').getByText('1 ligne').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'the kind of chart and its settings are seen at once'(site) {
    const { page, context } = await administrator(site);
    const { id } = await question(context.request);

    await page.goto(`/question/${id}`);
    await page.getByRole('application').waitFor();
    // Those that suit the answer are drawn with its figures.
    await button(page, 'Graphique : Ligne').click();
    const suggested = page.getByRole('group', { name: 'Graphiques proposés' });
    await suggested.locator('svg path').first().waitFor();
    assert.equal(await suggested.getByRole('button').count(), 4);
    assert.equal(await suggested.getByRole('button', { name: 'Ligne', exact: true }).count(), 0);
    await accessible(page);
    await suggested.getByRole('button', { name: 'Aires', exact: true }).press('Enter');
    await pick(page, 'Graphique : Aires', 'barres');
    await button(page, 'Réglages').click();
    await page.getByText('Affichage', { exact: true }).click();
    await page.getByText('Montrer les valeurs').click();
    await page.locator('svg path[class*=bar]').first().waitFor();
    await button(page, 'Enregistrer').waitFor();
    await context.close();
  },

  async 'a chart is read with the arrows'(site) {
    const { page, context } = await administrator(site);
    const { id } = await question(context.request);

    await page.goto(`/question/${id}`);
    const chart = page.getByRole('application');
    await chart.focus();
    await page.keyboard.press('End');
    await chart.getByRole('status').getByText(/octobre 2026.*Widget/).waitFor();
    await context.close();
  },

  async 'a question is made with the keyboard alone'(site) {
    const { page, context, complaints } = await administrator(site);
    const { keyboard } = page;

    await page.goto('/question/new?db=1&table=6');
    await page.getByText('Lignes de People.').waitFor();
    await button(page, 'Ajouter un regroupement').focus();
    await keyboard.press('Enter');
    await page.getByRole('searchbox').waitFor();
    await keyboard.type('state');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByText('Nombre de lignes de People par State.').waitFor();
    await page.getByRole('region', { name: 'Regrouper par' }).getByRole('button', { name: 'State', exact: true }).focus();
    await keyboard.press('Delete');
    await page.getByText('Nombre de lignes de People.').waitFor();
    await keyboard.press('Control+z');
    await page.getByText('Nombre de lignes de People par State.').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'the palette finds a question from anywhere'(site) {
    const { page, context } = await administrator(site);
    await question(context.request, { name: 'Une question cachée' });

    await page.goto('/account/profile');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('searchbox').fill('cachee');
    await page.getByRole('option', { name: 'Une question cachée' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await heading(page, 'Une question cachée');
    await context.close();
  },
};
