// Getting in: passwords, links, invitations; and being shut out.
import assert from 'node:assert/strict';
import { visitor } from '../browser.mjs';
import { admin, administrator, call, heading, logIn } from '../site.mjs';

export async function prepare({ readySite }) {
  return { ...(await readySite()), withMail: await readySite({ mail: true }) };
}

const stranger = ({ browser, origin }) => visitor(browser, origin);

const linkIn = (mail) => /\/auth\/reset_password\/[\w%.-]+(?:#new)?/.exec(mail)?.[0] ?? '';

export const journeys = {
  async 'a stranger is asked to sign in, then goes where they wanted'(site) {
    const { page, context, complaints } = await stranger(site);

    await page.goto('/account/profile');
    await heading(page, 'Connexion à Cap Accueil');
    assert.match(page.url(), /redirect=%2Faccount%2Fprofile$/);
    await page.getByLabel('Adresse électronique').fill(admin.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(admin.password);
    await page.keyboard.press('Enter');
    await heading(page, 'Profil');

    await page.getByRole('button', { name: 'Compte de Ada Martin' }).click();
    await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    await heading(page, 'Connexion à Cap Accueil');
    await page.goto('/account/profile');
    await heading(page, 'Connexion à Cap Accueil');
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'a redirection never leaves the site'(site) {
    const { page, context, foreign } = await stranger(site);

    await page.goto('/auth/login?redirect=//evil.example/');
    await page.getByLabel('Adresse électronique').fill(admin.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(admin.password);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await heading(page, 'Bonjour Ada');
    assert.deepEqual(foreign, []);
    await context.close();
  },

  async 'a wrong password is said next to the password'(site) {
    const { page, context } = await stranger(site);

    await logIn(page, { email: admin.email, password: 'not-the-one' });
    await page.locator('[slot=errorMessage]').getByText('Ce mot de passe n’est pas le bon').waitFor();
    const input = page.getByLabel('Mot de passe', { exact: true });
    assert.equal(await input.getAttribute('aria-invalid'), 'true');
    await context.close();
  },

  async 'an empty form is not sent, and says what is missing'(site) {
    const { page, context } = await stranger(site);
    let sent = 0;

    page.on('request', (request) => (sent += request.method() === 'POST' ? 1 : 0));
    await page.goto('/auth/login');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByText('Remplissez ce champ.').first().waitFor();
    assert.equal(sent, 0);
    await context.close();
  },

  async 'without e-mail, a forgotten password sends one to the administrator'(site) {
    const { page, context } = await stranger(site);

    await page.goto('/auth/login');
    await page.getByRole('link', { name: 'J’ai oublié mon mot de passe' }).click();
    await heading(page, 'Mot de passe oublié');
    await page.getByText('Demandez un lien à un administrateur').waitFor();
    assert.equal(await page.getByRole('textbox').count(), 0);
    await context.close();
  },

  async 'a forgotten password is chosen anew with a mail'({ withMail: site }) {
    const { page, context } = await stranger(site);

    await page.goto('/auth/forgot_password');
    await page.getByLabel('Adresse électronique').fill('nobody@example.fr');
    await page.getByRole('button', { name: 'M’envoyer un lien' }).click();
    await page.getByText('Si un compte a cette adresse').waitFor();
    assert.deepEqual(site.mails(), []);

    await page.reload();
    await page.getByLabel('Adresse électronique').fill(admin.email);
    await page.getByRole('button', { name: 'M’envoyer un lien' }).click();
    await page.getByText('Si un compte a cette adresse').waitFor();
    for (let wait = 0; wait < 50 && !site.mails().length; wait++) await page.waitForTimeout(100);

    const link = linkIn(site.mails()[0]);
    assert.match(link, /reset_password/);
    await page.goto(link);
    await heading(page, 'Choisir un nouveau mot de passe');
    await page.getByLabel('Nouveau mot de passe').fill('un-autre-mot-de-passe-7');
    await page.getByRole('button', { name: 'Enregistrer et se connecter' }).click();
    await heading(page, 'Bonjour Ada');

    // A link works once. Another page first: a new fragment alone would not load the same page again.
    await page.goto('/account/profile');
    await page.goto(link);
    await heading(page, 'Ce lien ne fonctionne plus');
    await context.close();
  },

  async 'an invitation by link opens an account'(site) {
    const boss = await administrator(site);

    await boss.page.goto('/admin/people');
    await boss.page.getByRole('button', { name: 'Inviter quelqu’un' }).click();
    await boss.page.getByLabel('Adresse électronique').fill('babacar.diop@example.fr');
    await boss.page.getByLabel('Prénom').fill('Babacar');
    await boss.page.getByLabel('Nom de famille').fill('Diop');
    await boss.page.getByRole('button', { name: 'Inviter', exact: true }).click();
    const link = await boss.page.getByRole('textbox', { name: 'Lien' }).inputValue();
    assert.match(link, /#new$/);
    await boss.page.getByRole('button', { name: 'Terminé' }).click();
    await boss.page.getByRole('rowheader', { name: 'Babacar Diop' }).waitFor();

    const guest = await stranger(site);
    await guest.page.goto(new URL(link).pathname + new URL(link).hash);
    await heading(guest.page, 'Bienvenue sur Cap Accueil');
    await guest.page.getByLabel('Nouveau mot de passe').fill('un-mot-de-passe-de-babacar-5');
    await guest.page.getByRole('button', { name: 'Enregistrer et se connecter' }).click();
    await heading(guest.page, 'Bonjour Babacar');

    // Not an administrator: no such place in the navigation, and a page that says so.
    assert.equal(await guest.page.getByRole('link', { name: 'Administration' }).count(), 0);
    await guest.page.goto('/admin/people');
    await heading(guest.page, 'Cette page est réservée aux administrateurs');
    assert.deepEqual([boss.complaints, guest.complaints], [[], []]);
    await boss.context.close();
    await guest.context.close();
  },

  async 'with e-mail, an invitation is sent'({ withMail: site }) {
    const { page, context } = await administrator(await signedInAgain(site));
    const before = site.mails().length;

    await page.goto('/admin/people');
    await page.getByRole('button', { name: 'Inviter quelqu’un' }).click();
    await page.getByLabel('Adresse électronique').fill('elodie.leroy@example.fr');
    await page.getByRole('button', { name: 'Inviter', exact: true }).click();
    await page.getByText('elodie.leroy@example.fr va recevoir un lien').waitFor();
    assert.equal(site.mails().length, before + 1);
    assert.match(linkIn(site.mails().at(-1)), /#new$/);
    await context.close();
  },

  async 'a session that ends elsewhere opens the door again'(site) {
    const { page, context } = await stranger(site);

    await logIn(page, admin);
    await heading(page, 'Bonjour Ada');
    // What the page still asks for would find the session gone.
    await page.waitForLoadState('networkidle');
    await call(context.request, 'DELETE', '/api/session');
    await page.getByRole('link', { name: 'Administration', exact: true }).click();
    await heading(page, 'Connexion à Cap Accueil');
    assert.match(page.url(), /redirect=%2Fadmin%2Fpeople$/);
    await context.close();
  },

  async 'too many attempts: one is asked to wait'(site) {
    const { page, context } = await stranger(site);

    await page.goto('/auth/login');
    await page.getByLabel('Adresse électronique').fill('victim@example.fr');
    const waiting = page.getByText(/Trop d’essais/);
    for (let attempt = 0; attempt < 12 && !(await waiting.count()); attempt++) {
      const answered = page.waitForResponse('**/api/session');
      await page.getByLabel('Mot de passe', { exact: true }).fill(`wrong-${attempt}`);
      await page.getByRole('button', { name: 'Se connecter' }).click();
      await answered;
      await page.waitForTimeout(100);
    }
    await waiting.first().waitFor();
    await context.close();
  },
};

/** Choosing a new password closed the other sessions: signs the administrator in again. */
async function signedInAgain(site) {
  const { page, context } = await stranger(site);

  await logIn(page, { ...admin, password: 'un-autre-mot-de-passe-7' });
  await heading(page, 'Bonjour Ada');
  const session = await context.storageState();
  await context.close();
  return { ...site, session };
}
