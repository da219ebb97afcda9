// How an answer looks: series one by one, formats of columns, rules of colour; each change is seen at once.
import assert from 'node:assert/strict';
import { accessible } from '../axe.mjs';
import { administrator, call, question } from '../site.mjs';

export const prepare = ({ readySite }) => readySite();

const button = (page, name) => page.getByRole('button', { name, exact: true });

async function settingsOf(page, id, tab) {
  await page.goto(`/question/${id}`);
  await button(page, 'Réglages').click();
  await page.getByText(tab, { exact: true }).click();
}

async function choose(page, label, option) {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

export const journeys = {
  async 'looks: a series gets a name, a colour and bars of its own, and keeps them'(site) {
    const { page, context, complaints } = await administrator(site);
    const { id } = await question(context.request);

    await settingsOf(page, id, 'Séries');
    await page.getByLabel(/Nom affiché/).fill('Nos widgets');
    await page.getByRole('list', { name: 'Légende' }).getByText('Nos widgets').waitFor();
    await choose(page, 'Dessiné comme', 'Barres');
    await page.locator('svg path[class*=bar]').first().waitFor();
    await button(page, 'Couleur 4').click();
    await accessible(page);
    await button(page, 'Enregistrer').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Enregistré', { exact: true }).first().waitFor();

    const saved = await call(context.request, 'GET', `/api/card/${id}`);
    const [own] = Object.values(saved.visualization_settings.series_settings);
    assert.deepEqual(own, { title: 'Nos widgets', display: 'bar', color: 'var(--chart-4)' });
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'looks: a column is written as money, with an example, and its cells take a colour'(site) {
    const { page, context } = await administrator(site);
    const { id } = await question(context.request, { name: 'Totaux', display: 'table', dataset_query: { database: 1, type: 'query', query: { 'source-table': 5, fields: [['field', 41, null]], limit: 20 } } });

    await settingsOf(page, id, 'Formats');
    await choose(page, 'Style', 'Monnaie');
    await page.locator('output').getByText(/€/).waitFor();
    await page.getByRole('gridcell').first().getByText(/€/).waitFor();
    await page.getByText('Données', { exact: true }).last().click();
    await button(page, 'Ajouter une règle de couleur').click();
    await page.getByLabel('Valeur', { exact: true }).fill('50');
    await page.locator('td[style*=background]').first().waitFor();
    await accessible(page);
    await button(page, 'Fermer : Total').click();
    await button(page, 'Retirer : Total').click();
    await page.locator('td[style*=background]').first().waitFor({ state: 'detached' });
    await context.close();
  },

  async 'looks: a date takes a pattern of one’s own'(site) {
    const { page, context } = await administrator(site);
    const { id } = await question(context.request, { name: 'Dates', display: 'table', dataset_query: { database: 1, type: 'query', query: { 'source-table': 5, fields: [['field', 43, null]], limit: 3 } } });

    await settingsOf(page, id, 'Formats');
    await choose(page, 'Style', 'Un modèle à soi');
    await page.getByRole('gridcell').first().getByText(/^\d{2}\/\d{2}\/\d{2}$/).waitFor();
    await page.getByLabel(/^Modèle/).fill('[an] YYYY, [T]Q');
    await page.getByRole('gridcell').first().getByText(/^an \d{4}, T[1-4]$/).waitFor();
    await page.locator('output').getByText(/^an \d{4}, T[1-4]$/).waitFor();
    await choose(page, 'Style', 'Comme le veut la langue');
    await page.getByLabel(/^Modèle/).waitFor({ state: 'detached' });
    await context.close();
  },
};
