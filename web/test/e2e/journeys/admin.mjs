// What administrators do: people, groups, settings, e-mail, keys, databases, and the record of it all.
import assert from 'node:assert/strict';
import { administrator, call, heading } from '../site.mjs';

async function act(page, name, action) {
  await page.getByRole('button', { name: `Actions pour ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

async function invite(context, person) {
  return call(context.request, 'POST', '/api/user', person);
}

export const journeys = {
  async 'people are found, edited and made administrators'(site) {
    const { page, context } = await administrator(site);

    await invite(context, { email: 'elodie.leroy@example.fr', first_name: 'Élodie', last_name: 'Leroy' });
    await invite(context, { email: 'maelle.kervella@example.fr', first_name: 'Maëlle', last_name: 'Kervella' });
    await page.goto('/admin/people');
    await page.getByLabel('Trouver quelqu’un').fill('leroy');
    await page.getByRole('rowheader', { name: 'Ada Martin' }).waitFor({ state: 'detached' });
    await act(page, 'Élodie Leroy', 'Modifier');
    await page.getByLabel('Nom de famille').fill('Le Roy');
    await page.getByRole('dialog').getByText('Voit tout, change les réglages').click();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Les modifications sont enregistrées.').waitFor();
    await page.getByLabel('Trouver quelqu’un').fill('le roy');
    const row = page.getByRole('row').filter({ hasText: 'elodie.leroy@example.fr' });
    await row.getByText('Administrateur').waitFor();
    await row.getByText('Élodie Le Roy').waitFor();
    await context.close();
  },

  async 'an address that is taken is said next to the address'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/admin/people');
    await page.getByRole('button', { name: 'Inviter quelqu’un' }).click();
    await page.getByLabel('Adresse électronique').fill('maelle.kervella@example.fr');
    await page.keyboard.press('Enter');
    await page.locator('[slot=errorMessage]').getByText('Quelqu’un utilise déjà cette adresse').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await context.close();
  },

  async 'deactivating can be undone at once, or later'(site) {
    const { page, context } = await administrator(site);
    const maelle = page.getByRole('rowheader', { name: 'Maëlle Kervella' });

    await page.goto('/admin/people');
    await act(page, 'Maëlle Kervella', 'Désactiver');
    await maelle.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Annuler l’action' }).click();
    await maelle.waitFor();

    await act(page, 'Maëlle Kervella', 'Désactiver');
    await maelle.waitFor({ state: 'detached' });
    await page.getByText('Désactivés', { exact: true }).click();
    await act(page, 'Maëlle Kervella', 'Réactiver');
    await maelle.waitFor({ state: 'detached' });
    await context.close();
  },

  async 'a lost link is made anew'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/admin/people');
    await act(page, 'Maëlle Kervella', 'Inviter à nouveau');
    assert.match(await page.getByRole('textbox', { name: 'Lien' }).inputValue(), /\/auth\/reset_password\/.+#new$/);
    await context.close();
  },

  async 'groups are made, filled, renamed and deleted'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/admin/groups');
    await page.getByRole('rowheader', { name: 'Tout le monde' }).waitFor();
    await page.getByRole('button', { name: 'Créer un groupe' }).click();
    await page.getByLabel('Nom du groupe').fill('Déploiement');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Déploiement' }).click();
    await heading(page, 'Déploiement');

    await page.getByRole('button', { name: /Ajouter quelqu’un au groupe/ }).click();
    await page.getByRole('option', { name: /Maëlle/ }).click();
    await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
    await page.getByRole('rowheader', { name: 'Maëlle Kervella' }).waitFor();

    await page.getByRole('button', { name: 'Retirer Maëlle Kervella' }).click();
    await page.getByText('Personne dans ce groupe').waitFor();
    await page.getByRole('button', { name: 'Annuler l’action' }).click();
    await page.getByRole('rowheader', { name: 'Maëlle Kervella' }).waitFor();

    await page.getByRole('button', { name: 'Renommer' }).click();
    await page.getByLabel('Nom du groupe').fill('Terrain');
    await page.getByRole('dialog').getByRole('button', { name: 'Renommer' }).click();
    await heading(page, 'Terrain');

    await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Groupes' }).click();
    await act(page, 'Terrain', 'Supprimer');
    await page.getByRole('button', { name: 'Supprimer le groupe' }).click();
    await page.getByRole('rowheader', { name: 'Terrain' }).waitFor({ state: 'detached' });
    await context.close();
  },

  async 'settings are saved one by one, with their reasons'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/admin/settings');
    await page.getByLabel('Nom du site').fill('Cap Accueil Bretagne');
    await page.getByRole('button', { name: 'Enregistrer : Nom du site' }).click();
    await page.getByText('Enregistré : Nom du site').waitFor();
    assert.equal(await call(context.request, 'GET', '/api/setting/site-name'), 'Cap Accueil Bretagne');

    await page.getByRole('button', { name: /Premier jour de la semaine/ }).click();
    await page.getByRole('option', { name: 'Dimanche' }).click();
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Enregistrer : Premier jour de la semaine' }).click();
    await page.getByText('Enregistré : Premier jour de la semaine').waitFor();
    assert.equal(await call(context.request, 'GET', '/api/setting/start-of-week'), 'sunday');
    assert.ok((await page.locator('code').count()) >= 5);
    await context.close();
  },

  async 'the mail server is described, tried and forgotten'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/admin/email');
    await page.getByLabel('Serveur', { exact: true }).fill('127.0.0.1');
    await page.getByLabel('Port', { exact: true }).fill('1');
    await page.getByLabel('Adresse de l’expéditeur').fill('vigie@example.fr');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Le serveur de courriel est enregistré.').waitFor();

    // Nobody listens on that port: the reason is shown.
    await page.getByRole('button', { name: 'Envoyer un message d’essai' }).click();
    await page.getByRole('main').getByRole('alert').getByText('n’est pas parti').waitFor();
    await page.getByRole('button', { name: 'Oublier le serveur de courriel' }).click();
    await page.getByRole('button', { name: 'L’oublier' }).click();
    await page.getByRole('button', { name: 'Envoyer un message d’essai' }).waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel('Serveur', { exact: true }).inputValue(), '');
    await context.close();
  },

  async 'a key is shown once, lets a program in, and is revoked'(site) {
    const { page, context, complaints } = await administrator(site);
    const status = async (key) => {
      const answer = await fetch(`${site.origin}/api/user/current`, { headers: { 'X-API-Key': key } });
      return answer.status;
    };

    await page.goto('/admin/keys');
    await page.getByText('Pas encore de clé').waitFor();
    await page.getByRole('button', { name: 'Créer une clé' }).click();
    await page.getByLabel('Nom de la clé').fill('export de nuit');
    await page.getByRole('button', { name: 'Créer', exact: true }).click();
    const first = await page.getByLabel('Clé', { exact: true }).inputValue();
    assert.match(first, /^mb_/);
    await page.getByRole('button', { name: 'Terminé' }).click();
    assert.equal(await status(first), 200);
    assert.equal((await page.content()).includes(first), false);

    await act(page, 'export de nuit', 'Remplacer par une nouvelle clé');
    await page.getByRole('button', { name: 'La remplacer' }).click();
    const second = await page.getByLabel('Clé', { exact: true }).inputValue();
    await page.getByRole('button', { name: 'Terminé' }).click();
    assert.notEqual(second, first);
    assert.equal(await status(first), 401);

    await act(page, 'export de nuit', 'Révoquer');
    await page.getByRole('button', { name: 'La révoquer' }).click();
    await page.getByText('Pas encore de clé').waitFor();
    assert.equal(await status(second), 401);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'the sample database is removed and restored'(site) {
    const { page, context } = await administrator(site);
    const { data } = await call(context.request, 'GET', '/api/database');
    const { name } = data.find(({ is_sample }) => is_sample);

    await page.goto('/admin/databases');
    await page.getByText('À jour').waitFor();
    await act(page, name, 'Retirer');
    await page.getByRole('button', { name: 'La retirer' }).click();
    await page.getByText('Pas encore de base de données').waitFor();
    await page.getByRole('button', { name: 'Rétablir la base d’exemple' }).click();
    await page.getByRole('rowheader', { name }).waitFor();
    await context.close();
  },

  async 'the record tells who did what'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/admin/audit');
    const table = page.getByRole('table', { name: 'Activité' });
    await table.getByText('A créé une clé d’API').first().waitFor();
    await table.getByText(/Ada Martin|ada\.martin@example\.fr/).first().waitFor();
    await context.close();
  },
};
