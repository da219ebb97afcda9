// Connecting one's own database: what is wrong is said at the field it concerns.
import assert from 'node:assert/strict';
import { administrator, heading } from '../site.mjs';

export const journeys = {
  async 'a wrong connection is explained at its field, in French'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/admin/databases');
    await heading(page, 'Bases de données');
    await page.getByRole('button', { name: 'Connecter une base de données' }).click();
    const form = page.getByRole('form').or(page.locator('form')).first();
    await form.getByLabel('Nom montré à votre équipe').fill('Statistiques');
    await form.getByLabel('Serveur', { exact: true }).fill('127.0.0.1');
    await form.getByLabel('Port').fill('1');
    await form.getByLabel('Nom de la base').fill('x');
    await form.getByLabel('Nom d’utilisateur').fill('x');
    await form.getByRole('button', { name: 'Connecter', exact: true }).click();
    await form.getByText('Rien ne répond à cette adresse et à ce port.').first().waitFor();
    assert.equal(await form.getByLabel('Port').getAttribute('aria-invalid'), 'true');
    assert.deepEqual(
      complaints.filter((text) => !text.includes('400')),
      [],
    );
    await context.close();
  },
};
