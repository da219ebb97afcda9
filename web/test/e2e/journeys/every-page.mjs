// What holds for every page: accessible in both looks, fits a phone, keeps to itself.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { visitor } from '../browser.mjs';
import { administrator, call, dashboard, question } from '../site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

const forStrangers = ['/auth/login', '/auth/forgot_password', '/auth/reset_password/too-old'];
const forMembers = [
  '/',
  '/question/new',
  '/question/new?db=1&table=5',
  '/question/new?sql',
  '/question/1',
  '/question/1/history',
  '/dashboard/1',
  '/collection/root',
  '/dashboard/1#edit',
  '/dashboard/1/history',
  '/trash',
  '/account/profile',
  '/account/password',
  '/account/sign-ins',
  '/browse/search',
  '/browse/databases',
  '/browse/databases/1',
  '/reference/databases/1/tables/1',
  '/reference/databases/1/dictionary',
  '/admin/people',
  '/admin/groups',
  '/admin/groups/2',
  '/admin/permissions',
  '/admin/permissions/collections',
  '/admin/permissions/rules',
  '/admin/permissions/why',
  '/admin/databases',
  '/admin/databases/1',
  '/admin/tables/5',
  '/admin/published',
  '/admin/caching',
  '/admin/jobs',
  '/admin/jobs/sync-1',
  '/admin/troubleshooting',
  '/admin/maps',
  '/admin/files',
  '/admin/settings',
  '/admin/email',
  '/admin/keys',
  '/admin/audit',
  '/nowhere',
];

// Dialogs and lists that open are pages too: an address, then what is pressed there. A name is that of a button.
const openings = [
  ['/question/new?db=1&table=5', 'Ajouter un filtre'],
  ['/question/new?db=1&table=5', /^Graphique/],
  ['/dashboard/1', 'Partager'],
  ['/dashboard/1', 'Autres actions'],
  ['/', 'Rechercher'],
  ['/dashboard/1#edit', 'Section'],
  ['/admin/people', 'Inviter quelqu’un'],
  ['/admin/people', /^Actions pour Ada/],
  ['/dashboard/1#edit', /^Catégorie/],
  ['/admin/groups', 'Créer un groupe'],
  ['/admin/keys', 'Créer une clé'],
  ['/admin/settings', /Langue du site/],
  ['/admin/permissions/rules', 'Limiter les lignes'],
  ['/admin/caching', 'Modifier : Le site entier'],
  ['/', 'Nouveau'],
  ['/question/new?db=1&table=5', 'Joindre d’autres données'],
  ['/question/new?db=1&table=5', 'Joindre d’autres données', ['option', 'Products']],
  ['/question/new?db=1&table=5', /que faire de la colonne$/],
  ['/question/new?db=1&table=5', ['cell', 5]],
  ['/question/1', ['point']],
  ['/question/1', ['point'], ['menuitem', 'Répartir par…']],
  ['/dashboard/1', ['point']],
  ['/dashboard/1#edit', /^Réglages de Commandes/, ['menuitem', 'Ce que fait un clic']],
  ['/dashboard/1#edit', /^Réglages de Commandes/, ['menuitem', 'Superposer d’autres questions']],
  ['/question/2', 'Modifier', 'kind'],
  ['/admin/tables/5', /^Actions pour Total/, ['menuitem', 'Modifier'], ['words', 'Comment ses valeurs s’écrivent']],
  ['/admin/jobs', /^Actions pour/, ['menuitem', 'Changer son horaire']],
  ['/admin/maps', 'Ajouter une carte'],
];

/** What opens closes again when the page is scrolled: the scrolling must be over. */
async function press(page, target) {
  await target.scrollIntoViewIfNeeded();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await target.click();
}

const presses = {
  button: (page, name) => press(page, page.getByRole('button', { name }).first()),
  menuitem: (page, name) => press(page, page.getByRole('menuitem', { name })),
  option: (page, name) => press(page, page.getByRole('option', { name, exact: true }).first()),
  words: (page, name) => press(page, page.getByText(name, { exact: true })),
  cell: (page, index) => press(page, page.locator('td').nth(index)),
  // A point of a chart is reached with the keys: on a phone it may be small.
  async point(page) {
    await page.getByRole('application').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
  },
};

const pressed = (step) => (Array.isArray(step) ? step : ['button', step]);

export async function prepare({ browser, readySite, freshServer }) {
  const site = await readySite();
  const { context } = await visitor(browser, site.origin, { storageState: site.session });
  const long = 'chargee.de.deploiement.avec.une.adresse.longue@prefecture.example.fr';

  await call(context.request, 'POST', '/api/user', { email: long, first_name: 'Marie-Christine', last_name: 'de La Rochefoucauld' });
  const orders = await question(context.request);
  const tags = { kind: { id: 'bbbb2222', name: 'kind', 'display-name': 'Genre', type: 'text', default: 'Gizmo' } };
  const native = { query: 'select count(*) as n from PRODUCTS where CATEGORY = {{kind}}', 'template-tags': tags };
  await question(context.request, { name: 'Combien', display: 'scalar', dataset_query: { database: 1, type: 'native', native } });
  await dashboard(context.request, orders.id);
  await context.close();
  return { ...site, newOrigin: (await freshServer()).origin };
}

async function open(page, address) {
  // Else what stands behind the # would only be a place of the page that is there.
  if (address.includes('#')) await page.goto('about:blank');
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}

async function lookAsNewcomer({ page }, look) {
  await open(page, '/');
  await look(page, '/setup');
  await page.locator('button[type=submit]').click();
  await page.getByLabel('Nom du site').waitFor();
  await look(page, '/setup, account');
}

async function lookAt({ page }, addresses, look) {
  for (const address of addresses) {
    await open(page, address);
    await look(page, address);
  }
}

async function lookAtOpenings({ page }, look) {
  for (const [address, ...steps] of openings) {
    await open(page, address);
    for (const [kind, what] of steps.map(pressed)) await presses[kind](page, what);
    await page.locator('[role=dialog], [role=menu], [role=listbox]').first().waitFor();
    await page.waitForLoadState('networkidle');
    await look(page, `${address}, ${steps.map((step) => pressed(step).join(' ')).join(', ')}`);
  }
}

/** Calls `look` on each page, as those who see it: pages and what opens on them at the same time. */
async function eachPage(site, options, look) {
  const newcomer = await visitor(site.browser, site.newOrigin, options);
  const stranger = await visitor(site.browser, site.origin, options);
  const [member, presser] = [await administrator(site, options), await administrator(site, options)];

  await Promise.all([
    lookAsNewcomer(newcomer, look)
      .then(() => lookAt(stranger, forStrangers, look))
      .then(() => lookAt(member, forMembers, look)),
    lookAtOpenings(presser, look),
  ]);

  const people = [newcomer, stranger, member, presser];
  assert.deepEqual(people.flatMap(({ complaints }) => complaints), []);
  assert.deepEqual(people.flatMap(({ foreign }) => foreign), []);
  await Promise.all(people.map(({ context }) => context.close()));
}

// A dialog or an open list hides the page behind it from everyone: its landmarks and its h1 too.
const hiddenByOverlay = { region: { enabled: false }, 'landmark-one-main': { enabled: false }, 'page-has-heading-one': { enabled: false } };

async function checkAxe(page, where) {
  // Evaluated through the debugging protocol, so the policy of the page stays as strict as it is.
  await page.evaluate(axe);
  const isOverlay = (await page.locator('[role=dialog], [role=menu], [role=listbox]').count()) > 0;
  const options = { ...rules, ...(isOverlay && { rules: hiddenByOverlay }) };
  const { violations } = await page.evaluate((asked) => window.axe.run(document, asked), options);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join('\n    ')}`);

  assert.deepEqual(found, [], where);
}

/** In light, then in dark, once the colours have turned. */
async function checkBothLooks(page, where) {
  await checkAxe(page, where);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter((one) => one instanceof CSSTransition).map(({ finished }) => finished)));
  await checkAxe(page, `${where}, in the dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function checkWidth(page, where) {
  const { wide, narrow, culprits } = await page.evaluate(() => {
    const narrow = document.documentElement.clientWidth;
    const over = [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > narrow + 1);
    return { wide: document.documentElement.scrollWidth, narrow, culprits: over.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)) };
  });

  assert.ok(wide <= narrow, `${where}: ${wide} > ${narrow} ${culprits.join('\n')}`);
}

async function checkTargets(page, where) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, [role=menuitem], nav a, input:not([type=hidden])')]
      // What closes a list for screen readers is seen and reached by nobody else.
      .filter((element) => element.checkVisibility() && element.tabIndex >= 0)
      // An input inside its label is as large as the label.
      .map((element) => (element.matches('input') ? (element.closest('label') ?? element) : element))
      .filter((element) => getComputedStyle(element).clipPath === 'none' && element.offsetParent)
      .filter((element) => Math.ceil(element.getBoundingClientRect().height) < 44 && !element.closest('ol'))
      .map((element) => element.outerHTML.slice(0, 120)),
  );

  assert.deepEqual(small, [], where);
}

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

export const journeys = {
  async 'every page is accessible in light and in dark, and has a title of its own, one h1 and its landmarks'(site) {
    const titles = new Map();

    await eachPage(site, { colorScheme: 'light' }, async (page, where) => {
      await checkBothLooks(page, where);
      if (where.includes(',')) return;
      titles.set(where, await page.title());
      assert.equal(await page.locator('h1').count(), 1, where);
      assert.equal(await page.locator('main').count(), 1, where);
      assert.equal(await page.locator('html').getAttribute('lang'), 'fr', where);
    });
    assert.equal(new Set(titles.values()).size, titles.size, [...titles.values()].join('\n'));
  },

  'every page is accessible on a phone, fits 360 and 320 pixels, and can be hit with a thumb': (site) =>
    eachPage(site, phone, async (page, where) => {
      await checkAxe(page, where);
      await checkTargets(page, where);
      await checkWidth(page, where);
      // What is open was placed for the wider screen.
      if (where.includes(',')) return;
      await page.setViewportSize({ width: 320, height: 640 });
      await checkWidth(page, where);
      await page.setViewportSize(phone.viewport);
    }),

  async 'the first stop of the keyboard skips the navigation'(site) {
    const { page, context } = await administrator(site);

    await open(page, '/admin/people');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Aller au contenu');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
    await context.close();
  },

  async 'every file that the page names is served, for ever'(site) {
    const page = await (await fetch(`${site.origin}/auth/login`, { headers: { Accept: 'text/html' } })).text();
    const named = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address]) => address);

    assert.ok(named.length >= 5, page);
    for (const address of named) {
      const answer = await fetch(new URL(address, site.origin));
      assert.equal(answer.status, 200, address);
      assert.match(answer.headers.get('cache-control') ?? '', /immutable/, address);
    }
  },

  async 'nothing is kept in the browser but the session and the language'(site) {
    const { page, context } = await administrator(site);

    await open(page, '/');
    const kept = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    assert.deepEqual(kept, []);
    const cookies = await context.cookies();
    assert.deepEqual(cookies.filter(({ httpOnly, name }) => !httpOnly && name !== 'vigie-locale'), []);
    await context.close();
  },
};
