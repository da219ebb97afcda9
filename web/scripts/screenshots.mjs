// Pictures of the app for the documentation: node scripts/screenshots.mjs URL FOLDER
// The server must be new: this sets it up with a fictitious team.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, visitor } from '../test/e2e/browser.mjs';
import { call, dashboard, question, setUp } from '../test/e2e/site.mjs';

const [origin, folder, language = 'fr'] = process.argv.slice(2);
const team = [
  { email: 'babacar.diop@example.fr', first_name: 'Babacar', last_name: 'Diop' },
  { email: 'elodie.leroy@example.fr', first_name: 'Élodie', last_name: 'Leroy' },
  { email: 'maelle.kervella@example.fr', first_name: 'Maëlle', last_name: 'Kervella' },
];

const pages = [
  ['home', '/'],
  ['builder', '/question/new?db=1&table=5'],
  ['sql', '/question/new?sql'],
  ['question', '/question/1'],
  ['dashboard', '/dashboard/1'],
  ['dashboard-edit', '/dashboard/1#edit'],
  ['collection', '/collection/root'],
  ['databases', '/browse/databases'],
  ['tables', '/browse/databases/1'],
  ['table', '/reference/databases/1/tables/1'],
  ['profile', '/account/profile'],
  ['sign-ins', '/account/sign-ins'],
  ['people', '/admin/people'],
  ['groups', '/admin/groups'],
  ['admin-databases', '/admin/databases'],
  ['settings', '/admin/settings'],
  ['email', '/admin/email'],
  ['keys', '/admin/keys'],
  ['audit', '/admin/audit'],
  ['not-found', '/nowhere'],
];
const looks = [
  { name: 'wide', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'wide-dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'tablet', width: 768, height: 1024, colorScheme: 'light' },
  { name: 'phone', width: 360, height: 740, colorScheme: 'light' },
  { name: 'phone-dark', width: 360, height: 740, colorScheme: 'dark' },
];

async function fill(request) {
  await setUp(request, { locale: language });
  for (const person of team) await call(request, 'POST', '/api/user', person);
  const { id } = await call(request, 'POST', '/api/permissions/group', { name: 'Déploiement' });
  await call(request, 'POST', '/api/permissions/membership', { group_id: id, user_id: 2 });
  await call(request, 'POST', '/api/api-key', { name: 'export', group_id: id });
  await dashboard(request, (await question(request)).id);
}

async function photograph(page, name) {
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

mkdirSync(folder, { recursive: true });
const browser = await launch();
const locale = language === 'fr' ? 'fr-FR' : 'en-GB';

const first = await visitor(browser, origin, { locale });
await first.page.goto('/');
await photograph(first.page, 'setup-1-wide');
await first.page.locator('button[type=submit]').click();
await photograph(first.page, 'setup-2-wide');
await fill(first.context.request);
const session = await first.context.storageState();

for (const { name, width, height, colorScheme } of looks) {
  const options = { locale, colorScheme, viewport: { width, height } };
  const stranger = await visitor(browser, origin, options);
  await stranger.page.goto('/auth/login');
  await photograph(stranger.page, `login-${name}`);
  await stranger.context.close();

  const { page, context } = await visitor(browser, origin, { ...options, storageState: session });
  for (const [title, address] of pages) {
    // From nowhere: an address that differs in its last part alone would not be opened anew.
    await page.goto('about:blank');
    await page.goto(address);
    await photograph(page, `${title}-${name}`);
  }
  await context.close();
}
await browser.close();
