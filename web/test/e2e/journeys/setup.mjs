// The first visit, by mouse, by keyboard, in both languages.
import assert from 'node:assert/strict';
import { visitor } from '../browser.mjs';
import { admin, heading } from '../site.mjs';

export async function prepare({ browser, freshServer }) {
  return { browser, freshOrigin: async () => (await freshServer()).origin };
}

const focused = (page) => page.evaluate(() => document.activeElement?.textContent ?? '');

export const journeys = {
  async 'the set-up, by mouse, in French'({ browser, freshOrigin }) {
    const { page, context, complaints, foreign } = await visitor(browser, await freshOrigin());

    await page.goto('/');
    await heading(page, 'Bienvenue');
    assert.match(page.url(), /\/setup$/);
    assert.equal(await page.getByRole('radio', { name: 'Français' }).isChecked(), true);
    await page.getByRole('button', { name: 'Continuer' }).click();

    await heading(page, 'Votre compte');
    assert.equal(await focused(page), 'Votre compte');
    await page.getByLabel('Prénom').fill(admin.first_name);
    await page.getByLabel('Adresse électronique').fill(admin.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill('court');
    await page.getByLabel('Nom du site').fill('Cap Accueil');
    await page.getByRole('button', { name: 'Créer le compte' }).click();
    // The server refuses, and says why next to the password.
    await page.locator('[slot=errorMessage]').getByText(/Au moins \d+ caractères/).waitFor();

    await page.getByLabel('Mot de passe', { exact: true }).fill(admin.password);
    assert.equal(await page.locator('[data-kept=false]').count(), 0);
    await page.getByRole('button', { name: 'Créer le compte' }).click();

    await heading(page, 'Vos données');
    await page.getByRole('button', { name: 'Commencer avec les données d’exemple' }).click();
    await heading(page, 'Bonjour Ada');
    assert.equal(await page.title(), 'Bonjour Ada · Cap Accueil');

    await page.goto('/setup');
    await heading(page, 'Bonjour Ada');
    assert.deepEqual([complaints, foreign], [[], []]);
    await context.close();
  },

  async 'the set-up, by keyboard alone, in English'({ browser, freshOrigin }) {
    const { page, context, complaints } = await visitor(browser, await freshOrigin(), { locale: 'en-GB' });
    const { keyboard } = page;

    await page.goto('/');
    await heading(page, 'Welcome');
    // Past the skip link and the switch of language, to the choice of language.
    for (let stop = 0; stop < 3; stop++) await keyboard.press('Tab');
    await keyboard.press('ArrowDown');
    await heading(page, 'Bienvenue');
    assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
    await keyboard.press('ArrowUp');
    await heading(page, 'Welcome');
    await keyboard.press('Enter');

    await heading(page, 'Your account');
    // From the heading, which has the focus, through the form in its order.
    await keyboard.press('Tab');
    await keyboard.type('Ada');
    await keyboard.press('Tab');
    await keyboard.type('Martin');
    await keyboard.press('Tab');
    await keyboard.type(admin.email);
    await keyboard.press('Tab');
    await keyboard.type(admin.password);
    await keyboard.press('Tab');
    await keyboard.press('Space');
    assert.equal(await page.getByLabel('Password', { exact: true }).getAttribute('type'), 'text');
    await keyboard.press('Tab');
    await keyboard.type('Welcome Desk');
    await keyboard.press('Enter');

    await heading(page, 'Your data');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await heading(page, 'Hello, Ada');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.deepEqual(complaints, []);
    await context.close();
  },
};
