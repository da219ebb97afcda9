// Finding things: the palette by keyboard, the search page, bookmarks, what was seen lately.
import assert from 'node:assert/strict';
import { accessible } from '../axe.mjs';
import { administrator, call, dashboard, heading, question } from '../site.mjs';

export async function prepare({ readySite }) {
  const site = await readySite();
  const { context } = await administrator(site);
  const { id: collection } = await call(context.request, 'POST', '/api/collection', { name: 'Pilotage' });

  await dashboard(context.request, (await question(context.request)).id);
  await question(context.request, { name: 'Délais de livraison', collection_id: collection });
  await context.close();
  return { ...site, collection };
}

export const journeys = {
  async 'the palette finds by keyboard, without accents, and goes there'(site) {
    const { page, context, complaints } = await administrator(site);

    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('searchbox').waitFor();
    await page.keyboard.type('delais');
    await dialog.getByRole('option', { name: /Délais de livraison/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await dialog.locator('[role=option][data-focused]').filter({ hasText: 'Délais de livraison' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Délais de livraison' }).waitFor();

    await page.keyboard.press('Control+k');
    await dialog.getByRole('searchbox').waitFor();
    await page.keyboard.type('boutique');
    await dialog.getByRole('option', { name: /Activité de la boutique/ }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Activité de la boutique' }).waitFor();

    // What can be done here comes first; places are found by other words too.
    await page.keyboard.press('Control+k');
    await dialog.getByRole('group').first().getByText('Sur cette page').waitFor();
    await page.keyboard.type('historique');
    await dialog.getByRole('option', { name: 'Historique', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/dashboard\/\d+\/history$/);
    await page.keyboard.press('Control+k');
    await dialog.getByRole('searchbox').waitFor();
    await page.keyboard.type('poubelle');
    await dialog.getByRole('option', { name: 'Corbeille' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/trash$/);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'keys are listed with ?, from the palette and from the account; those of one letter are turned off'(site) {
    const { page, context, complaints } = await administrator(site);
    const list = page.getByRole('dialog', { name: 'Touches' });
    const closed = async () => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };

    await page.goto('/account/profile');
    await heading(page, 'Profil');
    await page.keyboard.press('?');
    await list.getByRole('row', { name: 'Ctrl + K Trouver quelque chose, ou aller quelque part' }).waitFor();
    await accessible(page);
    await closed();
    await page.getByRole('button', { name: /^Compte de/ }).click();
    await page.getByRole('menuitem', { name: 'Touches' }).click();
    await list.waitFor();
    await closed();

    // In a box it is a letter like others.
    await page.getByLabel('Prénom').press('End');
    await page.keyboard.press('?');
    assert.match(await page.getByLabel('Prénom').inputValue(), /\?$/);

    await page.getByRole('checkbox', { name: /Touches d’une seule lettre/ }).press('Space');
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Rechercher' }).getByRole('searchbox').waitFor();
    assert.equal(await list.count(), 0);
    await page.keyboard.type('raccourcis');
    await page.getByRole('option', { name: 'Touches' }).waitFor();
    await page.keyboard.press('Enter');
    await list.waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'an administrator finds a setting by its words or its variable, and sees who changed it'(site) {
    const { page, context, complaints } = await administrator(site);
    const dialog = page.getByRole('dialog');
    const find = async (word, name) => {
      await page.keyboard.press('Control+k');
      await dialog.getByRole('searchbox').waitFor();
      await page.keyboard.type(word);
      await dialog.getByRole('group', { name: 'Réglages' }).getByRole('option', { name }).click();
    };

    await call(context.request, 'PUT', '/api/setting/public-contact', { value: 'data@example.fr' });
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await find('contact', /Contact pour les lecteurs/);
    const contact = page.getByRole('textbox', { name: 'Contact pour les lecteurs' });
    await contact.and(page.locator(':focus')).waitFor();
    await page.getByText(/MB_PUBLIC_CONTACT.*Changé par ada\.martin@example\.fr, \d/).waitFor();
    // From the page of settings itself, to another of them.
    await find('MB_DOWNLOAD', /MB_DOWNLOAD_ROW_LIMIT/);
    await page.getByRole('spinbutton', { name: 'Nombre de lignes d’un fichier' }).or(page.locator('input[type=number]:focus')).first().waitFor();
    await page.waitForURL(/setting=download-row-limit$/);
    await find('MB_EMAIL_SMTP_HOST', 'Courriel');
    await page.getByRole('heading', { level: 1, name: 'Courriel' }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'the search page narrows down by kind and by place, and its address keeps it'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/');
    await page.getByRole('button', { name: 'Rechercher' }).click();
    await page.keyboard.type('de');
    await page.getByRole('option', { name: /Tous les résultats/ }).click();
    await page.getByRole('table', { name: 'Résultats' }).waitFor();
    await page.getByRole('button', { name: /Genre$|Type$|Sorte$/ }).click();
    await page.getByRole('option', { name: 'Question', exact: true }).click();
    await page.waitForURL(/models=card/);
    await page.getByRole('button', { name: /^Partout|Rangé/ }).or(page.getByRole('button', { name: /N’importe où/ })).first().click();
    await page.getByRole('option', { name: 'Pilotage' }).click();
    await page.waitForURL(new RegExp(`collection=${site.collection}`));
    await page.getByRole('rowheader', { name: 'Délais de livraison' }).waitFor();
    await page.getByRole('rowheader', { name: 'Commandes par mois' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('1 résultat', { exact: true }).waitFor();
    await context.close();
  },

  async 'what is kept at hand stands on the home page'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/dashboard/1');
    await page.getByRole('button', { name: 'Autres actions' }).click();
    await page.getByRole('menuitem', { name: 'Ajouter à mes favoris' }).click();
    await page.getByRole('button', { name: 'Autres actions' }).click();
    await page.getByRole('menuitem', { name: 'Retirer de mes favoris' }).waitFor();
    await page.goto('/');
    await page.getByRole('region', { name: 'Favoris' }).getByRole('link', { name: 'Activité de la boutique' }).click();
    await page.getByRole('heading', { level: 1, name: 'Activité de la boutique' }).waitFor();
    await page.getByRole('button', { name: 'Autres actions' }).click();
    await page.getByRole('menuitem', { name: 'Retirer de mes favoris' }).click();
    await page.getByRole('button', { name: 'Autres actions' }).click();
    await page.getByRole('menuitem', { name: 'Ajouter à mes favoris' }).waitFor();
    assert.deepEqual(await call(context.request, 'GET', '/api/bookmark'), []);
    await context.close();
  },

  async 'several things are moved at once, and thrown away, and it can be undone'(site) {
    const { page, context } = await administrator(site);
    const ids = [];
    for (const name of ['Premier essai', 'Second essai']) ids.push((await question(context.request, { name })).id);
    const read = () => Promise.all(ids.map((id) => call(context.request, 'GET', `/api/card/${id}`)));

    await page.goto('/collection/root');
    await page.getByRole('checkbox', { name: 'Choisir Premier essai' }).check();
    await page.getByRole('checkbox', { name: 'Choisir Second essai' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('2 éléments choisis').waitFor();
    // Strangers read one of them: who may publish sees it here.
    const row = (name) => page.getByRole('row').filter({ has: page.getByRole('link', { name }) });
    await row('Second essai').getByText('Pas publié').waitFor();
    await page.getByRole('button', { name: 'Déplacer', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: /Rangé dans$/ }).click();
    await page.getByRole('option', { name: 'Pilotage' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Déplacer' }).click();
    await page.getByRole('link', { name: 'Premier essai' }).waitFor({ state: 'detached' });
    assert.deepEqual((await read()).map(({ collection_id }) => collection_id), [site.collection, site.collection]);
    await page.getByRole('button', { name: 'Annuler l’action' }).click();
    await page.getByRole('link', { name: 'Premier essai' }).waitFor();
    await call(context.request, 'POST', `/api/card/${ids[0]}/public_link`);
    await page.getByRole('button', { name: /Type$/ }).click();
    await page.getByRole('option', { name: 'Question', exact: true }).click();
    await page.waitForURL(/\?kind=card$/);
    await page.reload();
    await row('Premier essai').getByText('Par un lien').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Pilotage' }).count(), 0);

    await page.getByRole('checkbox', { name: 'Choisir Premier essai' }).check();
    await page.getByRole('checkbox', { name: 'Choisir Second essai' }).check();
    await page.getByRole('button', { name: 'Mettre à la corbeille', exact: true }).click();
    await page.getByRole('link', { name: 'Second essai' }).waitFor({ state: 'detached' });
    assert.deepEqual((await read()).map(({ archived }) => archived), [true, true]);
    await context.close();
  },

  async 'the first page shows what was begun, what fails, and what the public reads'(site) {
    const { page, context, complaints } = await administrator(site);
    const native = (query) => ({ database: 1, type: 'native', native: { query } });
    const made = await call(context.request, 'POST', '/api/dashboard', { name: 'Bilan commencé', parameters: [] });
    await call(context.request, 'PUT', `/api/vigie/dashboard/${made.id}/draft`, { version: 0, based_on: made.updated_at, content: { name: 'Bilan', dashcards: [] } });
    const broken = await call(context.request, 'POST', '/api/card', { name: 'Table partie', display: 'table', visualization_settings: {}, dataset_query: native('select nothing from nowhere') });
    await call(context.request, 'POST', `/api/card/${broken.id}/query`);
    const read = await call(context.request, 'POST', '/api/dashboard', { name: 'Chiffres ouverts' });
    await call(context.request, 'POST', `/api/dashboard/${read.id}/public_link`);

    const item = (shelf, name) => page.getByRole('region', { name: shelf }).getByRole('link', { name });
    for (let tries = 0; tries < 50; tries++) {
      await page.goto('/');
      await item('Lus par le public', /Chiffres ouverts.*Personne n’a encore regardé/).waitFor();
      // What was run is written down after its answer.
      if (await item('Vos questions en panne', /Table partie.*En panne le/).count()) break;
    }
    await accessible(page);
    await item('Vos questions en panne', /Table partie/).click();
    await heading(page, 'Table partie');
    await page.goBack();
    await item('Vos brouillons', /Bilan commencé.*Modifié le/).click();
    await page.getByRole('button', { name: 'Publier les changements' }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },
};
