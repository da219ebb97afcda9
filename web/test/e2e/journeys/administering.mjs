// Rights, databases, tables, kept answers, publications, jobs, troubleshooting.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { zip } from '../../../../tests/api/zip.mjs';
import { accessible } from '../axe.mjs';
import { administrator, call, dashboard, heading, question } from '../site.mjs';

export async function prepare({ readySite }) {
  const site = await readySite();
  const { context } = await administrator(site);
  const { request } = context;

  await call(request, 'POST', '/api/user', { email: 'babacar.diop@example.fr', first_name: 'Babacar', last_name: 'Diop' });
  const { id: group } = await call(request, 'POST', '/api/permissions/group', { name: 'Terrain' });
  await call(request, 'POST', '/api/permissions/membership', { group_id: group, user_id: 2 });
  const { id: parent } = await call(request, 'POST', '/api/collection', { name: 'Pilotage' });
  const { id: child } = await call(request, 'POST', '/api/collection', { name: 'Régions', parent_id: parent });
  await dashboard(request, (await question(request)).id);
  await context.close();
  return { ...site, group, parent, child };
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
const cell = (page, group, place) => page.getByRole('combobox', { name: `${group}, ${place}`, exact: true });
const choose = async (page, select, option) => {
  await page.getByRole('button', { name: select }).click();
  await page.getByRole('option', { name: option }).first().click();
};

async function act(page, name, action) {
  await button(page, `Actions pour ${name}`).click();
  await page.getByRole('menuitem', { name: action }).click();
}

export const journeys = {
  async 'rights to data are given by database and by table, and a conflict is said'(site) {
    const { page, context, complaints } = await administrator(site);
    const rights = async () => (await call(context.request, 'GET', '/api/permissions/graph')).groups[site.group];

    await page.goto('/admin/permissions');
    await page.getByText('Tout le monde : Oui').first().waitFor();
    await page.getByText('Poser des questions', { exact: true }).click();
    await cell(page, 'Terrain', 'Sample Database').selectOption({ label: 'Avec le formulaire' });
    await page.getByText('1 changement n’est pas encore enregistré').waitFor();
    await call(context.request, 'PUT', '/api/permissions/graph', { groups: { [site.group]: { 1: { 'view-data': 'unrestricted' } } } });
    await button(page, 'Enregistrer').click();
    await page.getByText('Quelqu’un d’autre a changé des droits entre-temps.').waitFor();
    await button(page, 'Enregistrer').click();
    await page.getByText('Les droits sont enregistrés.').waitFor();
    assert.deepEqual((await rights())[1], { 'view-data': 'unrestricted', 'create-queries': 'query-builder' });

    await button(page, 'Tables de Sample Database').click();
    await cell(page, 'Terrain', 'People').selectOption({ label: 'Non' });
    assert.equal(await cell(page, 'Terrain', 'Sample Database').inputValue(), 'mixed');
    await button(page, 'Enregistrer').click();
    await page.getByText('1 changement n’est pas').waitFor({ state: 'detached' });
    const tables = Object.values((await rights())[1]['create-queries'])[0];
    assert.equal(Object.values(tables).filter((word) => word === 'no').length, 1);
    assert.equal(Object.values(tables).filter((word) => word === 'query-builder').length, 7);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'rights to a collection reach those inside'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/admin/permissions/collections');
    await cell(page, 'Terrain', 'Pilotage').selectOption({ label: 'Voir' });
    await page.getByText('2 changements ne sont pas encore enregistrés').waitFor();
    await button(page, 'Enregistrer').click();
    await page.getByText('Les droits sont enregistrés.').waitFor();
    const { groups } = await call(context.request, 'GET', '/api/collection/graph');
    assert.deepEqual(groups[site.group], { [site.parent]: 'read', [site.child]: 'read' });
    await context.close();
  },

  async 'rows are limited, a column is hidden, and it is told why'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/admin/permissions/rules');
    await button(page, 'Limiter les lignes').click();
    await choose(page, /Groupe$/, 'Terrain');
    await choose(page, /Table$/, 'Products');
    await choose(page, /Colonne$/, 'Category');
    await page.getByLabel('Valeur', { exact: true }).fill('Gadget, Gizmo');
    await button(page, 'Ajouter la règle').click();
    await page.getByRole('cell', { name: /Category est Gadget, Gizmo/ }).waitFor();

    await button(page, 'Cacher une colonne').click();
    await choose(page, /Groupe$/, 'Terrain');
    await choose(page, /Table$/, 'People');
    await choose(page, /Colonne$/, 'Email');
    await button(page, 'Ajouter la règle').click();
    await button(page, 'Montrer à nouveau').waitFor();
    assert.deepEqual((await call(context.request, 'GET', '/api/vigie/row-filter'))[0].value, ['Gadget', 'Gizmo']);

    await page.goto('/admin/permissions/why');
    await choose(page, /Qui$/, 'Babacar Diop');
    await choose(page, /Quoi$/, 'Products');
    await page.getByText('Peut le voir').waitFor();
    await page.getByText('Est dans le groupe Terrain.').waitFor();
    await page.getByText(/ne voit que les lignes qui répondent à une règle/).waitFor();
    await context.close();
  },

  async 'a database is tested, read, and may be looked into'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/admin/databases');
    await page.getByRole('link', { name: 'Sample Database' }).click();
    await heading(page, 'Sample Database');
    await button(page, 'Tester la connexion').click();
    await page.getByText('La base répond.').waitFor();
    await button(page, 'Lire les tables maintenant').click();
    await page.getByText(/Tables lues le .* 8 tables \(0 de plus, 0 de moins\)/).waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Toutes ses lectures' }).waitFor();
    await page.getByText('Les valeurs des colonnes peuvent être regardées et gardées').click();
    await page.getByRole('button', { name: /Regarder les valeurs : à quelle heure/ }).waitFor();
    const schedules = async () => (await call(context.request, 'GET', '/api/database/1')).schedules;
    assert.equal((await schedules()).cache_field_values.schedule_type, 'daily');

    const saved = () => page.getByText('Les modifications sont enregistrées.').last().waitFor();
    await choose(page, /Lire les noms des tables et des colonnes$/, 'Chaque mois');
    await choose(page, /Lire les noms des tables et des colonnes : quand dans le mois$/, 'À la fin');
    await choose(page, /Lire les noms des tables et des colonnes : quel jour$/, 'vendredi');
    const save = button(page, 'Enregistrer : Lire les noms des tables et des colonnes');
    await save.click();
    await save.waitFor({ state: 'detached' });
    const { schedule_type, schedule_frame, schedule_day } = (await schedules()).metadata_sync;
    assert.deepEqual([schedule_type, schedule_frame, schedule_day], ['monthly', 'last', 'fri']);

    await choose(page, /Lire les noms des tables et des colonnes$/, 'Autre');
    const cron = page.getByLabel('Lire les noms des tables et des colonnes, comme l’écrit cron');
    await cron.fill('soon');
    await save.click();
    await page.getByText(/metadata_sync/).waitFor();
    await cron.fill('*/20 8-18 * * 1-5');
    await save.click();
    await save.waitFor({ state: 'detached' });
    await saved();
    assert.equal((await call(context.request, 'GET', '/api/database/1')).metadata_sync_schedule, '*/20 8-18 * * 1-5');
    await context.close();
  },

  async 'a table and a column are named, hidden, moved and given names for their codes'(site) {
    const { page, context } = await administrator(site);
    const fields = async () => (await call(context.request, 'GET', '/api/table/7/query_metadata')).fields;

    await page.goto('/admin/tables/7');
    await page.getByLabel('Description', { exact: false }).first().fill('Ce que la boutique vend.');
    await button(page, 'Enregistrer').click();
    await page.getByText('Les modifications sont enregistrées.').waitFor();
    assert.equal((await call(context.request, 'GET', '/api/table/7')).description, 'Ce que la boutique vend.');

    await act(page, 'Category', 'Modifier');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nom', { exact: true }).fill('Catégorie');
    await choose(page, /Ce qui est montré$/, 'Un nom pour chaque valeur');
    await dialog.getByLabel('Nom de Gizmo').fill('Bidule');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('rowheader', { name: 'Catégorie' }).waitFor();
    const category = (await fields()).find(({ name }) => name === 'CATEGORY');
    assert.deepEqual([category.display_name, category.dimensions[0].type], ['Catégorie', 'internal']);
    const { values } = await call(context.request, 'GET', `/api/field/${category.id}/values`);
    assert.deepEqual(values.find(([value]) => value === 'Gizmo'), ['Gizmo', 'Bidule']);

    const before = (await fields()).map(({ id }) => id);
    await act(page, 'Catégorie', 'Monter');
    const third = page.getByRole('table', { name: 'Colonnes' }).getByRole('row').nth(3).getByRole('rowheader', { name: 'Catégorie' });
    await third.waitFor();
    assert.notDeepEqual((await fields()).map(({ id }) => id), before);
    await context.close();
  },

  async 'a column of numbers is read as moments'(site) {
    const { page, context } = await administrator(site);
    const dialog = page.getByRole('dialog');
    const quantity = async () => (await call(context.request, 'GET', '/api/table/5/query_metadata')).fields.find(({ name }) => name === 'QUANTITY');

    await page.goto('/admin/tables/5');
    await act(page, 'Quantity', 'Modifier');
    await choose(page, /Lire comme$/, 'Un moment : secondes depuis 1970');
    await accessible(page);
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal((await quantity()).effective_type, 'type/Instant');
    await act(page, 'Quantity', 'Modifier');
    await choose(page, /Lire comme$/, 'Comme le dit la base');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal((await quantity()).effective_type, 'type/Integer');
    await context.close();
  },

  async 'a column is given its formats, and every answer takes them'(site) {
    const { page, context, complaints } = await administrator(site);
    const dialog = page.getByRole('dialog');

    await page.goto('/admin/tables/5');
    await act(page, 'Total', 'Modifier');
    await dialog.getByText('Comment ses valeurs s’écrivent').click();
    await choose(page, /Style$/, 'Monnaie');
    await dialog.getByLabel(/^Devise \(EUR/).fill('EUR');
    await dialog.getByLabel(/^Multiplié par/).fill('2');
    await dialog.locator('output').filter({ hasText: /2.469,00.€/ }).waitFor();
    await accessible(page);
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    await act(page, 'Created At', 'Modifier');
    await dialog.getByText('Comment ses valeurs s’écrivent').click();
    await choose(page, /Style$/, '2026/1/31');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { fields } = await call(context.request, 'GET', '/api/table/5/query_metadata');
    assert.deepEqual(fields.find(({ name }) => name === 'TOTAL').settings, { number_style: 'currency', currency: 'EUR', scale: 2 });

    await page.goto('/question/new?db=1&table=5');
    await page.getByText('110,78 €').first().waitFor();
    await page.getByText(/^20\d\d\/\d\d\/\d\d/).first().waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'content leaves as files, and comes back once it was seen what that changes'(site) {
    const { page, context, complaints } = await administrator(site);
    const bring = (bytes) => page.getByLabel('Archive ZIP').setInputFiles({ name: 'contenu.zip', mimeType: 'application/zip', buffer: bytes });
    const meta = (id, model) => `serdes/meta:\n- {id: ${id}, model: ${model}}\n`;
    const [notes, board] = ['A'.repeat(21), 'B'.repeat(21)];
    const files = (more = '') => ({
      'collections/main/notes.yaml': `name: Notes de suivi\nentity_id: ${notes}\n${meta(notes, 'Collection')}`,
      'collections/main/notes/a.yaml': `name: Tableau en fichier\nentity_id: ${board}\ncollection_id: ${notes}\n${more}${meta(board, 'Dashboard')}`,
    });

    await page.goto('/admin/files');
    await choose(page, /Quoi$/, /^\s*Pilotage/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Télécharger les fichiers' }).click()]);
    assert.equal(download.suggestedFilename(), 'Pilotage.zip');
    await bring(readFileSync(await download.path()));
    await page.getByText(/^Rien à faire\s: 2 fichiers disent/).waitFor();

    await bring(zip(files('nom: faux\n')));
    await page.getByRole('alert').getByText('collections/main/notes/a.yaml:4').waitFor();
    await page.getByText(/^collections.*nom\s: cette clé n’existe pas/).waitFor();
    await accessible(page);

    await bring(zip(files()));
    await page.getByRole('row', { name: /Tableau en fichier.*Nouveau/ }).waitFor();
    await accessible(page);
    await button(page, 'Appliquer').click();
    await page.getByText(/^C’est fait\s: tout est comme/).waitFor();
    await bring(zip(files('description: Pour tous\nwidth: full\n')));
    await page.getByText(/^Description.*devient «\sPour tous/).waitFor();
    await button(page, 'Appliquer').click();
    await button(page, 'Appliquer').waitFor({ state: 'hidden' });
    const { id, description } = await call(context.request, 'GET', `/api/dashboard/${board}`);
    assert.equal(description, 'Pour tous');
    assert.equal((await call(context.request, 'GET', `/api/revision?entity=dashboard&id=${id}`)).length, 2);

    // Managed by a repository: read here until it is released.
    await page.getByRole('checkbox', { name: /^Ces collections sont gérées par un dépôt/ }).press(' ');
    await page.getByText('1 collection est gérée par ces fichiers dès lors.').waitFor();
    await button(page, 'Appliquer').press('Enter');
    await page.getByRole('link', { name: 'Notes de suivi' }).click();
    await heading(page, 'Notes de suivi');
    await page.getByText('Géré par un dépôt').waitFor();
    assert.equal(await button(page, 'Modifier').count(), 0);
    await accessible(page);
    await page.getByRole('link', { name: 'Tableau en fichier' }).click();
    await page.getByText('Géré par un dépôt').waitFor();
    assert.equal(await button(page, 'Modifier').count(), 0);
    await page.goto('/admin/files');
    await button(page, 'Libérer Notes de suivi').press('Enter');
    await button(page, 'Libérer Notes de suivi').waitFor({ state: 'detached' });
    await call(context.request, 'PUT', `/api/collection/${notes}`, { archived: true });
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'answers are kept for some time, and forgotten'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/admin/caching');
    await button(page, 'Modifier : Le site entier').click();
    await choose(page, /Les réponses sont remontrées$/, 'Pendant un certain temps');
    await page.getByLabel('Combien', { exact: true }).fill('12');
    await button(page, 'Enregistrer').click();
    await page.getByRole('cell', { name: 'pendant 12 heures' }).waitFor();
    await button(page, 'En ajouter').click();
    await choose(page, /Lequel$/, /^Activité de la boutique/);
    await choose(page, /Les réponses sont remontrées$/, 'Jamais');
    await button(page, 'Enregistrer').click();
    await page.getByRole('rowheader', { name: 'Activité de la boutique' }).waitFor();
    const { data } = await call(context.request, 'GET', '/api/cache?model=root&model=dashboard');
    assert.deepEqual(data.map(({ strategy }) => strategy.type).sort(), ['duration', 'nocache']);

    await button(page, 'Modifier : Activité de la boutique').click();
    await choose(page, /Les réponses sont remontrées$/, 'Comme au-dessus');
    await button(page, 'Enregistrer').click();
    await page.getByText('Tous suivent leur base de données.').waitFor();
    await button(page, 'Oublier toutes les réponses gardées').click();
    await page.getByText(/réponses? (est|sont) oubliées?/).waitFor();
    await context.close();
  },

  async 'what is published gets an end and a password, and is withdrawn'(site) {
    const { page, context } = await administrator(site);
    const { uuid } = await call(context.request, 'POST', '/api/dashboard/1/public_link');
    const [{ visits }] = await call(context.request, 'GET', '/api/vigie/share');

    // Somebody reads it: that is counted, without anything of who it was.
    await fetch(`${site.origin}/public/dashboard/${uuid}`);
    const words = visits ? `${visits + 1} visites en 30 jours` : '1 visite en 30 jours';
    await page.goto('/');
    await page.getByRole('region', { name: 'Lus par le public' }).getByText(words).waitFor();
    await page.goto('/admin/published');
    await act(page, 'Activité de la boutique', 'Visites par jour');
    await page.getByRole('dialog').getByText(words).waitFor();
    await page.getByRole('dialog').getByRole('application').waitFor();
    await page.keyboard.press('Escape');
    await act(page, 'Activité de la boutique', 'Jusqu’à quand, avec quel mot de passe');
    await page.getByLabel('Public jusqu’à la fin du').fill('2099-12-31');
    await page.getByLabel(/^Mot de passe/).first().fill('un-mot-de-passe-9');
    await button(page, 'Enregistrer').click();
    await page.getByRole('cell', { name: /31 déc\. 2099|31\/12\/2099|31 décembre 2099|1 janv\. 2100/ }).waitFor();
    assert.equal((await fetch(`${site.origin}/api/public/dashboard/${uuid}`)).status, 401);

    await act(page, 'Activité de la boutique', 'Retirer');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Retirer' }).click();
    await page.getByText('Rien n’est publié').waitFor();
    assert.equal((await fetch(`${site.origin}/api/public/dashboard/${uuid}`)).status, 404);
    await context.close();
  },

  async 'a job runs, its history is read, its schedule changes'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/admin/jobs');
    const name = 'Tables et colonnes de Sample Database';
    await act(page, name, 'Exécuter maintenant');
    await page.getByText('C’est parti.').waitFor();
    await page.getByRole('link', { name }).click();
    await page.getByRole('table', { name: 'Dernières exécutions' }).getByText('Terminé').first().waitFor();
    await page.goto('/admin/jobs');
    await act(page, name, 'Changer son horaire');
    await choose(page, /Horaire$/, 'Autre');
    await accessible(page);
    await page.getByRole('textbox', { name: /^Horaire/ }).fill('not a schedule');
    await button(page, 'Enregistrer').click();
    await page.locator('[slot=errorMessage]').first().waitFor();
    await page.getByRole('textbox', { name: /^Horaire/ }).fill('*/5 6-9 * * 1');
    await button(page, 'Enregistrer').click();
    await page.getByText('*/5 6-9 * * 1').waitFor();
    await act(page, name, 'Changer son horaire');
    await choose(page, /Horaire$/, 'Chaque semaine');
    await choose(page, /Horaire : quel jour$/, 'samedi');
    await choose(page, /Horaire : à quelle heure$/, '05:00');
    await button(page, 'Enregistrer').click();
    await page.getByText('Chaque samedi à 05:00').waitFor();
    await context.close();
  },

  async 'the last lines of the log are read, narrowed down and copied'(site) {
    const { page, context, complaints } = await administrator(site);

    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.origin });
    await page.goto('/admin/troubleshooting');
    // The version is that of this software, not that of the API it speaks.
    await page.getByRole('rowheader', { name: /^Serveur, version 0\.\d+\.\d+$/ }).waitFor();
    const log = page.getByRole('table', { name: 'Journal' });
    await log.getByRole('row').nth(2).waitFor();
    await log.getByText(/\d\d:\d\d:\d\d$/).first().waitFor();
    const all = await log.getByRole('row').count();
    await accessible(page);
    await button(page, 'Copier ces lignes').click();
    await button(page, 'Copié').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied.split('\n').filter((line) => /^20\d\d-\S+ (TRACE|DEBUG|INFO|WARN|ERROR) vigie\./.test(line)).length, all - 1);
    await page.getByRole('radiogroup', { name: 'Quelles lignes' }).getByText('Erreurs', { exact: true }).click();
    await page.waitForFunction((before) => document.querySelectorAll('table:last-of-type tr').length !== before, all);
    assert.equal(await log.getByText('info', { exact: true }).count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a question that failed is found, with its reason'(site) {
    const { page, context } = await administrator(site);

    await context.request.fetch('/api/dataset', { method: 'POST', data: { database: 1, type: 'native', native: { query: 'select * from nowhere_at_all' } } });
    // The history is written behind the answer.
    for (let tries = 0; tries < 100; tries++) {
      if ((await call(context.request, 'GET', '/api/vigie/execution?failed=true')).length) break;
      await page.waitForTimeout(50);
    }
    await page.goto('/admin/troubleshooting');
    await page.getByRole('cell', { name: /nowhere_at_all/ }).first().waitFor();
    await page.getByRole('table', { name: 'Le serveur' }).getByText('Bien').first().waitFor();
    await context.close();
  },
};
