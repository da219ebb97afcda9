// Beside an answer: the step of time, and what others may build on.
import assert from 'node:assert/strict';
import { accessible } from '../axe.mjs';
import { administrator, call, heading, question } from '../site.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });

export const journeys = {
  async 'answers: the step of time is changed beside the chart, and kept when it is saved'(site) {
    const { page, context, complaints } = await administrator(site);
    const breakout = [['field', 43, { 'temporal-unit': 'month' }]];
    const { id } = await question(context.request, { name: 'Au fil du temps', dataset_query: { database: 1, type: 'query', query: { 'source-table': 5, aggregation: [['count']], breakout, 'order-by': [['desc', breakout[0]]] } } });

    await page.goto(`/question/${id}`);
    await page.getByRole('status').getByText(/^\d\d lignes/).waitFor();
    await button(page, 'Par mois').click();
    await accessible(page);
    await page.getByRole('option', { name: 'Année', exact: true }).click();
    await button(page, 'Par année').waitFor();
    await page.getByRole('status').getByText(/^\d lignes/).waitFor();
    await button(page, 'Enregistrer').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByText('Enregistré', { exact: true }).waitFor();
    const { dataset_query } = await call(context.request, 'GET', `/api/card/${id}`);
    assert.equal(dataset_query.query['order-by'][0][1][2]['temporal-unit'], 'year');
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'answers: a question becomes a model, and a question again'(site) {
    const { page, context } = await administrator(site);
    const { id } = await question(context.request, { name: 'À partager' });
    const kind = async () => (await call(context.request, 'GET', `/api/card/${id}`)).type;

    await page.goto(`/question/${id}`);
    await heading(page, 'À partager');
    await button(page, 'Autres actions').click();
    await page.getByRole('menuitem', { name: 'Transformer en modèle' }).click();
    await page.getByText(/C’est maintenant un modèle/).waitFor();
    await page.getByText('Modèle', { exact: true }).waitFor();
    assert.equal(await kind(), 'model');
    await button(page, 'Autres actions').click();
    await page.getByRole('menuitem', { name: 'Transformer en question' }).click();
    await page.getByText('C’est maintenant une question.').waitFor();
    assert.equal(await kind(), 'question');
    await context.close();
  },
};
