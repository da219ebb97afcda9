// A first look at data: a dashboard that nobody made, kept with one press.
import assert from 'node:assert/strict';
import { accessible } from '../axe.mjs';
import { administrator, heading } from '../site.mjs';

export const prepare = ({ readySite }) => readySite();

export const journeys = {
  async 'xray: from the home page to a kept dashboard'(site) {
    const { page, context, complaints, foreign } = await administrator(site);

    await page.goto('/');
    await page.getByRole('link', { name: 'Orders', exact: true }).click();
    await heading(page, 'Un regard sur Orders');
    await page.getByRole('application').first().waitFor();
    await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
    await accessible(page);
    await page.getByRole('button', { name: 'Garder ce tableau de bord' }).click();
    await page.waitForURL(/\/dashboard\/\d+/);
    await heading(page, 'Un regard sur Orders');
    await page.getByRole('application').first().waitFor();
    assert.deepEqual(complaints, []);
    assert.deepEqual(foreign, []);
    await context.close();
  },

  async 'xray: from the reference of a column to a question'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/reference/databases/1/tables/5');
    await page.getByRole('link', { name: 'Total', exact: true }).click();
    await heading(page, /^Un regard sur/);
    const chart = page.getByRole('application').first();
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Voir ces lignes' }).click();
    await page.getByRole('grid').waitFor();
    await context.close();
  },
};
