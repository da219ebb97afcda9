// A fictitious team, and ready-made sites for the journeys.
import { visitor } from './browser.mjs';

export const admin = {
  email: 'ada.martin@example.fr',
  password: 'une-vigie-sur-le-mat-9',
  first_name: 'Ada',
  last_name: 'Martin',
};

/** A call of the API that must succeed. */
export async function call(request, method, path, data) {
  const answer = await request.fetch(path, { method, ...(data && { data }) });
  const text = await answer.text();

  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
  return answer.headers()['content-type']?.includes('json') ? JSON.parse(text) : text;
}

/** The set-up without the wizard. The context is signed in afterwards. */
export async function setUp(request, { name = 'Cap Accueil', locale = 'fr' } = {}) {
  const { 'setup-token': token } = await call(request, 'GET', '/api/session/properties');

  await call(request, 'POST', '/api/setup', { token, user: admin, prefs: { site_name: name, site_locale: locale } });
}

/** A browser whose person is the administrator. */
export async function administrator({ browser, origin, session }, options) {
  return visitor(browser, origin, { storageState: session, ...options });
}

export async function logIn(page, { email, password }) {
  await page.goto('/auth/login');
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

/** Waits for the page with this title. */
export const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();
