// What strangers see: published pages, alone and in frames on the pages of others.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { visitor } from '../browser.mjs';
import { pagesOfPaper } from '../paper.mjs';
import { publishedSite, sign } from '../published.mjs';
import { administrator, call } from '../site.mjs';

const { resolve } = createRequire(import.meta.url);
const axe = readFileSync(resolve('axe-core/axe.min.js'), 'utf8');
const vendorResizer = readFileSync(resolve('iframe-resizer/js/iframeResizer.js'), 'utf8');
const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ');

export const prepare = publishedSite;

/** A stranger on the page, when its figures are there. */
async function read({ browser, origin, page: published }, address = published, options = {}) {
  const person = await visitor(browser, origin, options);
  await person.page.goto(address);
  await person.page.getByRole('heading', { level: 1 }).waitFor();
  await person.page.waitForLoadState('networkidle');
  return person;
}

const card = (page, title) => page.locator('[aria-busy]').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

async function keepsToItself({ page, context, complaints, foreign }) {
  const kept = await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, document.cookie]);

  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(kept, [0, 0, 0, '']);
  assert.deepEqual({ complaints, foreign }, { complaints: [], foreign: [] });
}

async function violations(page) {
  // Axe comes through the inspector: the policy of the page allows no other script.
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate((options) => globalThis.axe.run(document, options), rules);
  return found.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
}

/** A site of somebody else, on another port. */
async function foreignSite(pages) {
  const server = createServer((request, response) => {
    const made = pages[new URL(request.url, 'http://x').pathname];
    const [type, body] = typeof made === 'function' ? made() : ['text/html; charset=utf-8', made ?? ''];
    response.writeHead(made ? 200 : 404, { 'content-type': type });
    response.end(body);
  });

  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const hostPage = (script, body) => `<!doctype html><title>Un autre site</title><h1>Un autre site</h1>${body}${script}`;

/** Grows when the page gets narrow, shrinks when it gets wide again, and on a shorter tab. */
async function growsAndShrinks(page) {
  const frame = page.frameLocator('iframe').first();
  const height = () => page.locator('iframe').first().evaluate((element) => element.getBoundingClientRect().height);
  const becomes = async (is) => {
    for (let tries = 0; tries < 60; tries++) {
      if (is(await height())) return height();
      await page.waitForTimeout(50);
    }
    throw new Error(`the frame stays at ${await height()} px`);
  };

  await frame.getByRole('heading', { name: 'Commandes par mois' }).first().waitFor();
  const wide = await becomes((now) => now > 1_000);
  await page.setViewportSize({ width: 400, height: 800 });
  const narrow = await becomes((now) => now > wide + 200);
  await page.setViewportSize({ width: 1280, height: 800 });
  assert.equal(await becomes((now) => now < narrow - 200), wide);
  await frame.getByRole('tab', { name: 'Détails' }).click();
  await becomes((now) => now < wide - 200);
  const inside = await frame.locator('html').evaluate((html) => [html.scrollHeight, innerHeight]);
  assert.ok(inside[0] <= inside[1], `no scroll inside: ${inside}`);
}

async function onForeignPage({ browser, origin }, pages, visit, options = { viewport: { width: 1280, height: 800 } }) {
  const host = await foreignSite(pages);
  try {
    const person = await visitor(browser, host.origin, options);
    await person.page.goto('/');
    await visit(person.page);
    assert.deepEqual(person.foreign.filter((url) => !url.startsWith(`${origin}/`)), []);
    assert.deepEqual(person.complaints, []);
    await person.context.close();
  } finally {
    host.close();
  }
}

/** Questions for figures wait from `hold()` to `release()`. */
async function heldAnswers(context) {
  let waiting = null;

  await context.route(/\/api\/.*\/(cards|card)\b/, async (route) => {
    if (waiting) await new Promise((go) => waiting.push(go));
    await route.continue();
  });
  return {
    hold() {
      waiting = [];
    },
    release() {
      const all = waiting;
      waiting = null;
      all.forEach((go) => go());
    },
  };
}

/** What the cards of a long dashboard are called, and what each of them shows. */
const long = {
  cards: 12,
  name: (at) => String(at).padStart(2, '0'),
  kinds: ['bar', 'row', 'line', 'pie', 'table', 'area'],
  keys: (at) => [...'abcdef'].map((letter) => `k${long.name(at)}${letter}`),
};

/** Cards of several kinds and heights in parts, and a long table at the end. */
async function longDashboard(request) {
  const ask = (at) => long.keys(at).map((key, index) => `select '${key}' as cle, ${index + 1} as nb`).join(' union all ');
  const keep = (name, display, dataset_query) => call(request, 'POST', '/api/card', { name, display, visualization_settings: {}, dataset_query });
  const part = (row, text) => ({ card_id: null, row, col: 0, size_x: 24, size_y: 1, visualization_settings: { virtual_card: { display: 'heading' }, text } });
  const cards = [];

  for (let at = 0; at < long.cards; at += 1) {
    const { id } = await keep(`Carte ${long.name(at)}`, long.kinds[at % 6], { database: 1, type: 'native', native: { query: ask(at) } });
    const row = 10 * Math.floor(at / 2);
    if (at % 4 === 0) cards.push(part(row, `Partie ${at / 4}`));
    cards.push({ card_id: id, row: row + 1, col: (at % 2) * 12, size_x: 12, size_y: 6 + (at % 3), visualization_settings: {} });
  }
  const table = await keep('Longue table', 'table', { database: 1, type: 'query', query: { 'source-table': 5, limit: 1200 } });
  cards.push({ card_id: table.id, row: 90, col: 0, size_x: 24, size_y: 8, visualization_settings: {} });
  const { id } = await call(request, 'POST', '/api/dashboard', { name: 'Un long tableau de bord' });
  await call(request, 'PUT', `/api/dashboard/${id}`, { dashcards: cards.map((card, index) => ({ id: -1 - index, ...card })) });
  return { id, ...(await call(request, 'POST', `/api/dashboard/${id}/public_link`)) };
}

export const journeys = {
  async 'public: a stranger reads a dashboard and turns a filter'(site) {
    const person = await read(site);
    const { page } = person;
    const number = card(page, 'Commandes').locator('p').first();
    const before = plain(await number.innerText());
    assert.match(before, /^\d+ \d{3}$/);
    await page.getByRole('contentinfo').getByText(/^Données de \d\d:\d\d$/).waitFor();

    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.locator('summary', { hasText: 'Tous' }).click();
    await page.getByRole('checkbox', { name: 'Google' }).check();
    await page.waitForURL(/\?source=Google$/);
    await page.waitForFunction((old) => document.querySelector('[aria-busy] p').textContent.replace(/[\u00a0\u202f]/g, ' ') !== old, before);
    await page.waitForLoadState('networkidle');
    // The seven that the filter touches; the two others, and the stream of all, are left alone.
    assert.equal(asked.filter((path) => /\/dashcard\/\d+\/card\/\d+$/.test(path)).length, 7);
    assert.equal(asked.filter((path) => path.endsWith('/cards')).length, 0);
    const after = plain(await number.innerText());

    const again = await read(site, `${site.page}?source=Google`);
    assert.equal(plain(await card(again.page, 'Commandes').locator('p').first().innerText()), after);
    await keepsToItself(person);
    await keepsToItself(again);
  },

  async 'public: tabs by keyboard; a card that fails breaks no other'(site) {
    const person = await read(site);
    const { page } = person;
    await page.getByRole('tab', { name: 'Vue d’ensemble' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Détails', selected: true }).waitFor();
    assert.match(page.url(), /\?tab=\d+$/);

    const broken = card(page, 'Une question qui échoue');
    const report = /Ces chiffres ne peuvent pas être montrés pour l’instant\. Pour le signaler, indiquez la référence ([0-9a-f]{8})\./;
    const [, first] = (await broken.getByRole('alert').innerText()).match(report) ?? [];
    assert.ok(first);
    await broken.getByRole('button', { name: 'Réessayer' }).click();
    await broken.getByRole('alert').filter({ hasNotText: first }).waitFor();
    assert.match(await broken.getByRole('alert').innerText(), report);
    await card(page, 'Commandes par mois').getByRole('application').waitFor();
    await page.reload();
    await page.getByRole('tab', { name: 'Détails', selected: true }).waitFor();
    await keepsToItself(person);
  },

  async 'public: an administrator finds a failure by the reference that a reader was given'(site) {
    const { page } = await read(site);
    await page.getByRole('tab', { name: 'Détails' }).click();
    const words = await card(page, 'Une question qui échoue').getByRole('alert').innerText();
    const [reference] = words.match(/[0-9a-f]{8}(?=\.)/) ?? [];

    const { page: desk, context, complaints } = await administrator(site);
    // The history is written behind the answer.
    for (let tries = 0; tries < 300; tries++) {
      if ((await call(context.request, 'GET', `/api/vigie/execution?reference=${reference}`)).length) break;
      await desk.waitForTimeout(50);
    }
    await desk.goto('/admin/troubleshooting');
    await desk.getByRole('searchbox', { name: 'Référence donnée par un lecteur' }).fill(` ${reference?.toUpperCase()} `);
    const found = desk.getByRole('table', { name: 'Questions' }).getByRole('row').filter({ hasText: 'nowhere_at_all' });
    await found.filter({ hasText: reference }).getByRole('link', { name: 'Une question qui échoue' }).waitFor();
    await desk.getByRole('table', { name: 'Questions' }).getByRole('row').nth(2).waitFor({ state: 'detached' });
    await desk.getByRole('table', { name: 'Journal' }).getByText(`reference=${reference}`).first().waitFor();
    // The address is handed on.
    await desk.reload();
    await found.waitFor();
    await desk.getByRole('searchbox').fill('00000000');
    await desk.getByText('Aucune question n’a échoué sous cette référence').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'public: a chart as a table, and as files'(site) {
    const { page } = await read(site);
    const chart = card(page, 'Commandes par source');
    const choose = async (name) => {
      await chart.locator('summary').click();
      await chart.getByRole('button', { name }).click();
    };

    await choose('Montrer en tableau');
    await chart.getByRole('cell', { name: 'Google' }).waitFor();
    for (const [name, ending] of [['Télécharger en CSV', 'csv'], ['Télécharger en Excel', 'xlsx'], ['Télécharger en JSON', 'json']]) {
      const [file] = await Promise.all([page.waitForEvent('download'), choose(name)]);
      assert.ok(file.suggestedFilename().endsWith(`.${ending}`), file.suggestedFilename());
      assert.equal(await file.failure(), null);
    }
  },

  async 'public: without a script, titles, numbers and files are there'(site) {
    const { page } = await read(site, site.page, { javaScriptEnabled: false });
    const text = plain(await page.locator('main').innerText());

    for (const words of ['Les commandes, vues par tous', 'En bref', 'Commandes par mois', 'Toutes les commandes']) assert.ok(text.includes(words), words);
    assert.match(await page.locator('.printed-number').first().innerText().then(plain), /^\d+ \d{3}$/);
    const link = await page.getByRole('link', { name: 'Données (CSV)' }).first().getAttribute('href');
    const file = await page.request.get(link);
    assert.equal(file.status(), 200);
    assert.match(file.headers()['content-type'], /text\/csv/);

    // Nor is a page that leads nowhere empty: it says the same with a script and without.
    const late = `/embed/dashboard/${sign({ resource: { dashboard: site.id }, params: {}, exp: 1_700_000_000 })}`;
    const nothing = [
      [late, 'Cette page ne peut pas être montrée', 'Rechargez la page. Si cela ne suffit pas, signalez ceci au site qui la montre :'],
      ['/public/dashboard/nowhere', 'Il n’y a rien à cette adresse', 'Le lien est peut-être incomplet.'],
      [site.gone, 'Cette page n’est plus publiée', 'L’équipe qui l’avait publiée l’a retirée.'],
    ];
    for (const [address, title, words] of nothing) {
      for (const javaScriptEnabled of [true, false]) {
        const reader = await read(site, address, { javaScriptEnabled });
        await reader.page.getByRole('heading', { level: 1, name: title }).waitFor();
        assert.ok(plain(await reader.page.locator('main').innerText()).includes(words), address);
        assert.equal(await reader.page.getByText('Token is expired (1700000000)').count(), address === late ? 1 : 0);
        await reader.context.close();
      }
    }
  },

  async 'public: texts say what filters on dates hold in the same words with a script and without'(site) {
    const { browser, origin } = site;
    const said = ['past30days', 'past1days~', 'thisquarter', 'lastyear', 'next2weeks', 'past3months-from-1years', '2026-01-01~2026-02-28', '2026-01-01~', '~2026-08-09', '2026-03', 'Q2-2026', '2026-03-09T07:05', 'exclude-days-Mon-Sun', 'exclude-months-Jan-Dec', 'exclude-quarters-1-4', 'exclude-hours-0-14'];
    const { context } = await administrator(site);
    const ask = (method, path, data) => call(context.request, method, path, data);
    const { id } = await ask('POST', '/api/dashboard', { name: 'Périodes', parameters: said.map((value, at) => ({ id: `d${at}`, name: `Date ${at}`, slug: `d${at}`, type: 'date/all-options', default: value })) });
    const text = said.map((_, at) => `- {{d${at}}}`).join('\n');
    await ask('PUT', `/api/dashboard/${id}`, {
      dashcards: [{ id: -1, card_id: null, row: 0, col: 0, size_x: 24, size_y: 12, visualization_settings: { virtual_card: { display: 'text' }, text }, parameter_mappings: said.map((_, at) => ({ parameter_id: `d${at}`, target: ['text-tag', `d${at}`] })) }],
    });
    const { uuid } = await ask('POST', `/api/dashboard/${id}/public_link`);
    const lines = async (options) => {
      const { page, context: reader } = await visitor(browser, origin, options);
      await page.goto(`/public/dashboard/${uuid}`);
      await page.locator(options.javaScriptEnabled === false ? 'li' : 'main li').nth(said.length - 1).waitFor();
      const words = (await page.locator('li').allInnerTexts()).map(plain);
      await reader.close();
      return words;
    };

    try {
      for (const [locale, first] of [['fr', 'Les 30 derniers jours'], ['en', 'The last 30 days']]) {
        await ask('PUT', '/api/setting/site-locale', { value: locale });
        const printed = await lines({ javaScriptEnabled: false });
        assert.equal(printed[0], first);
        assert.deepEqual(printed, await lines({}));
      }
    } finally {
      await ask('PUT', '/api/setting/site-locale', { value: 'fr' });
      await context.close();
    }
  },

  async 'public: accessible in both looks, and fits a narrow phone'(site) {
    for (const colorScheme of ['light', 'dark']) {
      for (const address of [site.page, site.questionPage, '/public/dashboard/nowhere']) {
        const { page, context } = await read(site, address, { colorScheme, viewport: { width: 320, height: 740 } });
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 320, `${address} is ${width} px wide`);
        assert.deepEqual(await violations(page), [], `${address} in ${colorScheme}`);
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.waitForTimeout(100);
        assert.deepEqual(await violations(page), [], `${address} in ${colorScheme}, wide`);
        await context.close();
      }
    }
  },

  async 'public: the policy lets nothing else in'(site) {
    const { context } = await visitor(site.browser, site.origin);
    const answer = await context.request.get(site.page);
    const policy = answer.headers()['content-security-policy'];

    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"]) assert.ok(policy.includes(rule), policy);
    assert.equal(answer.headers()['set-cookie'], undefined);
    assert.doesNotMatch(await answer.text(), / style=/);
    const missing = await context.request.get('/public/dashboard/nowhere', { headers: { accept: 'text/html' } });
    assert.equal(missing.status(), 404);
  },

  async 'public: a page on paper'(site) {
    const { page } = await read(site);
    const pages = pagesOfPaper(await page.pdf({ format: 'A4' })).length;

    assert.ok(pages >= 2 && pages <= 4, `${pages} pages`);
    await page.emulateMedia({ media: 'print' });
    await page.getByText(/^Imprimé le /).waitFor();
    assert.equal(await page.getByRole('tab').count(), 0);
    // What the tab was called stands over its cards.
    await page.getByRole('heading', { level: 2, name: 'Vue d’ensemble' }).waitFor();
  },

  async 'public: on paper no card is cut, titles stay with what follows, tables repeat their headers and say how long they are'(site) {
    const app = await administrator(site);
    const { id, uuid } = await longDashboard(app.context.request);
    const stranger = await visitor(site.browser, site.origin);

    for (const [{ page }, address, landscape] of [[app, `/dashboard/${id}`, true], [stranger, `/public/dashboard/${uuid}`, false]]) {
      await page.goto(address);
      await page.getByRole('heading', { name: 'Longue table' }).waitFor();
      await page.waitForLoadState('networkidle');
      await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
      const pages = pagesOfPaper(await page.pdf({ format: 'A4', landscape })).map(plain);
      const on = (words) => pages.flatMap((text, at) => (text.includes(words) ? [at] : []));
      const where = `${address} ${landscape ? 'landscape' : 'portrait'}`;

      for (let at = 0; at < long.cards; at += 1) {
        const place = on(`Carte ${long.name(at)}`);
        assert.equal(place.length, 1, `${where}: card ${at}`);
        for (const key of long.keys(at)) assert.deepEqual(on(key), place, `${where}: ${key} of card ${at}`);
        if (at % 4 === 0) assert.deepEqual(on(`Partie ${at / 4}`), place, `${where}: part ${at / 4}`);
      }
      const [first] = on('Longue table');
      const [last] = on('Les 500 premières lignes sur 1 200');
      assert.ok(last > first + 5, where);
      for (let at = first; at <= last; at += 1) assert.match(pages[at], /Quantity/, `${where}: page ${at}`);
    }
    // From the menu, as from the browser.
    await app.page.evaluate(() => (globalThis.print = () => (document.title = String(document.querySelectorAll('tbody tr[aria-rowindex]').length))));
    await app.page.getByRole('button', { name: 'Autres actions' }).click();
    await app.page.getByRole('menuitem', { name: /^Imprimer/ }).click();
    await app.page.waitForFunction((rows) => Number(document.title) >= rows, 500);
    await stranger.context.close();
    await app.context.close();
  },

  async 'public: old figures stay, dimmed, while new ones are asked, and nothing moves'(site) {
    for (const [open, address] of [[visitor, site.page], [(browser, _, options) => administrator(site, options), `/dashboard/${site.id}`]]) {
      const { page, context } = await open(site.browser, site.origin, { viewport: { width: 1280, height: 900 } });
      const held = await heldAnswers(context);
      const figures = card(page, 'Commandes par source');
      const dimming = () => figures.evaluate((element) => Math.min(...[...element.children].map((part) => Number(getComputedStyle(part).opacity))));

      await context.addInitScript(() => {
        globalThis.moved = [];
        const lines = ({ value, sources }) => ({ value, what: sources.map(({ node }) => node?.outerHTML?.slice(0, 90) ?? node?.textContent) });
        new PerformanceObserver((list) => globalThis.moved.push(...list.getEntries().map(lines))).observe({ type: 'layout-shift', buffered: true });
      });
      await page.clock.install();
      held.hold();
      await page.goto(address);
      await figures.waitFor();
      await page.clock.fastForward(7_000);
      await figures.getByText('Cela prend du temps').waitFor();
      held.release();
      await figures.getByText('Twitter').first().waitFor();

      held.hold();
      await page.locator('summary', { hasText: 'Tous' }).click();
      await page.getByRole('checkbox', { name: 'Google' }).check();
      await page.keyboard.press('Escape');
      await figures.and(page.locator('[aria-busy=true]')).waitFor();
      assert.equal(await dimming(), 0.5, address);
      assert.equal(await figures.getByText('Twitter').count() > 0, true);
      await page.clock.fastForward(8_000);
      await figures.getByText(/^depuis \d+ s$/).waitFor();
      held.release();
      await figures.getByText('Twitter').first().waitFor({ state: 'detached' });
      assert.equal(await dimming(), 1, address);
      const moved = await page.evaluate(() => globalThis.moved);
      assert.ok(moved.reduce((sum, { value }) => sum + value, 0) < 0.01, `${address}: ${JSON.stringify(moved)}`);
      await context.close();
    }
  },

  async 'public: a signed frame grows and shrinks with our script'(site) {
    const address = `${site.origin}/embed/dashboard/${sign({ resource: { dashboard: site.id }, params: {} })}`;
    const script = `<script src="${site.origin}/app/iframeResizer.js"></script><script>iFrameResize({}, document.querySelector('iframe'))</script>`;
    const page = hostPage(script, `<iframe src="${address}" width="100%" frameborder="0"></iframe>`);

    await onForeignPage(site, { '/': page }, growsAndShrinks);
  },

  async 'public: the same with the script that hosts have had for years'(site) {
    const address = `${site.origin}/embed/dashboard/${sign({ resource: { dashboard: site.id }, params: {} })}`;
    const script = `<script src="/resizer.js"></script><script>iFrameResize({}, 'iframe')</script>`;
    const page = hostPage(script, `<iframe src="${address}" width="100%" frameborder="0"></iframe>`);

    await onForeignPage(site, { '/': page, '/resizer.js': () => ['text/javascript', vendorResizer] }, growsAndShrinks);
  },

  async 'public: of eight frames on one page, in a sandbox, those far down wait until they come near'(site) {
    const { page: host, context } = await visitor(site.browser, site.origin, { viewport: { width: 1280, height: 800 } });
    const asked = [];
    host.on('request', (request) => request.url().endsWith('/cards') && asked.push(request.frame().name()));
    const address = (at) => `${site.origin}/embed/dashboard/${sign({ resource: { dashboard: site.id }, params: {}, at })}`;
    const frames = [...'12345678'].map((at) => `<iframe name="${at}" sandbox="allow-scripts allow-same-origin" src="${address(at)}" width="100%" height="900"></iframe>`);
    const other = await foreignSite({ '/': hostPage('', frames.join('')) });

    try {
      await host.goto(other.origin);
      await host.frameLocator('iframe[name="1"]').getByRole('tab', { name: 'Détails' }).waitFor();
      await host.waitForLoadState('networkidle');
      assert.ok(asked.includes('1') && !asked.includes('8'), `${asked}`);
      await host.locator('iframe[name="8"]').scrollIntoViewIfNeeded();
      await host.frameLocator('iframe[name="8"]').getByRole('tab', { name: 'Détails' }).waitFor();
      assert.ok(asked.includes('8'));
      // Nobody told the host how tall they are: what does not fit is scrolled to inside.
      const reached = await host.frameLocator('iframe[name="1"]').locator('html').evaluate(() => (scrollTo(0, 200), scrollY));
      assert.equal(reached, 200);
      await context.close();
    } finally {
      other.close();
    }
  },

  async 'public: filters are text on paper; targets are large; forced colours and wider text lose nothing'(site) {
    const person = await read(site, `${site.page}?source=Google`, { viewport: { width: 360, height: 740 }, forcedColors: 'active', hasTouch: true });
    const { page } = person;
    const small = await page.locator('button, summary, [role=tab], a').evaluateAll((list) =>
      list.filter((element) => element.checkVisibility() && !element.closest('p, li, td, footer') && element.getBoundingClientRect().height > 0 && Math.ceil(element.getBoundingClientRect().height) < 44).map((element) => element.outerHTML.slice(0, 90)),
    );
    assert.deepEqual(small, []);
    assert.deepEqual(await violations(page), []);
    await page.evaluate(() => {
      const wider = new CSSStyleSheet();
      wider.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }');
      document.adoptedStyleSheets = [wider];
    });
    assert.notEqual(await page.locator('h1').evaluate((title) => getComputedStyle(title).letterSpacing), 'normal');
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
    await page.emulateMedia({ media: 'print' });
    await page.getByText('Google', { exact: true }).filter({ visible: true }).first().waitFor();
    await person.context.close();
  },

  async 'public: a frame looks as its page asks, not as its reader prefers'(site) {
    const address = `${site.origin}/embed/dashboard/${sign({ resource: { dashboard: site.id }, params: {} })}`;
    const frames = ['', '#theme=night&titled=false&hide_parameters=source&downloads=false&locale=en&bordered=false', '#background=false'];
    const page = hostPage('', frames.map((hash) => `<iframe src="${address}${hash}" width="100%" height="500"></iframe>`).join(''));
    const groundOf = (frame) => frame.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor);

    await onForeignPage(site, { '/': page }, async (host) => {
      const [light, night, clear] = [0, 1, 2].map((index) => host.frameLocator('iframe').nth(index));
      await light.getByRole('heading', { level: 1 }).waitFor();
      assert.equal(await groundOf(light), 'rgb(246, 248, 248)');
      await host.locator('iframe').nth(1).scrollIntoViewIfNeeded();
      await night.getByRole('tab', { name: 'Détails' }).waitFor();
      assert.equal(await groundOf(night), 'rgb(13, 21, 26)');
      assert.equal(await night.locator('html').getAttribute('lang'), 'en');
      assert.equal(await night.locator('header').count(), 0);
      assert.equal(await night.getByText('Source', { exact: true }).count(), 0);
      await night.locator('summary[aria-label="Actions for Commandes par mois"]').click();
      assert.equal(await night.getByRole('button', { name: /Download/ }).count(), 0);
      await host.locator('iframe').nth(2).scrollIntoViewIfNeeded();
      await clear.getByRole('tab', { name: 'Détails' }).waitFor();
      assert.equal(await groundOf(clear), 'rgba(0, 0, 0, 0)');
    }, { colorScheme: 'dark', viewport: { width: 1280, height: 800 } });
  },

  async 'public: every word behind the # does what the guide says, on a page and in a frame'(site) {
    const style = (page, selector, name) => page.locator(selector).first().evaluate((element, key) => getComputedStyle(element)[key], name);
    const filter = (page) => page.getByText('Source', { exact: true }).count();
    const files = async (page) => {
      await card(page, 'Commandes par source').locator('summary').click();
      return page.getByRole('button', { name: /^(Enregistrer|Télécharger)/ }).evaluateAll((list) => list.map(({ textContent }) => textContent.split(' ').at(-1)));
    };
    const ground = (page) => style(page, 'html', 'backgroundColor');
    const all = ['CSV', 'Excel', 'JSON', 'PNG', 'SVG'];
    const words = [
      ['', async (page) => [await ground(page), await filter(page), await page.locator('footer').isVisible(), await files(page)], ['rgb(246, 248, 248)', 1, true, all]],
      ['titled=false', (page) => page.locator('header h1').count(), 0],
      ['theme=night', ground, 'rgb(13, 21, 26)'],
      ['theme=dark', ground, 'rgb(13, 21, 26)'],
      ['night', ground, 'rgb(13, 21, 26)'],
      ['theme=transparent', ground, 'rgba(0, 0, 0, 0)'],
      ['background=false', ground, 'rgba(0, 0, 0, 0)'],
      ['hide_parameters=source', filter, 0],
      ['hide_parameters=other', filter, 1],
      ['downloads=false', files, []],
      ['hide_download_button=true', files, []],
      ['downloads=csv,png', files, ['CSV', 'PNG']],
      ['locale=en', (page) => page.locator('html').getAttribute('lang'), 'en'],
      ['fullscreen', (page) => page.locator('footer').isVisible(), false],
      ['font=serif', (page) => style(page, 'h1', 'fontFamily'), 'ui-serif, serif'],
      ['font=Lato', async (page) => (await style(page, 'h1', 'fontFamily')).startsWith('"Public Sans'), true],
      [`tab=${site.tabs[1].id}`, (page) => page.getByRole('tab', { selected: true }).innerText(), 'Détails'],
      ['bordered&scale=2&header=false&theme=pink', async (page) => [await ground(page), await page.locator('header h1').count()], ['rgb(246, 248, 248)', 1]],
    ];

    for (const [word, look, expected] of words) {
      const person = await read(site, `${site.page}${word && `#${word}`}`);
      assert.deepEqual(await look(person.page), expected, `#${word}`);
      await keepsToItself(person);
      await person.context.close();
    }
    const address = `${site.origin}/embed/dashboard/${sign({ resource: { dashboard: site.id }, params: {} })}`;
    for (const [word, width] of [['', '1px'], ['bordered=false', '0px'], ['bordered=true&font=monospace', '1px']]) {
      await onForeignPage(site, { '/': hostPage('', `<iframe src="${address}#${word}" width="100%" height="500"></iframe>`) }, async (host) => {
        const frame = host.frameLocator('iframe');
        await frame.getByRole('heading', { level: 1 }).waitFor();
        assert.equal(await frame.locator('#page > div').evaluate((page) => getComputedStyle(page).borderTopWidth), width, word);
        const family = await frame.locator('h1').evaluate((title) => getComputedStyle(title).fontFamily);
        assert.equal(family.startsWith('ui-monospace'), word.includes('monospace'));
      });
    }
    // A page that stays open looks again for new figures.
    const { page, context } = await visitor(site.browser, site.origin);
    await page.clock.install();
    await page.goto(`${site.page}#refresh=60`);
    await card(page, 'Commandes par mois').getByRole('application').waitFor();
    const again = page.waitForRequest((request) => request.url().includes('/cards'));
    await page.clock.fastForward(61_000);
    await again;
    await context.close();
  },

  async 'public: an element on the page of another, with a token, and with one who gives tokens'(site) {
    const token = () => sign({ resource: { dashboard: site.id }, params: {} });
    const asked = [];
    const script = `<script src="${site.origin}/app/embed.js"></script>`;
    const config = (more) => `<script>window.metabaseConfig = ${JSON.stringify({ isGuest: true, instanceUrl: site.origin, locale: 'fr', ...more })}</script>`;
    const filters = `initial-parameters='{"source":["Google"]}'`;
    const pages = {
      '/': hostPage(config() + script, `<metabase-dashboard token="${token()}" with-title="false" ${filters}></metabase-dashboard>`),
      '/given': hostPage(config({ guestEmbedProviderUri: '/guest' }) + script, `<metabase-dashboard dashboard-id="${site.id}" custom-context='{"team":"a"}'></metabase-dashboard>`),
      '/guest': () => [asked.push(1) && 'application/json', JSON.stringify({ jwt: token() })],
    };

    await onForeignPage(site, pages, async (page) => {
      const frame = page.frameLocator('metabase-dashboard iframe');
      await frame.locator('summary', { hasText: 'Google' }).waitFor();
      assert.equal(await frame.locator('header').count(), 0);
      await growsAndShrinks(page);

      const [request] = await Promise.all([page.waitForRequest(/\/guest$/), page.goto('/given')]);
      assert.deepEqual([request.method(), request.postDataJSON()], ['POST', { entityType: 'dashboard', entityId: site.id, customContext: { team: 'a' } }]);
      await frame.getByRole('heading', { level: 1, name: 'Les commandes, vues par tous' }).waitFor();
      assert.equal(asked.length, 1);
    });
  },

  async 'public: where filters wait for a word, nothing is asked before it'(site) {
    const { context } = await visitor(site.browser, site.origin, { storageState: site.session });
    await call(context.request, 'PUT', `/api/dashboard/${site.id}`, { auto_apply_filters: false });
    const { page } = await read(site);

    await page.locator('summary', { hasText: 'Tous' }).click();
    await page.getByRole('checkbox', { name: 'Google' }).check();
    await page.keyboard.press('Escape');
    assert.doesNotMatch(page.url(), /source/);
    await page.getByRole('button', { name: 'Appliquer' }).click();
    await page.waitForURL(/\?source=Google$/);
    await page.getByRole('button', { name: 'Appliquer' }).waitFor({ state: 'detached' });
    await call(context.request, 'PUT', `/api/dashboard/${site.id}`, { auto_apply_filters: true });
  },
};
