// Links and questions that Metabase made, old ones and new ones: they open, and one goes on with them.
import assert from 'node:assert/strict';
import { visitor } from '../browser.mjs';
import { admin, administrator, call } from '../site.mjs';

const behind = (content) => Buffer.from(JSON.stringify(content)).toString('base64');
const mark = (more = {}) => ({ 'lib/uuid': crypto.randomUUID(), ...more });

const older = {
  type: 'query',
  database: 1,
  query: { 'source-table': 5, aggregation: [['count']], breakout: [['field', 43, { 'temporal-unit': 'month' }]], filter: ['>', ['field', 41, null], 10] },
};
const newer = () => ({
  'lib/type': 'mbql/query',
  database: 1,
  stages: [
    {
      'lib/type': 'mbql.stage/mbql',
      'source-table': 5,
      aggregation: [['count', mark()]],
      breakout: [['field', mark({ 'temporal-unit': 'month' }), 43]],
      filters: [['>', mark(), ['field', mark(), 41], 10]],
    },
  ],
});
const sql = () => ({ 'lib/type': 'mbql/query', database: 1, stages: [{ 'lib/type': 'mbql.stage/native', native: 'select 41 + 1 as answer', 'template-tags': {} }] });
const asked = (dataset_query) => behind({ dataset_query, display: 'line', displayIsLocked: true, visualization_settings: {}, type: 'question', parameters: [] });
const sentence = 'Nombre de lignes de Orders par Created At (mois), où Total est plus grand que 10.';

export const journeys = {
  async 'old links: a question behind the # is asked, however old its form'(site) {
    const { page, context, complaints } = await administrator(site);

    for (const address of [`/question#${asked(older)}`, `/question/notebook#${asked(newer())}`]) {
      await page.goto('/trash');
      await page.goto(address);
      await page.getByText(sentence).waitFor();
      await page.getByRole('status').getByText(/^\d\d lignes/).waitFor();
    }
    await page.goto('/trash');
    await page.goto(`/question#${asked(sql())}`);
    await page.getByRole('textbox', { name: 'La question en SQL' }).waitFor();
    await page.goto('/trash');
    await page.goto(`/question#${behind({ dataset_query: [] })}`);
    await page.getByText('Choisissez les données qui contiennent la réponse.').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'old links: a table by its number alone is looked at'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/table/5-orders');
    await page.getByText('Lignes de Orders.').waitFor();
    assert.match(page.url(), /\/question\/new\?db=1&table=5/);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'old links: whoever must sign in first still finds the question'(site) {
    const { page, context } = await visitor(site.browser, site.origin);

    await page.goto(`/question#${asked(older)}`);
    await page.getByLabel('Adresse électronique').fill(admin.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(admin.password);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByText(sentence).waitFor();
    await context.close();
  },

  async 'old links: a question that was saved in the newer form is built on, and left by its points'(site) {
    const { page, context, complaints } = await administrator(site);
    const { id } = await call(context.request, 'POST', '/api/card', { name: 'Venue d’ailleurs', display: 'bar', visualization_settings: {}, dataset_query: newer() });

    await page.goto(`/model/${id}-venue-d-ailleurs`);
    await page.getByRole('heading', { level: 1, name: 'Venue d’ailleurs' }).waitFor();
    await page.getByRole('button', { name: 'Modifier', exact: true }).click();
    await page.getByText(sentence).waitFor();
    assert.ok(await page.getByRole('button', { name: 'Enregistrer', exact: true }).isHidden());
    await page.getByRole('button', { name: 'Autres actions' }).click();
    await page.getByRole('menuitem', { name: 'Voir le SQL' }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },
};
