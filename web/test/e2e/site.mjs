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

const category = ['field', 61, { 'source-field': 38 }];
const month = ['field', 43, { 'temporal-unit': 'month' }];

/** Orders of the sample by month and by category, as a saved question. */
export const question = (request, more = {}) =>
  call(request, 'POST', '/api/card', {
    name: 'Commandes par mois',
    display: 'line',
    visualization_settings: {},
    dataset_query: { database: 1, type: 'query', query: { 'source-table': 5, aggregation: [['count']], breakout: [month, category] } },
    ...more,
  });

/** A dashboard with a title, a question, and a filter on the category. */
export async function dashboard(request, card) {
  const { id } = await call(request, 'POST', '/api/dashboard', { name: 'Activité de la boutique', description: 'Des chiffres fictifs.' });
  const place = { row: 1, col: 0, size_x: 16, size_y: 7 };
  const heading = { virtual_card: { display: 'heading' }, text: 'Vue d’ensemble' };

  return call(request, 'PUT', `/api/dashboard/${id}`, {
    parameters: [{ id: 'aaaa1111', name: 'Catégorie', slug: 'categorie', type: 'string/=', sectionId: 'string' }],
    dashcards: [
      { id: -1, card_id: null, row: 0, col: 0, size_x: 24, size_y: 1, visualization_settings: heading },
      { id: -2, card_id: card, ...place, visualization_settings: {}, parameter_mappings: [{ parameter_id: 'aaaa1111', card_id: card, target: ['dimension', category] }] },
    ],
  });
}
