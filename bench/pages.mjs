// Pages in Chromium, with a processor four times slower, beside an empty page in the same run:
//   a dashboard of twelve cards, in the app and published, until the last card is drawn (limit: 5 times the empty page),
//   and which part of that the answers were not there yet;
//   a table of 10,000 rows, scrolled from end to end (limit: no task over 50 ms).
// ROUNDS and SLOWER may be set. VIGIE_BIN says which program.
import { bareBrowser } from "./bare_browser.mjs";
import { launch, visitor } from "../web/test/e2e/browser.mjs";
import { startServer } from "../web/test/e2e/server.mjs";
import { call as ask, setUp } from "../web/test/e2e/site.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const SLOWER = Number(process.env.SLOWER ?? 4);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const month = ["field", 43, { "temporal-unit": "month" }];
const category = ["field", 61, { "source-field": 38 }];
const state = ["field", 52, { "source-field": 37 }];
const total = ["field", 41, null];
const counted = (breakout, more = {}) => ({ "source-table": 5, aggregation: [["count"]], breakout, ...more });

/** What a dashboard of some service holds: figures, trends, parts, places, rows. */
const cards = [
  ["scalar", counted([])],
  ["scalar", { "source-table": 5, aggregation: [["sum", total]] }],
  ["smartscalar", counted([month])],
  ["scalar", { "source-table": 5, aggregation: [["avg", total]] }],
  ["line", counted([month])],
  ["bar", counted([month, category])],
  ["area", counted([month, category])],
  ["pie", counted([category])],
  ["row", counted([state])],
  ["map", counted([state]), { "map.region": "fr_regions" }],
  ["bar", counted([["field", 41, { binning: { strategy: "default" } }]])],
  ["table", { "source-table": 5, limit: 100 }],
];

async function makeDashboard(request) {
  const dashcards = [];
  for (const [index, [display, query, visualization_settings = {}]] of cards.entries()) {
    const card = await ask(request, "POST", "/api/card", { name: `Carte ${index}`, display, visualization_settings, dataset_query: { database: 1, type: "query", query } });
    dashcards.push({ id: -1 - index, card_id: card.id, row: Math.floor(index / 4) * 5, col: (index % 4) * 6, size_x: 6, size_y: 5, parameter_mappings: [], visualization_settings: {} });
  }
  const { id } = await ask(request, "POST", "/api/dashboard", { name: "Douze cartes" });
  await ask(request, "PUT", `/api/dashboard/${id}`, { dashcards });
  const { uuid } = await ask(request, "POST", `/api/dashboard/${id}/public_link`);
  return { app: `/dashboard/${id}`, published: `/public/dashboard/${uuid}` };
}

/** Runs in the page: when the last of the cards shows its picture, its number or its rows. */
function watchCards(count) {
  const drawn = () => [...document.querySelectorAll("[aria-busy]")].filter((card) => card.getAttribute("aria-busy") === "false" && card.querySelector("[role=application], table, p[class*=big]")).length;
  const look = () => {
    if (drawn() < count) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      const [answers] = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/cards"));
      location.hash = JSON.stringify({ drawn: performance.now(), asked: answers?.requestStart, answered: answers?.responseEnd });
    });
  };
  const observer = new MutationObserver(look);

  observer.observe(document, { subtree: true, childList: true, attributes: true });
}

/** Runs in the page: when anything is seen of it. */
function watchPaint() {
  new PerformanceObserver((list) => {
    const [paint] = list.getEntriesByName("first-contentful-paint");
    if (paint) location.hash = JSON.stringify(paint.startTime);
  }).observe({ type: "paint", buffered: true });
}

const call = (script, ...values) => `(${script})(${values.map((value) => JSON.stringify(value)).join(",")})`;
const slowPage = { slower: SLOWER, width: 1280, height: 2000 };

const timeEmpty = (bare, { origin, cookies }) => bare.visit({ ...slowPage, address: `${origin}/api/health`, cookies, script: call(watchPaint) });
const timeCards = (bare, { origin, cookies }, address) => bare.visit({ ...slowPage, address: origin + address, cookies, script: call(watchCards, cards.length) });

async function twelveCards(bare, site, addresses) {
  const times = { empty: [], app: [], published: [] };
  // The first of each fills the caches of the server and of the disk.
  for (let round = -1; round < ROUNDS; round += 1) {
    const now = { empty: await timeEmpty(bare, site), app: await timeCards(bare, site, addresses.app), published: await timeCards(bare, site, addresses.published) };
    if (round >= 0) for (const [name, value] of Object.entries(now)) times[name].push(value);
  }
  const empty = median(times.empty);
  console.log(`empty page: ${empty.toFixed(0)} ms (median of ${ROUNDS}, processor ${SLOWER} times slower)`);
  for (const name of ["published", "app"]) {
    const of = (read) => median(times[name].map(read));
    const value = of(({ drawn }) => drawn);
    const best = Math.min(...times[name].map(({ drawn }) => drawn));
    console.log(`12 cards, ${name}: ${value.toFixed(0)} ms, ${(value / empty).toFixed(2)} times the empty page (limit 5), best ${best.toFixed(0)} ms`);
    // Before and after, the page is busy with itself.
    console.log(`  the answers: asked for after ${of(({ asked }) => asked).toFixed(0)} ms, the last byte ${of(({ asked, answered }) => answered - asked).toFixed(0)} ms later; drawn ${of(({ drawn, answered }) => drawn - answered).toFixed(0)} ms after that`);
  }
}

const numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000) select i as id, i * 7 as number, i / 3.0 as share, 'Ville de Saint-' || i as name, date('2020-01-01', i || ' days') as day, case i % 3 when 0 then 'a' when 1 then 'b' else 'c' end as kind, i % 2 = 0 as even from n";

async function scrolledTable(browser, site, request) {
  await ask(request, "PUT", "/api/setting/unaggregated-query-row-limit", { value: 10_000 });
  const { id } = await ask(request, "POST", "/api/card", { name: "Dix mille lignes", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "native", native: { query: numbers } } });

  for (const slower of [1, SLOWER]) {
    const { context, page } = await visitor(browser, site.origin, { storageState: site.session });
    page.setDefaultTimeout(60_000);
    await page.goto(`/question/${id}`);
    await page.locator("table[aria-rowcount='10001'] tbody tr").nth(15).waitFor();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    const { tasks, frames, seen } = await page.evaluate(scrollThrough);
    console.log(`10,000 rows, processor ${slower === 1 ? "as it is" : `${slower} times slower`}: ${seen} of 10,000 rows seen in ${frames} frames, ${tasks.length} tasks over 50 ms${tasks.length ? `, the longest ${Math.max(...tasks).toFixed(0)} ms` : ""} (limit 0)`);
    await context.close();
  }
}

/** Runs in the page: a screen at each frame, from the top to the end. */
async function scrollThrough() {
  const tasks = [];
  const observer = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => tasks.push(duration)));
  const scroller = document.querySelector("table[aria-rowcount]").parentElement;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  let frames = 0;
  let last = 0;

  observer.observe({ entryTypes: ["longtask"] });
  while (scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 1) {
    scroller.scrollTop += scroller.clientHeight;
    await frame();
    frames += 1;
  }
  await frame();
  await new Promise((resolve) => setTimeout(resolve, 300));
  last = Math.max(...[...scroller.querySelectorAll("tr[aria-rowindex]")].map((row) => Number(row.getAttribute("aria-rowindex")) - 1));
  return { tasks, frames, seen: last };
}

const server = await startServer(process.env.VIGIE_BIN);
const browser = await launch();
const bare = await bareBrowser();
try {
  const { context } = await visitor(browser, server.origin);
  await setUp(context.request);
  const session = await context.storageState();
  const site = { origin: server.origin, session, cookies: session.cookies.map(({ name, value }) => ({ name, value, url: server.origin })) };
  await twelveCards(bare, site, await makeDashboard(context.request));
  await scrolledTable(browser, site, context.request);
} finally {
  await bare.close();
  await browser.close();
  await server.stop();
}
