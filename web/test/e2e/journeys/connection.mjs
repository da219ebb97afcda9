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
    await form.getByText('Rien ne répond à cette adresse et à ce port. Vérifiez l’hôte et le port, et que le serveur fonctionne.').first().waitFor();
    assert.equal(await form.getByLabel('Port').getAttribute('aria-invalid'), 'true');
    // What is wrong comes into sight, and is at hand.
    await page.waitForFunction(() => document.activeElement?.name === 'port');
    // Certificates are asked for once the connection is to be a secure one; a box frees what was marked, as a text does.
    assert.equal(await form.getByLabel(/^Certificat racine/).count(), 0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Connecter une base de données' }).click();
    await form.getByLabel('Nom montré à votre équipe').fill('Statistiques');
    for (const [field, text] of [['Serveur', '127.0.0.1'], ['Port', '1'], ['Nom de la base', 'x'], ['Nom d’utilisateur', 'x']]) await form.getByLabel(field).first().fill(text);
    await form.getByRole('button', { name: 'Connecter', exact: true }).click();
    await form.getByText('Rien ne répond à cette adresse').first().waitFor();
    await form.getByText('Connexion chiffrée (SSL)').click();
    await form.getByLabel(/^Certificat racine/).waitFor();
    await form.locator('[aria-invalid=true]').waitFor({ state: 'detached' });
    // An address alone is enough.
    await page.reload();
    await page.getByRole('button', { name: 'Connecter une base de données' }).click();
    await form.getByLabel('Nom montré à votre équipe').fill('Statistiques');
    await form.getByLabel(/^Adresse de connexion/).fill('postgres://x:x@127.0.0.1:1/x');
    await form.getByRole('button', { name: 'Connecter', exact: true }).click();
    await page.waitForFunction(() => document.activeElement?.name === 'conn-uri');
    assert.match(await form.locator('[aria-invalid=true]').evaluateAll((found) => found.map(({ name }) => name).join()), /^conn-uri$/);
    assert.deepEqual(
      complaints.filter((text) => !text.includes('400')),
      [],
    );
    await context.close();
  },
};
