// Going on, going back, and finding what others took away.
import assert from 'node:assert/strict';
import { accessible } from '../axe.mjs';
import { administrator, call, dashboard, heading, question } from '../site.mjs';

export const journeys = {
  async 'going: the way back leads to the choice of data again'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/question/new');
    await page.getByRole('option', { name: 'Orders' }).first().click();
    await page.getByText('Lignes de Orders.').waitFor();
    await page.goBack();
    await page.getByText('Choisissez les données qui contiennent la réponse.').waitFor();
    await page.goForward();
    await page.getByText('Lignes de Orders.').waitFor();
    await page.reload();
    await page.getByText('Lignes de Orders.').waitFor();
    await context.close();
  },

  async 'going: a link to the same dashboard with another filter filters it'(site) {
    const { page, context, complaints } = await administrator(site);
    const { id: card } = await question(context.request);
    const { id } = await dashboard(context.request, card);
    const filter = (value) => page.locator(`summary[aria-label="Catégorie: ${value}"]`);

    await page.goto(`/dashboard/${id}?categorie=Widget`);
    await filter('Widget').waitFor();
    // What a link of a text does within the app.
    await page.evaluate((address) => history.pushState(null, '', address), `/dashboard/${id}?categorie=Gizmo`);
    await filter('Gizmo').waitFor();
    await page.goBack();
    await filter('Widget').waitFor();
    assert.match(page.url(), /categorie=Widget$/);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'going: what is not there any more is said in words, with a way on'(site) {
    const { page, context } = await administrator(site);
    const source = await question(context.request, { name: 'Source' });
    const dataset_query = { database: 1, type: 'query', query: { 'source-table': `card__${source.id}`, aggregation: [['count']] } };
    const card = await question(context.request, { name: 'Sans source', display: 'table', dataset_query });
    const { id } = await call(context.request, 'POST', '/api/dashboard', { name: 'Avec un trou' });
    const place = { row: 0, col: 0, size_x: 12, size_y: 5, visualization_settings: {}, parameter_mappings: [] };

    await call(context.request, 'PUT', `/api/dashboard/${id}`, { dashcards: [{ id: -1, card_id: card.id, ...place }] });
    await call(context.request, 'DELETE', `/api/card/${source.id}`);
    await page.goto(`/dashboard/${id}`);
    await page.getByRole('alert').getByText('Une question enregistrée que celle-ci lit n’existe plus.').waitFor();
    await accessible(page);
    await page.getByRole('alert').getByRole('link', { name: 'Ouvrir la question' }).click();
    await heading(page, 'Sans source');
    await page.getByText('Une question enregistrée que celle-ci lit n’existe plus.').waitFor();
    await context.close();
  },
};
