// One's own account: name, language, look, password, sign-ins.
import assert from 'node:assert/strict';
import { visitor } from '../browser.mjs';
import { admin, administrator, heading, logIn } from '../site.mjs';

export const journeys = {
  async 'a new name and a new language show at once'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/account/profile');
    await heading(page, 'Profil');
    await page.getByLabel('Prénom').fill('Augusta');
    await page.getByText('English', { exact: true }).click();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await heading(page, 'Profile');
    await page.getByRole('button', { name: 'Account of Augusta Martin' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');

    await page.reload();
    await heading(page, 'Profile');
    await page.getByText('Français', { exact: true }).click();
    await page.getByLabel('First name').fill('Ada');
    await page.getByRole('button', { name: 'Save' }).click();
    await heading(page, 'Profil');
    await context.close();
  },

  async 'a dark page stays dark'(site) {
    const { page, context } = await administrator(site);
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

    await page.goto('/account/profile');
    await heading(page, 'Profil');
    const light = await ground();
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await page.getByText('Sombre', { exact: true }).click();
    assert.equal((await saved).ok(), true);
    assert.notEqual(await ground(), light);

    await page.reload();
    await heading(page, 'Profil');
    assert.notEqual(await ground(), light);
    assert.equal(await page.getByRole('radio', { name: 'Sombre' }).isChecked(), true);
    await page.getByText('Comme le système', { exact: true }).click();
    await page.waitForFunction((was) => getComputedStyle(document.documentElement).backgroundColor === was, light);
    await context.close();
  },

  async 'sign-ins are listed, the present one open'(site) {
    const { page, context } = await administrator(site);

    await page.goto('/account/sign-ins');
    await heading(page, 'Connexions');
    await page.getByRole('table', { name: 'Connexions' }).waitFor();
    assert.ok((await page.getByText('Ouverte').count()) >= 1);
    await context.close();
  },

  async 'a password changes with the present one only'(site) {
    const { page, context } = await visitor(site.browser, site.origin);
    const next = 'un-tout-autre-mot-de-passe-3';

    await logIn(page, admin);
    await heading(page, 'Bonjour Ada');
    await page.goto('/account/password');
    await page.getByLabel('Mot de passe actuel').fill('not-the-one');
    await page.getByLabel('Nouveau mot de passe').fill(next);
    await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
    await page.getByText('Ce n’est pas votre mot de passe actuel.').waitFor();

    await page.getByLabel('Mot de passe actuel').fill(admin.password);
    await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
    await page.getByText('Votre mot de passe est changé.').waitFor();
    assert.equal(await page.getByLabel('Mot de passe actuel').inputValue(), '');
    await context.close();

    const again = await visitor(site.browser, site.origin);
    await logIn(again.page, { ...admin, password: next });
    await heading(again.page, 'Bonjour Ada');
    await again.context.close();
  },
};
