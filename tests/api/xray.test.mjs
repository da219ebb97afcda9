// Dashboards made for rows that nobody asked about yet: every question of them runs, names nobody,
// and is titled in the language of who reads.
import assert from "node:assert/strict";
import { sql, withPostgres } from "./postgres.mjs";
import { call, invite, setUp, startServer } from "./server.mjs";

const MOST_CARDS = 12;

// What a sample showed of columns decides what is asked: it runs behind the first answers.
async function whenSampled(api, database, table) {
  for (let i = 0; i < 300; i += 1) {
    const { tables } = (await api("GET", `/api/database/${database}/metadata`)).json;
    if (tables.some((one) => one.name === table) && tables.every((one) => one.fields.length > 0 && one.fields.every((field) => field.fingerprint))) return tables;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the tables were not looked into");
}

async function sample(run) {
  const server = await startServer();
  try {
    const session = await setUp(server);
    const api = (method, path, body, as = session, headers = {}) => call(server, method, path, { session: as, body, headers });
    const tables = await whenSampled(api, 1, "INVOICES");
    await run({ server, session, api, tables, table: (name) => tables.find((one) => one.name === name) });
  } finally {
    await server.stop();
  }
}

// All of its questions give rows.
async function checkAll(api, dashboard, words) {
  assert.ok(dashboard.dashcards.length > 0 && dashboard.dashcards.length <= MOST_CARDS, `${words}: ${dashboard.dashcards.length} cards`);
  const taken = new Set();
  for (const { card, row, col, size_x: width, size_y: height } of dashboard.dashcards) {
    const answer = (await api("POST", "/api/dataset", card.dataset_query)).json;
    assert.equal(answer.status, "completed", `${words}, ${card.name}: ${JSON.stringify(card.dataset_query)} ${answer.error}`);
    assert.ok(answer.data.rows.length > 0, `${words}, ${card.name} has no row`);
    assert.ok(!card.name.includes("{") && !card.name.includes("undefined"), card.name);
    for (let x = col; x < col + width; x += 1)
      for (let y = row; y < row + height; y += 1) {
        assert.ok(x < 24 && !taken.has(`${x} ${y}`), `${words}: ${card.name} lies over another`);
        taken.add(`${x} ${y}`);
      }
  }
}

const rulesOf = (dashboard) => new Set(dashboard.dashcards.map((one) => one.rule));

export const tests = {
  "every question about every table, field and model of the sample runs": async () => {
    await sample(async ({ api, tables, table }) => {
      const look = async (path) => {
        const answer = await api("GET", `/api/automagic-dashboards/${path}`);
        assert.equal(answer.status, 200, `${path}: ${answer.text}`);
        return answer.json;
      };
      const seen = new Set();
      for (const one of tables) {
        const dashboard = await look(`table/${one.id}`);
        await checkAll(api, dashboard, one.name);
        for (const rule of rulesOf(dashboard)) seen.add(rule);
        for (const field of one.fields) {
          const about = await look(`field/${field.id}`);
          if (about.dashcards.length > 0) await checkAll(api, about, `${one.name}.${field.name}`);
          for (const { card } of about.dashcards) assert.ok(JSON.stringify(card.dataset_query).includes(`["field",${field.id},`), card.name);
        }
      }
      assert.deepEqual([...seen].sort(), ["average", "average-by", "by-category", "by-coordinates", "by-state", "by-weekday", "count", "different", "distribution", "most-frequent", "over-time", "sum", "sum-over-time"]);
      // Along keys, rows are grouped by what another table says of them; nobody is named.
      const orders = await look(`table/${table("ORDERS").id}`);
      assert.ok(orders.dashcards.some(({ card }) => /People → Source|Products → Category/.test(card.name)), JSON.stringify(orders.dashcards.map(({ card }) => card.name)));
      const people = await look(`table/${table("PEOPLE").id}`);
      const fields = table("PEOPLE").fields.filter((one) => ["NAME", "EMAIL", "ADDRESS", "PASSWORD", "BIRTH_DATE"].includes(one.name));
      for (const { id, name } of fields) assert.ok(!JSON.stringify(people).includes(`["field",${id},`), name);
      const model = (await api("POST", "/api/card", { name: "Modèle", type: "model", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "native", native: { query: "select category, price, created_at from products" } } })).json;
      const unknown = (await api("POST", "/api/card", { name: "Rien", type: "model", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "native", native: { query: "select * from nowhere" } } })).json;
      assert.equal((await api("GET", `/api/automagic-dashboards/model/${unknown.id}`)).status, 400);
      const ofModel = await look(`model/${model.id}`);
      await checkAll(api, ofModel, "model");
      assert.ok(rulesOf(ofModel).has("over-time"));
      // Rows of a question that is not saved.
      const total = table("ORDERS").fields.find((one) => one.name === "TOTAL").id;
      const query = { database: 1, type: "query", query: { "source-table": table("ORDERS").id, filter: [">", ["field", total, null], 100], aggregation: [["count"]] } };
      const adhoc = await look(`adhoc/${Buffer.from(JSON.stringify(query)).toString("base64url")}`);
      await checkAll(api, adhoc, "adhoc");
      const count = (dashboard) => api("POST", "/api/dataset", dashboard.dashcards[0].card.dataset_query).then((answer) => answer.json.data.rows[0][0]);
      assert.ok((await count(adhoc)) < (await count(orders)));
      for (const [path, status] of [["table/987654", 404], ["planet/1", 404], ["table/x", 404], ["adhoc/x", 400], [`adhoc/${Buffer.from("{}").toString("base64url")}`, 400]])
        assert.equal((await api("GET", `/api/automagic-dashboards/${path}`)).status, status, path);
    });
  },

  "the rows behind a cell, of a segment or a metric are looked at, and beside others": async () => {
    await sample(async ({ api, session, table }) => {
      const look = async (path, status = 200) => {
        const answer = await api("GET", `/api/automagic-dashboards/${path}`, undefined, session, { "x-metabase-locale": "en" });
        assert.equal(answer.status, status, `${path}: ${answer.text.slice(0, 300)}`);
        return answer.json;
      };
      const coded = (tree) => Buffer.from(JSON.stringify(tree)).toString("base64url");
      const products = table("PRODUCTS");
      const id = (name) => products.fields.find((one) => one.name === name).id;
      const category = ["=", ["field", id("CATEGORY"), null], "Widget"];
      const count = async (dashboard, at = 0) => (await api("POST", "/api/dataset", dashboard.dashcards[at].card.dataset_query)).json.data.rows[0][0];
      const all = await look(`table/${products.id}`);
      const cell = await look(`table/${products.id}/cell/${coded(category)}`);
      await checkAll(api, cell, "cell");
      assert.equal(cell.name, "A closer look at Products (Category: Widget)");
      assert.ok((await count(cell)) < (await count(all)));
      // A bar of a question: what it grouped is looked at, with its own filter and the cell's.
      const cheap = ["<", ["field", id("PRICE"), null], 60];
      const grouped = (await api("POST", "/api/card", { name: "Par catégorie", display: "bar", visualization_settings: {}, dataset_query: { database: 1, type: "query", query: { "source-table": products.id, filter: cheap, aggregation: [["count"]], breakout: [["field", id("CATEGORY"), null]] } } })).json;
      const bar = await look(`question/${grouped.id}/cell/${coded(category)}`);
      await checkAll(api, bar, "bar");
      assert.deepEqual(bar.dashcards[0].card.dataset_query.query.filter, ["and", cheap, category]);
      const adhoc = coded(grouped.dataset_query);
      assert.equal(await count(await look(`adhoc/${adhoc}/cell/${coded(category)}`)), await count(bar));
      // Of SQL, its own columns.
      const model = (await api("POST", "/api/card", { name: "Modèle", type: "model", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "native", native: { query: "select category, price, created_at from products" } } })).json;
      await checkAll(api, await look(`model/${model.id}/cell/${coded(["and", ["=", ["field", "CATEGORY", { "base-type": "type/Text" }], "Widget"], ["not-null", ["field", "PRICE", { "base-type": "type/Float" }]]])}`), "cell of a model");
      // Segments and metrics.
      const segment = (await api("POST", "/api/segment", { name: "Bon marché", table_id: products.id, definition: { "source-table": products.id, filter: cheap } })).json;
      const some = await look(`segment/${segment.id}`);
      await checkAll(api, some, "segment");
      assert.equal(some.name, "A look at Bon marché");
      const metric = (await api("POST", "/api/card", { name: "Prix moyen", type: "metric", display: "scalar", visualization_settings: {}, dataset_query: { database: 1, type: "query", query: { "source-table": products.id, aggregation: [["avg", ["field", id("PRICE"), null]]] } } })).json;
      const measured = await look(`metric/${metric.id}`);
      await checkAll(api, measured, "metric");
      assert.equal(measured.dashcards[0].card.name, "Total: Prix moyen");
      const [asked, direct] = [await count(measured), (await api("POST", `/api/card/${metric.id}/query`, {})).json.data.rows[0][0]];
      assert.equal(asked, direct);
      assert.ok(!rulesOf(measured).has("sum"));
      // Side by side, the same questions of both.
      const pair = await look(`segment/${segment.id}/compare/table/${products.id}`);
      await checkAll(api, pair, "comparison");
      assert.equal(pair.name, "Bon marché compared with Products");
      assert.equal(pair.dashcards.length % 2, 0);
      for (let i = 0; i < pair.dashcards.length; i += 2) {
        const [left, right] = [pair.dashcards[i], pair.dashcards[i + 1]];
        assert.deepEqual([left.rule, left.row, left.size_y, left.col, right.col], [right.rule, right.row, right.size_y, 0, 12]);
        assert.deepEqual({ ...left.card.dataset_query.query, filter: undefined }, { ...right.card.dataset_query.query, filter: undefined });
      }
      assert.deepEqual([await count(pair), await count(pair, 1)], [await count(some), await count(all)]);
      await checkAll(api, await look(`table/${products.id}/cell/${coded(category)}/compare/segment/${segment.id}`), "cell and segment");
      // One rule goes further than the whole.
      const deep = await look(`table/${table("PEOPLE").id}/rule/table/by-category`);
      assert.deepEqual([...rulesOf(deep)], ["by-category"]);
      await checkAll(api, deep, "rule");
      // What it needs, before it is drawn.
      const needs = await look(`table/${table("ORDERS").id}/query_metadata`);
      assert.ok(["Orders", "People", "Products"].every((name) => needs.tables.some((one) => one.display_name === name)), JSON.stringify(needs.tables.map((one) => one.display_name)));
      assert.deepEqual((await look(`model/${model.id}/query_metadata`)).cards.map((one) => one.id), [model.id]);
      // Every look that lies near can be taken.
      const follow = async ({ related }) => {
        for (const { url, title } of Object.values(related).flat()) {
          assert.ok(title.length > 5 && !title.includes("undefined"), title);
          await look(url.replace("/auto/dashboard/", ""));
        }
        return Object.fromEntries(Object.entries(related).map(([key, list]) => [key, list.length]));
      };
      const near = await follow(await look(`table/${table("ORDERS").id}`));
      assert.ok(near["zoom-in"] > 0 && near.related > 0, JSON.stringify(near));
      assert.equal((await follow(await look(`table/${products.id}`))).compare, 1);
      const ofCell = await follow(await look(`table/${products.id}/cell/${coded(category)}`));
      assert.deepEqual([ofCell.compare, ofCell["zoom-out"], (await follow(some)).compare], [2, 1, 1]);
      // What is no cell, and what cannot be compared.
      for (const wrong of ["%%%", "x", coded({ a: 1 }), coded("text"), coded([]), coded(["="]), coded(["drop", 1]), coded(["and", ["=", 1, 2], ["sleep", 9]]), coded([["=", 1, 2]]), coded(["not"])])
        await look(`table/${products.id}/cell/${encodeURIComponent(wrong)}`, 400);
      for (const [path, status] of [[`table/${products.id}/compare/table/${table("ORDERS").id}`, 400], [`table/${products.id}/compare/planet/1`, 404], [`table/${products.id}/rule/table/none`, 404], [`metric/${grouped.id}`, 400], ["segment/98765", 404], [`adhoc/${coded({ database: 1, type: "native", native: { query: "select 1" } })}`, 400], [`table/98765/query_metadata`, 404]]) await look(path, status);
    });
  },

  "titles are in the language of who reads, and tables to begin with are listed": async () => {
    await sample(async ({ api, session, table }) => {
      const path = `/api/automagic-dashboards/table/${table("ORDERS").id}`;
      const english = (await api("GET", path, undefined, session, { "x-metabase-locale": "en" })).json;
      const french = (await api("GET", path, undefined, session, { "x-metabase-locale": "fr" })).json;
      assert.deepEqual([english.name, english.dashcards[0].card.name], ["A look at Orders", "Total: Orders"]);
      assert.deepEqual([french.name, french.dashcards[0].card.name], ["Un regard sur Orders", "Total : Orders"]);
      assert.deepEqual(english.dashcards.map((one) => one.card.dataset_query), french.dashcards.map((one) => one.card.dataset_query));
      const [schema] = (await api("GET", "/api/automagic-dashboards/database/1/candidates")).json;
      assert.equal(schema.tables.length, 8);
      assert.ok(schema.tables.some((one) => one.url === `/auto/dashboard/table/${table("ORDERS").id}` && one.title === "Un regard sur Orders"), JSON.stringify(schema.tables[0]));
      assert.equal((await api("GET", "/api/automagic-dashboards/database/987654/candidates")).status, 404);
    });
  },

  "it is kept with its questions inside, by whom may write there": async () => {
    await sample(async ({ api, server, session, table }) => {
      const shown = (await api("GET", `/api/automagic-dashboards/table/${table("PRODUCTS").id}`)).json;
      const collection = (await api("POST", "/api/collection", { name: "Regards" })).json;
      const kept = await api("POST", `/api/dashboard/save/collection/${collection.id}`, shown);
      assert.equal(kept.status, 200, kept.text);
      assert.deepEqual([kept.json.name, kept.json.collection_id, kept.json.dashcards.length], [shown.name, collection.id, shown.dashcards.length]);
      for (const { card } of kept.json.dashcards) {
        assert.equal(card.dashboard_id, kept.json.id);
        assert.equal((await api("POST", `/api/card/${card.id}/query`, {})).json.status, "completed", card.name);
      }
      assert.equal((await api("GET", `/api/dashboard/${kept.json.id}`)).json.dashcards.length, shown.dashcards.length);
      assert.equal((await api("POST", "/api/dashboard/save", shown)).json.collection_id, null);
      for (const wrong of [{ ...shown, name: "" }, { ...shown, dashcards: [{ card: { name: "X", display: "table", visualization_settings: {}, dataset_query: {} } }] }, { ...shown, dashcards: [{ col: 99 }] }, { ...shown, dashcards: Array.from({ length: 101 }, () => ({})) }])
        assert.equal((await api("POST", "/api/dashboard/save", wrong)).status, 400);
      assert.equal((await api("POST", "/api/dashboard/save/collection/987654", shown)).status, 404);
      const reader = await invite(server, session, "reader@example.org");
      const rights = (await api("GET", "/api/collection/graph")).json;
      rights.groups[1][collection.id] = "read";
      assert.equal((await api("PUT", "/api/collection/graph", rights)).status, 200);
      assert.equal((await api("POST", `/api/dashboard/save/collection/${collection.id}`, shown, reader.session)).status, 403);
      const graph = (await api("GET", "/api/permissions/graph")).json;
      graph.groups[1] = { 1: { "view-data": "blocked", "create-queries": "no" } };
      await api("PUT", "/api/permissions/graph", graph);
      const { id } = table("PRODUCTS");
      const cell = Buffer.from(JSON.stringify(["not-null", ["field", table("PRODUCTS").fields[0].id, null]])).toString("base64url");
      for (const path of ["", "/query_metadata", `/cell/${cell}`, "/rule/table/count", `/compare/table/${id}`])
        assert.ok([403, 404].includes((await api("GET", `/api/automagic-dashboards/table/${id}${path}`, undefined, reader.session)).status), path);
    });
  },

  "questions about a PostgreSQL run too": async () => {
    await withPostgres(async (url) => {
      sql(url, `create table towns (id serial primary key, name text, region text);
        insert into towns (name, region) select 'ville ' || n, 'région ' || n % 7 from generate_series(1, 40) n;
        create table visits (id serial primary key, town_id int references towns, kind text, amount numeric(10, 2), stars smallint, latitude double precision, longitude double precision,
          country text, place text, seen boolean, made date, created_at timestamptz, ended timestamp);
        insert into visits (town_id, kind, amount, stars, latitude, longitude, country, place, seen, made, created_at, ended)
          select 1 + n % 40, 'sorte ' || n % 5, n * 1.25, n % 6, 40 + n % 10, n % 20, case n % 3 when 0 then 'FR' when 1 then 'DE' else 'ES' end, 'lieu ' || n % 90, n % 2 = 0,
            date '2024-01-01' + n, timestamptz '2020-01-01' + n * interval '1 day', timestamp '2025-01-01' + n * interval '1 minute' from generate_series(1, 500) n;`);
      const server = await startServer();
      try {
        const session = await setUp(server);
        const api = (method, path, body) => call(server, method, path, { session, body });
        const { hostname, port, pathname, username, password } = new URL(url);
        const details = { host: hostname, port: Number(port), dbname: pathname.slice(1), user: username, password: decodeURIComponent(password) };
        const { id } = (await api("POST", "/api/database", { name: "Visites", engine: "postgres", details })).json;
        const tables = await whenSampled(api, id, "visits");
        const seen = new Set();
        for (const one of tables) {
          const paths = [`table/${one.id}`, ...one.fields.map((field) => `field/${field.id}`)];
          for (const path of paths) {
            const dashboard = (await api("GET", `/api/automagic-dashboards/${path}`)).json;
            if (dashboard.dashcards.length > 0) await checkAll(api, dashboard, `${one.name} ${path}`);
            for (const rule of rulesOf(dashboard)) seen.add(rule);
          }
        }
        assert.equal(seen.size, 13, [...seen].join());
      } finally {
        await server.stop();
      }
    });
  },
};
