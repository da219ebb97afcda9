// A file becomes a table: an administrator allows it, somebody sends one, and asks about it.
import assert from 'node:assert/strict';
import { withPostgres } from '../../../../tests/api/postgres.mjs';
import { administrator, call, heading } from '../site.mjs';

export const prepare = ({ readySite }) => readySite();

const button = (page, name) => page.getByRole('button', { name, exact: true });
const file = 'Ville;Habitants;Ouverte le\nBrest;139619;2024-03-01\nRennes;225081;2024-04-15\nQuimper;63642;2024-05-02\n';

/** A database of the site on a private PostgreSQL. */
async function connect(request, url) {
  const { hostname, port, username, password, pathname } = new URL(url);
  const details = { host: hostname, port: Number(port), dbname: pathname.slice(1), user: decodeURIComponent(username), password: decodeURIComponent(password), 'schema-filters-type': 'all' };

  return call(request, 'POST', '/api/database', { name: 'Fichiers', engine: 'postgres', details });
}

export const journeys = {
  async 'a file is allowed, sent, and read as a table'(site) {
    const { page, context, complaints } = await administrator(site);

    await withPostgres(async (url) => {
      const { id } = await connect(context.request, url);

      await page.goto('/collection/root');
      await heading(page, 'Espace commun');
      assert.equal(await button(page, 'Déposer un fichier').count(), 0);
      await page.goto(`/admin/databases/${id}`);
      await page.getByText('On peut y déposer des fichiers').click();
      await page.getByLabel('Schéma', { exact: true }).fill('public');
      await button(page, 'Enregistrer : Fichiers').click();
      await page.getByText('Les modifications sont enregistrées.').waitFor();

      await page.goto('/');
      await button(page, 'Nouveau').click();
      await page.getByRole('menuitem', { name: 'Table d’un fichier' }).click();
      await page.getByLabel('Fichier', { exact: true }).setInputFiles({ name: 'villes.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
      await page.getByRole('dialog').getByRole('button', { name: 'Déposer', exact: true }).click();
      await page.waitForURL(/\/question\/\d+/);
      await page.getByText('Quimper', { exact: true }).first().waitFor();
      await page.getByRole('columnheader', { name: /Habitants/ }).waitFor();
      assert.equal(await page.getByRole('columnheader', { name: /row id/i }).count(), 0);

      const { tables } = await call(context.request, 'GET', `/api/database/${id}?include=tables`);
      await page.goto(`/admin/tables/${tables[0].id}`);
      await button(page, 'Lignes d’un fichier').click();
      await page.getByLabel('Fichier', { exact: true }).setInputFiles({ name: 'suite.csv', mimeType: 'text/csv', buffer: Buffer.from('Ville;Habitants;Ouverte le\nVannes;54020;2024-06-01\n') });
      await page.getByRole('dialog').getByRole('button', { name: 'Déposer', exact: true }).click();
      await page.getByText('Les lignes sont là.').waitFor();
      const { data } = await call(context.request, 'POST', '/api/dataset', { database: id, type: 'query', query: { 'source-table': tables[0].id, aggregation: [['count']] } });
      assert.deepEqual(data.rows, [[4]]);

      await page.goto('/collection/root');
      await button(page, 'Déposer un fichier').click();
      await page.getByLabel('Fichier', { exact: true }).setInputFiles({ name: 'vide.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
      await page.getByRole('dialog').getByRole('button', { name: 'Déposer', exact: true }).click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
    });
    assert.deepEqual(complaints, []);
    await context.close();
  },
};
