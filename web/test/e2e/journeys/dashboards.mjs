// Arranging and reading dashboards.
import assert from 'node:assert/strict';
import { administrator, call, dashboard, heading, question } from '../site.mjs';

export const prepare = ({ readySite }) => readySite();

const button = (page, name) => page.getByRole('button', { name, exact: true });

async function newDashboard({ request }) {
  const { id } = await question(request);

  return (await dashboard(request, id)).id;
}

export const journeys = {
  async 'a dashboard is made, filled, wired and saved'(site) {
    const { page, context, complaints } = await administrator(site);
    await question(context.request, { name: 'Commandes par mois et catégorie' });

    await page.goto('/');
    await button(page, 'Nouveau').click();
    await page.getByRole('menuitem', { name: 'Tableau de bord' }).click();
    await page.getByRole('dialog').getByLabel('Nom').fill('Suivi');
    await button(page, 'Créer le tableau de bord').click();
    await heading(page, 'Modifier : Suivi');

    await button(page, 'Question').click();
    await page.getByRole('searchbox').fill('mois et cat');
    await page.getByRole('option').first().click();
    await page.getByRole('heading', { name: 'Commandes par mois et catégorie' }).waitFor();
    await button(page, 'Filtre').click();
    await page.getByRole('option', { name: 'Texte : est', exact: true }).click();
    // Its settings come at once.
    const dialog = page.getByRole('dialog', { name: /^Filtre/ });
    await dialog.getByLabel('Nom', { exact: true }).fill('Catégorie');
    await dialog.getByRole('button', { name: /Commandes par mois et catégorie/ }).click();
    await page.getByRole('option', { name: 'Products → Category' }).click();
    await button(page, 'Terminé').click();
    await button(page, 'Publier les changements').click();
    await page.getByRole('heading', { level: 1, name: 'Suivi', exact: true }).waitFor();

    await page.getByLabel(/^Catégorie/).first().click();
    await page.getByRole('checkbox', { name: 'Gadget' }).check();
    await page.waitForURL(/categorie=Gadget/);
    await page.getByRole('application').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a screen on a wall says behind the # how it looks and how often it asks'(site) {
    const { page, context, complaints } = await administrator(site);
    const { id } = await dashboard(context.request, (await question(context.request)).id);
    const bar = page.getByRole('link', { name: 'Collections', exact: true });
    const theme = () => page.locator('html').getAttribute('data-theme');

    await page.clock.install();
    await page.goto(`/dashboard/${id}#fullscreen&theme=night&refresh=60`);
    await page.getByRole('heading', { name: 'Commandes par mois' }).waitFor();
    await page.getByRole('application').first().waitFor();
    await bar.waitFor({ state: 'hidden' });
    assert.equal(await theme(), 'dark');
    const again = page.waitForRequest((request) => request.method() === 'POST' && /\/api\/(dashboard|vigie)\//.test(request.url()));
    await page.clock.fastForward(61_000);
    await again;
    // What leads away leads back to the usual look.
    await page.getByRole('link', { name: 'Commandes par mois' }).first().click();
    await page.waitForURL(/\/question\//);
    await bar.waitFor();
    assert.equal(await theme(), '');
    await page.goto(`/dashboard/${id}#night&fullscreen=false`);
    await page.getByRole('application').first().waitFor();
    await bar.waitFor();
    assert.equal(await theme(), 'dark');
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'cards move and grow with the keyboard, and it can be undone'(site) {
    const { page, context } = await administrator(site);
    const id = await newDashboard(context);

    await page.goto(`/dashboard/${id}#edit`);
    await page.getByRole('button', { name: /^Déplacer Commandes par mois/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await page.locator('#announcer').getByText('Colonne 2, ligne 2, largeur 16, hauteur 8').waitFor();
    await page.keyboard.press('Control+z');
    await button(page, 'Publier les changements').click();
    await page.getByRole('heading', { level: 1, name: 'Activité de la boutique', exact: true }).waitFor();

    const { dashcards } = await call(context.request, 'GET', `/api/dashboard/${id}`);
    const card = dashcards.find(({ card_id: found }) => found !== null);
    assert.deepEqual([card.col, card.size_y], [1, 7]);
    await context.close();
  },

  async 'who saves in two windows is told, and loses nothing'(site) {
    const { page, context } = await administrator(site);
    const id = await newDashboard(context);

    await page.goto(`/dashboard/${id}#edit`);
    await page.getByRole('button', { name: /^Déplacer Commandes/ }).focus();
    await page.keyboard.press('ArrowRight');
    await call(context.request, 'PUT', `/api/dashboard/${id}`, { description: 'Changé ailleurs.' });
    await button(page, 'Publier les changements').click();
    await page.getByRole('alertdialog').getByText(/par vous, dans une autre fenêtre\./).waitFor();
    await button(page, 'Publier la mienne à la place de l’autre').click();
    await page.getByRole('heading', { level: 1, name: 'Activité de la boutique', exact: true }).waitFor();
    await page.getByText('Changé ailleurs.').waitFor();
    await context.close();
  },

  async 'a filter in the address is the one that is shown, on a phone too'(site) {
    const { page, context } = await administrator(site, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const id = await newDashboard(context);

    await page.goto(`/dashboard/${id}?categorie=Widget`);
    await page.getByText('1 filtre').waitFor();
    const chart = page.getByRole('application');
    await chart.waitFor();
    assert.match(await chart.getAttribute('aria-label'), /Widget/);
    assert.doesNotMatch(await chart.getAttribute('aria-label'), /Gadget/);
    await context.close();
  },

  async 'a dashboard opens with the filters that one left it with, an address and visitors without'(site) {
    const { page, context, complaints } = await administrator(site);
    const id = await newDashboard(context);
    const { uuid } = await call(context.request, 'POST', `/api/dashboard/${id}/public_link`);
    const says = (wanted) => page.getByRole('application', { name: wanted }).waitFor();

    await page.goto(`/dashboard/${id}?categorie=Widget`);
    await says(/^(?!.*Gadget).*Widget/);
    await page.goto(`/dashboard/${id}`);
    await says(/^(?!.*Gadget).*Widget/);
    assert.match(page.url(), /categorie=Widget/);
    await page.goto(`/dashboard/${id}?categorie=Gadget`);
    await says(/^(?!.*Widget).*Gadget/);
    await page.getByRole('button', { name: /^Effacer.*Catégorie$/ }).click();
    await says(/Gadget.*Widget|Widget.*Gadget/);
    await page.goto('/trash');
    await page.goto(`/dashboard/${id}`);
    await says(/Gadget.*Widget|Widget.*Gadget/);
    assert.doesNotMatch(page.url(), /categorie/);
    assert.equal(await page.getByRole('button', { name: /^Effacer.*Catégorie$/ }).count(), 0);
    // What a person chose is nothing to those who only read what is published.
    await page.goto(`/dashboard/${id}?categorie=Widget`);
    await says(/^(?!.*Gadget).*Widget/);
    await page.goto(`/public/dashboard/${uuid}`);
    await says(/Gadget.*Widget|Widget.*Gadget/);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a public link is made, and withdrawn'(site) {
    const { page, context } = await administrator(site);
    const id = await newDashboard(context);

    await page.goto(`/dashboard/${id}`);
    await button(page, 'Partager').click();
    await button(page, 'Créer un lien public').click();
    const address = await page.getByRole('textbox', { name: 'Lien public' }).inputValue();
    assert.match(address, /\/public\/dashboard\/[0-9a-f-]{36}$/);
    const definition = `/api/public/dashboard/${address.split('/').at(-1)}`;
    assert.equal((await context.request.get(definition)).status(), 200);

    await page.getByText('Cadre signé').click();
    await page.getByText('Peut être montré dans des cadres signés').click();
    const code = page.getByLabel('Code de votre site');
    await code.waitFor();
    assert.match(await code.inputValue(), /jwt\.encode/);

    await page.getByRole('radiogroup', { name: 'Comment partager' }).getByText('Lien public').click();
    await button(page, 'Retirer le lien').click();
    await button(page, 'Créer un lien public').waitFor();
    assert.notEqual((await context.request.get(definition)).status(), 200);
    await context.close();
  },
};
