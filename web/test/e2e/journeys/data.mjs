// From the home page to a column, and to places that do not exist.
import assert from 'node:assert/strict';
import { administrator, call, heading } from '../site.mjs';

export const journeys = {
  async 'one finds a table and reads its columns'(site) {
    const { page, context, complaints } = await administrator(site);
    const { data: databases } = await call(context.request, 'GET', '/api/database');
    const { tables } = await call(context.request, 'GET', `/api/database/${databases[0].id}/metadata`);
    const orders = tables.find(({ name }) => name.toLowerCase() === 'orders');

    await page.goto('/');
    await page.getByRole('link', { name: /Voir les tables/ }).click();
    await heading(page, 'Données');
    await page.getByRole('main').getByRole('link', { name: databases[0].name }).click();
    await heading(page, databases[0].name);
    await page.getByLabel('Trouver une table').fill('ORDER');
    await page.getByRole('link', { name: orders.display_name, exact: true }).click();
    await heading(page, orders.display_name);
    assert.match(page.url(), new RegExp(`/reference/databases/${databases[0].id}/tables/${orders.id}$`));

    const table = page.getByRole('table');
    await table.getByText('Clé de la table').waitFor();
    await table.getByText('Nombre entier').first().waitFor();
    await table.getByRole('link', { name: /^Renvoie à \w+ → ID$/ }).first().click();
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: orders.display_name }).waitFor();
    const focusedTag = await page.evaluate(() => document.activeElement?.tagName);
    assert.equal(focusedTag, 'H1');

    await page.getByRole('link', { name: databases[0].name }).click();
    await heading(page, databases[0].name);
    await page.getByLabel('Trouver une table').fill('nothing like it');
    await page.getByText('Aucune table n’a ce nom.').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a table says what was made of it, and a dictionary of all tables can be printed'(site) {
    const { page, context, complaints } = await administrator(site);
    const { data: databases } = await call(context.request, 'GET', '/api/database');
    const { tables } = await call(context.request, 'GET', `/api/database/${databases[0].id}/metadata`);
    const orders = tables.find(({ name }) => name.toLowerCase() === 'orders');
    const query = { database: databases[0].id, type: 'query', query: { 'source-table': orders.id, aggregation: [['count']] } };
    await call(context.request, 'POST', '/api/card', { name: 'Combien de commandes', display: 'scalar', visualization_settings: {}, dataset_query: query });

    await page.goto(`/admin/tables/${orders.id}`);
    await page.getByRole('textbox', { name: /^Licence/ }).fill('ODbL https://example.fr/odbl');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Les modifications sont enregistrées.').waitFor();
    await page.goto(`/reference/databases/${databases[0].id}/tables/${orders.id}`);
    await page.getByRole('link', { name: 'ODbL' }).waitFor();
    const made = page.getByRole('table', { name: 'Questions posées sur cette table' });
    await made.getByRole('row', { name: /Combien de commandes.*Question/ }).waitFor();
    await page.getByRole('link', { name: databases[0].name }).click();
    await page.getByRole('link', { name: 'Dictionnaire', exact: true }).click();
    await heading(page, `Dictionnaire de ${databases[0].name}`);
    assert.equal(await page.getByRole('heading', { level: 2 }).count(), tables.length);
    await page.getByRole('table', { name: new RegExp(`^Colonnes de ${orders.display_name}`) }).getByText('Clé de la table').waitFor();
    assert.equal(await page.getByRole('link', { name: 'ODbL' }).getAttribute('href'), 'https://example.fr/odbl');
    const paper = (await page.pdf({ format: 'A4' })).toString('latin1');
    assert.ok((paper.match(/\/Type \/Page\b/g) ?? []).length > 1);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a page that does not exist says so, and shows the way home'(site) {
    const { page, context } = await administrator(site);

    for (const address of ['/nowhere', '/admin/nowhere', '/account/nowhere']) {
      await page.goto(address);
      await heading(page, 'Cette page n’existe pas');
    }
    await page.getByRole('link', { name: 'Aller à l’accueil' }).click();
    await heading(page, 'Bonjour Ada');
    await context.close();
  },

  async 'a table that does not exist is an answer, not a breakdown'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/reference/databases/1/tables/999999');
    await page.getByRole('alert').getByText('Cela n’existe plus').waitFor();
    await page.goto('/browse/databases/999999');
    await page.getByRole('alert').getByText('Cela n’existe plus').waitFor();
    await context.close();
  },

  async 'a server out of reach is said, and the page comes back with it'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/');
    await heading(page, 'Bonjour Ada');
    // What the page needs to draw itself is there before the network goes.
    await page.getByRole('link', { name: 'Données', exact: true }).click();
    await heading(page, 'Données');
    await page.getByRole('link', { name: 'Accueil', exact: true }).click();
    await heading(page, 'Bonjour Ada');

    await page.route('**/api/**', (route) => route.abort());
    await page.getByRole('link', { name: 'Administration' }).click();
    await page.getByText('Le serveur ne répond pas.').first().waitFor({ timeout: 20_000 });
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: 'Réessayer' }).first().click();
    await page.getByRole('rowheader', { name: 'Ada Martin' }).waitFor();
    assert.equal(await page.getByText('Le serveur ne répond pas.').count(), 0);
    await context.close();
  },
};
