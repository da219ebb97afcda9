// What strangers reach: public links and signed frames, with the words that their makers know, and
// nothing besides.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { rmSync } from "node:fs";
import { ADMIN, call, setUp, startServer } from "./server.mjs";

const SECRET = "5c1a6b7d8e9f00112233445566778899aabbccddeeff00112233445566778899";
const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

function sign(payload, { secret = SECRET, alg = "HS256" } = {}) {
  const body = `${encode({ alg, typ: "JWT" })}.${encode(payload)}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

async function published(run) {
  const server = await startServer();
  try {
    const session = await setUp(server);
    const api = (method, path, body) => call(server, method, path, { session, body });
    const open = (path, method = "GET", body) => call(server, method, path, { body });
    const tables = (await api("GET", "/api/database/1/metadata")).json.tables;
    const field = (table, name) => tables.find((one) => one.name === table).fields.find((one) => one.name === name).id;
    const orders = tables.find((one) => one.name === "ORDERS").id;
    const source = field("PEOPLE", "SOURCE");
    const question = {
      name: "Commandes par source",
      description: "Qui vient d'où",
      display: "bar",
      visualization_settings: { "graph.metrics": ["count"] },
      dataset_query: { database: 1, type: "query", query: { "source-table": orders, aggregation: [["count"]], breakout: [["field", source, { "source-field": field("ORDERS", "USER_ID") }]] } },
    };
    const card = (await api("POST", "/api/card", question)).json;
    const tags = { plan: { id: "t1", name: "plan", "display-name": "Plan", type: "text" } };
    const native = (await api("POST", "/api/card", { name: "Comptes", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "native", native: { query: "select plan, count(*) as n from accounts where 1 = 1 [[and plan = {{plan}}]] group by plan", "template-tags": tags } } })).json;
    const parameters = [
      { id: "p1", name: "Région", slug: "région", type: "string/=" },
      { id: "p2", name: "Plan", slug: "plan", type: "category" },
      { id: "p3", name: "Caché", slug: "cache", type: "category" },
    ];
    const made = (await api("POST", "/api/dashboard", { name: "Tableau", parameters })).json;
    const target = ["dimension", ["field", source, { "source-field": field("ORDERS", "USER_ID") }]];
    const put = await api("PUT", `/api/dashboard/${made.id}`, {
      dashcards: [
        { id: -1, card_id: card.id, row: 0, col: 0, size_x: 12, size_y: 6, parameter_mappings: [{ parameter_id: "p1", card_id: card.id, target }], visualization_settings: {} },
        { id: -2, card_id: native.id, row: 0, col: 12, size_x: 12, size_y: 6, parameter_mappings: [{ parameter_id: "p2", card_id: native.id, target: ["variable", ["template-tag", "plan"]] }], visualization_settings: {} },
        { id: -3, card_id: null, row: 6, col: 0, size_x: 24, size_y: 1, parameter_mappings: [], visualization_settings: { virtual_card: { display: "text" }, text: "Bonjour" } },
      ],
    });
    assert.equal(put.status, 200, put.text);
    await run({ server, session, api, open, card, native, dashboard: put.json, field, orders, source });
  } finally {
    await server.stop();
  }
}

const FORBIDDEN = /select |"SELECT|table_id|creator|a@|example\.org|database_id|"json_query"|native_form|collection_id|source-table|ACCOUNTS|stacktrace/;

export const tests = {
  "a published pivot table has its totals, alone and among all cards": async () => {
    await published(async ({ api, open, orders, source, field }) => {
      const person = { "source-field": field("ORDERS", "USER_ID") };
      const query = { "source-table": orders, aggregation: [["count"]], breakout: [["field", source, person], ["field", field("ORDERS", "QUANTITY"), null]] };
      const card = (await api("POST", "/api/card", { name: "Croisé", display: "pivot", visualization_settings: {}, dataset_query: { database: 1, type: "query", query } })).json;
      const made = (await api("POST", "/api/dashboard", { name: "Croisé" })).json;
      const { dashcards } = (await api("PUT", `/api/dashboard/${made.id}`, { dashcards: [{ id: -1, card_id: card.id, row: 0, col: 0, size_x: 12, size_y: 6 }] })).json;
      const { uuid } = (await api("POST", `/api/dashboard/${made.id}/public_link`)).json;
      const alone = await open(`/api/public/pivot/dashboard/${uuid}/dashcard/${dashcards[0].id}/card/${card.id}`);
      assert.equal(alone.status, 202, alone.text);
      assert.ok(alone.json.data.cols.some(({ name }) => name === "pivot-grouping"));
      const all = JSON.parse((await open(`/api/public/dashboard/${uuid}/cards`)).text.trim());
      assert.equal(all.result.status, "completed");
      assert.equal(all.result.data.rows.length, alone.json.data.rows.length);
    });
  },

  "a public question shows rows and titles, and nothing else": async () => {
    await published(async ({ api, open, card, native }) => {
      const none = await open("/api/public/card/6f1ed002-ab5b-4a1b-9b8e-000000000000");
      assert.deepEqual([none.status, none.text], [404, "Not found."]);
      const { uuid } = (await api("POST", `/api/card/${card.id}/public_link`)).json;
      const shown = await open(`/api/public/card/${uuid}`);
      assert.equal(shown.status, 200, shown.text);
      assert.deepEqual([shown.json.id, shown.json.name, shown.json.display, shown.json.dataset_query], [card.id, card.name, "bar", { type: "query" }]);
      const answer = await open(`/api/public/card/${uuid}/query`);
      assert.equal(answer.status, 202);
      assert.deepEqual([answer.json.status, answer.json.context], ["completed", "public-question"]);
      assert.equal(answer.json.data.cols.length, 2);
      for (const text of [shown.text, answer.text]) assert.doesNotMatch(text, FORBIDDEN);
      const csv = await open(`/api/public/card/${uuid}/query/csv`);
      assert.equal(csv.text.trim().split("\n").length, answer.json.data.rows.length + 1);
      assert.equal((await open(`/api/public/card/${uuid}/query/xlsx`)).status, 200);
      assert.equal((await open(`/api/public/card/${uuid}/query/json`)).json.length, answer.json.data.rows.length);
      // Filters that its owner did not make are refused, whatever they aim at.
      const inject = encodeURIComponent(JSON.stringify([{ id: "x", type: "category", value: "a", target: ["dimension", ["field", 1, null]] }]));
      const refused = await open(`/api/public/card/${uuid}/query?parameters=${inject}`);
      assert.deepEqual([refused.status, refused.text], [400, "An error occurred."]);
      assert.match(refused.headers.get("x-vigie-reference"), /^[0-9a-f]{8}$/);
      const second = (await api("POST", `/api/card/${native.id}/public_link`)).json.uuid;
      const value = encodeURIComponent(JSON.stringify([{ id: "t1", value: "Basic" }]));
      const filtered = await open(`/api/public/card/${second}/query?parameters=${value}`);
      assert.deepEqual(filtered.json.data.rows.map((row) => row[0]), ["Basic"]);
      const quoted = encodeURIComponent(JSON.stringify([{ id: "t1", value: "x' or '1'='1" }]));
      assert.deepEqual((await open(`/api/public/card/${second}/query?parameters=${quoted}`)).json.data.rows, []);
      assert.doesNotMatch((await open(`/api/public/card/${second}`)).text, /group by/i);
      await api("DELETE", `/api/card/${card.id}/public_link`);
      assert.equal((await open(`/api/public/card/${uuid}/query`)).status, 404);
      await api("PUT", "/api/setting/enable-public-sharing", { value: false });
      assert.equal((await open(`/api/public/card/${second}`)).status, 404);
    });
  },

  "a public dashboard answers for its own cards and filters": async () => {
    await published(async ({ api, open, card, native, dashboard }) => {
      const { uuid } = (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json;
      const shown = await open(`/api/public/dashboard/${uuid}`);
      assert.equal(shown.status, 200, shown.text);
      assert.doesNotMatch(shown.text, FORBIDDEN);
      assert.deepEqual(shown.json.parameters.map((one) => one.slug), ["région", "plan", "cache"]);
      assert.equal(shown.json.dashcards.length, 3);
      const [first, second] = shown.json.dashcards;
      assert.deepEqual(first.parameter_mappings, [{ parameter_id: "p1", card_id: card.id }]);
      const rows = async (dashcard, cardId, values) => {
        const query = values === undefined ? "" : `?parameters=${encodeURIComponent(JSON.stringify(values))}`;
        return open(`/api/public/dashboard/${uuid}/dashcard/${dashcard}/card/${cardId}${query}`);
      };
      const all = await rows(first.id, card.id);
      assert.equal(all.json.context, "public-dashboard");
      const some = await rows(first.id, card.id, [{ id: "p1", value: [all.json.data.rows[0][0]] }]);
      assert.equal(some.json.data.rows.length, 1);
      const untouched = await rows(first.id, card.id, [{ id: "p2", value: "Basic" }]);
      assert.equal(untouched.json.data.rows.length, all.json.data.rows.length);
      assert.equal((await rows(first.id, native.id)).status, 404);
      assert.equal((await rows(999, card.id)).status, 404);
      const values = (await open(`/api/public/dashboard/${uuid}/params/p1/values`)).json;
      assert.equal(values.values.length, all.json.data.rows.length);
      const searched = (await open(`/api/public/dashboard/${uuid}/params/p1/search/${encodeURIComponent(values.values[0][0].slice(0, 3))}`)).json;
      assert.ok(searched.values.length >= 1 && searched.values.length < values.values.length);
      assert.equal((await open(`/api/public/dashboard/${uuid}/params/nope/values`)).status, 404);
      const file = await open(`/api/public/dashboard/${uuid}/dashcard/${second.id}/card/${native.id}/csv`, "POST", { parameters: [{ id: "p2", value: "Basic" }] });
      assert.equal(file.text.trim().split("\n").length, 2);
      const lines = (await open(`/api/public/dashboard/${uuid}/cards`)).text.trim().split("\n").map((line) => JSON.parse(line));
      assert.deepEqual(lines.map((one) => [one.dashcard_id, one.card_id, one.result.status]).sort(), [[first.id, card.id, "completed"], [second.id, native.id, "completed"]].sort());
    });
  },

  "files of a card have the titles that its dashboard gives to the columns, in the app, by link and in a frame": async () => {
    await published(async ({ api, open, card, dashboard }) => {
      const [first] = dashboard.dashcards;
      await api("PUT", `/api/card/${card.id}`, { visualization_settings: { column_settings: { '["name","count"]': { column_title: "Nombre", suffix: " cdes" }, '["name","SOURCE"]': { column_title: "Origine" } } } });
      const settings = { column_settings: { '["name","count"]': { column_title: "Commandes" } } };
      const dashcards = dashboard.dashcards.map((one) => (one.id === first.id ? { ...one, visualization_settings: settings } : one));
      await api("PUT", "/api/setting/embedding-secret-key", { value: SECRET });
      await api("PUT", "/api/setting/enable-embedding-static", { value: true });
      assert.equal((await api("PUT", `/api/dashboard/${dashboard.id}`, { dashcards, enable_embedding: true })).status, 200);
      const { uuid } = (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json;
      const token = sign({ resource: { dashboard: dashboard.id }, params: {} });
      const place = `dashcard/${first.id}/card/${card.id}`;
      const files = {
        app: (kind) => api("POST", `/api/dashboard/${dashboard.id}/${place}/query/${kind}`, { format_rows: true }),
        link: (kind) => open(`/api/public/dashboard/${uuid}/${place}/${kind}?format_rows=true`),
        frame: (kind) => open(`/api/embed/dashboard/${token}/${place}/${kind}?format_rows=true`),
      };

      for (const [who, file] of Object.entries(files)) {
        const lines = (await file("csv")).text.trim().split(/\r?\n/);
        assert.match(lines[0], /^.?Origine[,;]Commandes$/, who);
        assert.match(lines[1], / cdes"?$/, who);
        assert.deepEqual(Object.keys((await file("json")).json[0]), ["Origine", "Commandes"], who);
      }
      // The question alone keeps its own; what is no object says nothing.
      assert.match((await api("POST", `/api/card/${card.id}/query/csv`, {})).text, /^.?Origine[,;]Nombre/);
      const odd = dashcards.map((one) => (one.id === first.id ? { ...one, visualization_settings: { column_settings: ["x"] } } : one));
      assert.equal((await api("PUT", `/api/dashboard/${dashboard.id}`, { dashcards: odd })).status, 200);
      assert.match((await files.app("csv")).text, /^.?Origine[,;]Nombre/);
    });
  },

  "a failed public question tells nothing of why": async () => {
    await published(async ({ api, open, orders }) => {
      const broken = (await api("POST", "/api/card", { name: "Cassée", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "native", native: { query: "select secret_column from accounts" } } })).json;
      const { uuid } = (await api("POST", `/api/card/${broken.id}/public_link`)).json;
      const answer = await open(`/api/public/card/${uuid}/query`);
      assert.equal(answer.json.status, "failed");
      assert.doesNotMatch(answer.text, /secret_column|SQLite/i);
      const file = await open(`/api/public/card/${uuid}/query/csv`);
      assert.deepEqual([file.status, file.text], [400, "An error occurred."]);
      // Frames hear of their token and its values, and of nothing behind.
      const wrong = (await api("POST", "/api/card", { name: "Colonne partie", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "query", query: { "source-table": orders, fields: [["field", 987654, null]] } } })).json;
      await api("PUT", "/api/setting/embedding-secret-key", { value: SECRET });
      await api("PUT", "/api/setting/enable-embedding-static", { value: true });
      await api("PUT", `/api/card/${wrong.id}`, { enable_embedding: true });
      for (const end of ["csv", "json", "xlsx"]) {
        const framed = await open(`/api/embed/card/${sign({ resource: { question: wrong.id }, params: {} })}/query/${end}`);
        assert.deepEqual([framed.status, framed.text], [400, "An error occurred."]);
      }
    });
  },

  "a failure has a reference for its reader, under which administrators find what failed": async () => {
    await published(async ({ api, open, dashboard }) => {
      const broken = (await api("POST", "/api/card", { name: "Cassée", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "native", native: { query: "select * from nowhere_at_all" } } })).json;
      const uuid = (await api("POST", `/api/card/${broken.id}/public_link`)).json.uuid;
      const whole = (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json.uuid;
      await api("PUT", `/api/dashboard/${dashboard.id}`, { dashcards: [{ id: -1, card_id: broken.id, row: 0, col: 0, size_x: 12, size_y: 6, parameter_mappings: [], visualization_settings: {} }] });
      const alone = (await open(`/api/public/card/${uuid}/query`)).json.reference;
      const among = JSON.parse((await open(`/api/public/dashboard/${whole}/cards`)).text.split("\n")[0]).result.reference;
      const file = (await open(`/api/public/card/${uuid}/query/csv`)).headers.get("x-vigie-reference");
      for (const reference of [alone, among, file]) {
        assert.match(reference, /^[0-9a-f]{8}$/);
        let found = [];
        // The history is written behind the answer.
        for (let i = 0; i < 200 && !found.length; i++) {
          found = (await api("GET", `/api/vigie/execution?reference=${reference}`)).json;
          if (!found.length) await new Promise((resolve) => setTimeout(resolve, 50));
        }
        assert.deepEqual(found.map((one) => [one.card_id, one.reference]), [[broken.id, reference]]);
        assert.match(found[0].error, /nowhere_at_all/);
      }
      assert.equal(new Set([alone, among, file]).size, 3);
      assert.deepEqual((await api("GET", "/api/vigie/execution?reference=00000000")).json, []);
      const lines = (await api("GET", "/api/util/logs")).json.map(({ msg }) => msg);
      for (const reference of [alone, among, file]) assert.ok(lines.some((line) => line.includes(reference) && line.includes("nowhere_at_all")), reference);
      // Who signs in is told of the cause itself.
      const own = (await api("POST", `/api/card/${broken.id}/query`)).json;
      assert.ok(own.error.includes("nowhere_at_all") && !("reference" in own));
      // What fails before it is asked has one too.
      const under = (await api("POST", "/api/card", { name: "Dessous", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "native", native: { query: "select 1 as a" } } })).json;
      const lost = (await api("POST", "/api/card", { name: "Perdue", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "query", query: { "source-table": `card__${under.id}` } } })).json;
      await api("DELETE", `/api/card/${under.id}`);
      await api("PUT", `/api/dashboard/${dashboard.id}`, { dashcards: [{ id: -1, card_id: lost.id, row: 0, col: 0, size_x: 12, size_y: 6, parameter_mappings: [], visualization_settings: {} }] });
      const { reference } = JSON.parse((await open(`/api/public/dashboard/${whole}/cards`)).text.split("\n")[0]).result;
      assert.match(reference, /^[0-9a-f]{8}$/);
      assert.ok((await api("GET", "/api/util/logs")).json.some(({ msg }) => msg.includes(reference)));
    });
  },

  "signed frames follow the table of their states": async () => {
    await published(async ({ api, open, card, dashboard, field }) => {
      const token = (params, more = {}) => sign({ resource: { dashboard: dashboard.id }, params, ...more });
      const get = (path) => open(`/api/embed/dashboard/${path}`);
      const says = async (path, words) => {
        const answer = await get(path);
        assert.deepEqual([answer.status, answer.text], [400, words]);
      };
      await says(token({}), "Embedding is not enabled.");
      await api("PUT", "/api/setting/embedding-secret-key", { value: SECRET });
      await api("PUT", "/api/setting/enable-embedding-static", { value: true });
      await says(token({}), "Embedding is not enabled for this object.");
      await api("PUT", `/api/dashboard/${dashboard.id}`, { enable_embedding: true, embedding_params: { région: "enabled", plan: "locked" } });
      const shown = await get(token({ plan: "Basic" }));
      assert.equal(shown.status, 200, shown.text);
      assert.deepEqual(shown.json.parameters.map((one) => one.slug), ["région"]);
      assert.doesNotMatch(shown.text, FORBIDDEN);
      await says(sign({ resource: { dashboard: dashboard.id }, params: {} }, { secret: "0".repeat(64) }), "Message seems corrupt or manipulated");
      await says(sign({ resource: { dashboard: dashboard.id }, params: {} }, { alg: "none" }), "Message seems corrupt or manipulated");
      await says(`${encode({ alg: "none" })}.${encode({ resource: { dashboard: dashboard.id }, params: {} })}.`, "Message seems corrupt or manipulated");
      await says("nothing", "Message seems corrupt or manipulated");
      await says(token({}, { exp: 1420119130.5 }), "Token is expired (1420119130)");
      await says(sign({ resource: { dashboard: dashboard.id } }), "Token is missing value for keypath [:params]");
      for (const params of [["Basic"], "Basic", 5, true]) await says(token(params), "Token has no map for keypath [:params]");
      assert.equal((await get(token([]))).status, 200);
      await says(sign({ params: {} }), "Token is missing value for keypath [:resource]");
      assert.equal((await get(token({ plan: "Basic" }, { exp: Date.now() / 1000 + 60.25 }))).status, 200);

      const cardOf = shown.json.dashcards.find((one) => one.card_id === card.id);
      const rows = (params, query = "") => `${token(params)}/dashcard/${cardOf.id}/card/${card.id}${query}`;
      const all = await get(rows({ plan: "Basic" }));
      assert.deepEqual([all.status, all.json.context], [202, "embedded-dashboard"]);
      const some = all.json.data.rows[0][0];
      const slug = encodeURIComponent("région");
      assert.equal((await get(rows({ plan: "Basic" }, `?${slug}=${encodeURIComponent(some)}`))).json.data.rows.length, 1);
      assert.equal((await get(rows({ plan: "Basic", région: [some] }))).json.data.rows.length, 1);
      assert.equal((await get(rows({ plan: "Basic" }, `?parameters=${encodeURIComponent(JSON.stringify({ région: [some] }))}`))).json.data.rows.length, 1);
      await says(rows({ plan: "Basic" }, "?cache=1"), "You're not allowed to specify a value for :cache.");
      await says(rows({ plan: "Basic", région: [some] }, `?${slug}=x`), "You can't specify a value for :région if it's already set in the JWT.");
      await says(rows({}), "You must specify a value for :plan in the JWT.");
      await says(rows({ plan: "" }), "You must specify a value for :plan in the JWT.");
      await says(rows({ plan: "Basic" }, "?plan=Premium"), "You can only specify a value for :plan in the JWT.");
      await says(rows({ plan: "Basic" }, "?what=1"), "Unknown parameter :what.");
      assert.equal((await get(rows({ plan: [] }))).status, 202);
      assert.equal((await get(`${token({ plan: "Basic" })}/params/p1/values`)).status, 200);
      assert.equal((await get(`${token({ plan: "Basic" })}/params/p2/values`)).status, 404);
      // A list of values says no more than the frame shows: what the token fixes on the same card counts.
      const fixed = { id: "p4", name: "Vendeur", slug: "vendeur", type: "string/=" };
      const mapping = (id, column) => ({ parameter_id: id, card_id: card.id, target: ["dimension", column] });
      const implied = (name) => ["field", field("PEOPLE", name), { "source-field": field("ORDERS", "USER_ID") }];
      const dashcards = dashboard.dashcards.map((one) => (one.card_id === card.id ? { ...one, parameter_mappings: [...one.parameter_mappings, mapping("p4", implied("SOURCE"))] } : one));
      const wider = await api("PUT", `/api/dashboard/${dashboard.id}`, { parameters: [...dashboard.parameters, fixed], dashcards, embedding_params: { région: "enabled", plan: "locked", vendeur: "locked" } });
      assert.equal(wider.status, 200, wider.text);
      assert.deepEqual((await get(`${token({ plan: "Basic", vendeur: [some] })}/params/p1/values`)).json.values, [[some]]);
      await api("PUT", `/api/dashboard/${dashboard.id}`, { parameters: dashboard.parameters, dashcards: dashboard.dashcards, embedding_params: { région: "enabled", plan: "locked" } });
      assert.equal((await open(`/api/embed/card/${sign({ resource: { question: card.id }, params: {} })}`)).text, "Embedding is not enabled for this object.");
      await api("PUT", `/api/card/${card.id}`, { enable_embedding: true });
      const question = sign({ resource: { question: card.id }, params: {} });
      assert.equal((await open(`/api/embed/card/${question}`)).json.name, card.name);
      assert.equal((await open(`/api/embed/card/${question}/query`)).json.status, "completed");
      assert.match((await open(`/api/embed/card/${question}/query/csv`)).text, /Nombre|Count/);
      // The preview is for administrators, and may say itself which filters are how.
      const preview = sign({ resource: { dashboard: dashboard.id }, params: {}, _embedding_params: { cache: "enabled" } });
      assert.equal((await open(`/api/preview_embed/dashboard/${preview}`)).status, 401);
      const seen = await api("GET", `/api/preview_embed/dashboard/${preview}`);
      assert.deepEqual(seen.json.parameters.map((one) => one.slug), ["cache"]);
    });
  },

  "what holds for a public link holds in a signed frame: small groups, and an end": async () => {
    await published(async ({ api, open, field }) => {
      await api("PUT", "/api/setting/embedding-secret-key", { value: SECRET });
      await api("PUT", "/api/setting/enable-embedding-static", { value: true });
      const people = (await api("GET", "/api/database/1/metadata")).json.tables.find((one) => one.name === "PEOPLE").id;
      const query = { "source-table": people, aggregation: [["count"]], breakout: [["field", field("PEOPLE", "STATE"), null]] };
      const card = (await api("POST", "/api/card", { name: "Par État", display: "table", visualization_settings: {}, enable_embedding: true, dataset_query: { database: 1, type: "query", query } })).json;
      await api("PUT", `/api/card/${card.id}`, { enable_embedding: true });
      const { id } = (await api("POST", "/api/dashboard", { name: "Petits effectifs" })).json;
      const dashcards = [{ id: -1, card_id: card.id, row: 0, col: 0, size_x: 12, size_y: 4 }];
      const place = (await api("PUT", `/api/dashboard/${id}`, { dashcards, enable_embedding: true })).json.dashcards[0].id;
      const { uuid } = (await api("POST", `/api/dashboard/${id}/public_link`)).json;
      const limit = (model, one, limits) => api("PUT", `/api/vigie/share/${model}/${one}`, limits);
      const framed = `/api/embed/dashboard/${sign({ resource: { dashboard: id }, params: {} })}`;
      const rows = async (path) => (await open(`${path}/dashcard/${place}/card/${card.id}`)).json.data.rows;
      const plain = await rows(framed);
      await limit("dashboard", id, { small_cells: { below: 100, how: "withhold" } });
      const linked = await rows(`/api/public/dashboard/${uuid}`);
      assert.notDeepEqual(linked, plain);
      assert.deepEqual(await rows(framed), linked);
      const [line] = (await open(`${framed}/cards`)).text.trim().split("\n").map((text) => JSON.parse(text));
      assert.deepEqual(line.result.data.rows, linked);
      await limit("dashboard", id, { expires_at: "2020-01-01T00:00:00Z" });
      await limit("card", card.id, { expires_at: "2020-01-01T00:00:00Z" });
      for (const path of [framed, `${framed}/cards`, `/api/embed/card/${sign({ resource: { question: card.id }, params: {} })}`])
        assert.equal((await open(path)).status, 410, path);
    });
  },

  "a dashboard that is published for one tab hands out nothing of the others": async () => {
    await published(async ({ api, open, server, dashboard, card, native }) => {
      const [first, second] = dashboard.dashcards.filter((one) => one.card_id !== null);
      const made = await api("PUT", `/api/dashboard/${dashboard.id}`, {
        tabs: [{ id: -1, name: "Un" }, { id: -2, name: "Deux" }],
        dashcards: [{ ...first, dashboard_tab_id: -1 }, { ...second, dashboard_tab_id: -2 }],
        enable_embedding: true,
        embedding_params: { "région": "enabled", plan: "enabled" },
      });
      assert.equal(made.status, 200, made.text);
      const [one, two] = made.json.tabs.map(({ id }) => id);
      const cardOf = (tab) => made.json.dashcards.find((placed) => placed.dashboard_tab_id === tab);
      await api("PUT", "/api/setting/embedding-secret-key", { value: SECRET });
      await api("PUT", "/api/setting/enable-embedding-static", { value: true });
      const { uuid } = (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json;
      const share = (body, model = "dashboard", id = dashboard.id) => api("PUT", `/api/vigie/share/${model}/${id}`, body);
      // Without a script, each tab is a part of the page.
      const printed = async () => [...(await call(server, "GET", `/public/dashboard/${uuid}`, { headers: { accept: "text/html" } })).text.matchAll(/<(h[123])>(.*?)<\/h/g)].map(([, level, text]) => `${level} ${text}`);
      assert.deepEqual(await printed(), ["h1 Tableau", "h2 Un", `h3 ${card.name}`, "h2 Deux", `h3 ${native.name}`]);

      for (const wrong of [[{ tab_id: 999 }], [{ tab_id: "x" }], [{ tab_id: one }, "card", card.id]]) assert.equal((await share(...wrong)).status, 400);
      assert.equal((await share({ tab_id: two })).status, 200);
      assert.equal((await api("GET", "/api/vigie/share")).json.find(({ model }) => model === "dashboard").tab_id, two);
      assert.deepEqual(await printed(), ["h1 Tableau", `h2 ${native.name}`]);
      const doors = [`/api/public/dashboard/${uuid}`, `/api/embed/dashboard/${sign({ resource: { dashboard: dashboard.id }, params: {} })}`];
      for (const path of doors) {
        const { tabs, dashcards, parameters } = (await open(path)).json;
        assert.deepEqual(tabs.map(({ name }) => name), ["Deux"]);
        assert.deepEqual(dashcards.map(({ card_id }) => card_id), [native.id]);
        assert.deepEqual(parameters.map(({ slug }) => slug), ["plan"]);
        const lines = (await open(`${path}/cards`)).text.trim().split("\n").map((line) => JSON.parse(line).card_id);
        assert.deepEqual(lines, [native.id]);
        const at = (tab, end = "") => open(`${path}/dashcard/${cardOf(tab).id}/card/${cardOf(tab).card_id}${end}`);
        assert.deepEqual([(await at(two)).status, (await at(one)).status, (await at(one, "/csv")).status], [202, 404, 404]);
        assert.deepEqual([(await open(`${path}/params/p2/values`)).status, (await open(`${path}/params/p1/values`)).status], [200, 404]);
        const page = (await call(server, "GET", path.replace("/api", ""), { headers: { accept: "text/html" } })).text;
        assert.ok(page.includes(native.name) && !page.includes(card.name), path);
      }
      // Saying something else leaves it; without it, all are shown again.
      await share({ expires_at: "2099-01-01" });
      assert.equal((await open(doors[0])).json.tabs.length, 1);
      await share({ tab_id: null });
      assert.equal((await open(doors[0])).json.tabs.length, 2);
      // A tab that goes takes the page along, and not the others onto it.
      await share({ tab_id: two });
      await api("PUT", `/api/dashboard/${dashboard.id}`, { tabs: [{ id: one, name: "Un" }], dashcards: [cardOf(one)] });
      assert.equal((await open(doors[0])).status, 410);
    });
  },

  "a preview shows what strangers would get before it is published, in one session alone": async () => {
    await published(async ({ api, open, server, session, card, native, dashboard }) => {
      const cookie = (one) => ({ cookie: `metabase.SESSION=${one}`, accept: "text/html" });
      const look = (path, headers) => call(server, "GET", path, { headers });
      const mint = (body = {}, model = "dashboard", id = dashboard.id) => api("POST", `/api/vigie/share/preview/${model}/${id}`, body);
      const { path } = (await mint({ embedding_params: { plan: "enabled" } })).json;
      assert.match(path, /^\/preview_embed\/dashboard\/[\w.-]+$/);
      const page = await look(path, cookie(session));
      assert.equal(page.status, 200, page.text);
      assert.match(page.headers.get("content-security-policy"), /frame-ancestors 'self'$/);
      assert.deepEqual([page.headers.get("x-frame-options"), page.headers.get("cache-control")], [null, "no-store"]);
      assert.ok(page.text.includes(dashboard.name) && page.text.includes(`"data":"/api${path}"`));
      assert.deepEqual((await api("GET", `/api${path}`)).json.parameters.map((one) => one.slug), ["plan"]);
      // Nobody else opens it, and it opens nothing else.
      const other = (await call(server, "POST", "/api/session", { body: { username: ADMIN.email, password: ADMIN.password } })).json.id;
      await api("PUT", "/api/setting/embedding-secret-key", { value: SECRET });
      await api("PUT", "/api/setting/enable-embedding-static", { value: true });
      await api("PUT", `/api/dashboard/${dashboard.id}`, { enable_embedding: true });
      assert.equal((await open(path)).status, 401);
      assert.equal((await open(`/api${path}`)).status, 401);
      assert.equal((await look(path, cookie(other))).status, 400);
      assert.equal((await open(`/api${path.replace("preview_embed", "embed")}`)).text, "Message seems corrupt or manipulated");
      // What the site would set is set, and out of reach.
      const place = dashboard.dashcards.find((one) => one.card_id === native.id).id;
      const fixed = (await mint({ embedding_params: { plan: "locked" }, params: { plan: ["Basic"] } })).json.path;
      const rows = async (where) => (await api("GET", `/api${where}/dashcard/${place}/card/${native.id}`)).json.data.rows;
      const free = await rows(path);
      assert.notDeepEqual(await rows(fixed), free);
      assert.deepEqual((await api("GET", `/api${fixed}`)).json.parameters, []);
      assert.equal((await look((await mint({}, "card", card.id)).json.path, cookie(session))).status, 200);
      const listed = (await api("GET", "/api/vigie/share")).json.find((one) => one.model === "dashboard" && one.id === dashboard.id);
      assert.equal(listed.last_seen_at, null);
      assert.equal((await mint({ embedding_params: { plan: "open" } })).status, 400);
      assert.equal((await mint({ params: { plan: "x".repeat(5000) } })).status, 400);
      assert.equal((await mint({}, "table", 1)).status, 404);
      await api("PUT", `/api/dashboard/${dashboard.id}`, { archived: true });
      assert.equal((await mint()).status, 404);
      assert.equal((await look(path, cookie(session))).status, 404);
    });
  },

  "visits are counted by day without identity, survive a restart and are forgotten in time": async () => {
    const first = await startServer({ keep: true });
    const session = await setUp(first);
    const { id } = (await call(first, "POST", "/api/dashboard", { session, body: { name: "Lu" } })).json;
    const { uuid } = (await call(first, "POST", `/api/dashboard/${id}/public_link`, { session })).json;
    const look = (headers = {}, method = "GET") => call(first, method, `/public/dashboard/${uuid}`, { headers: { accept: "text/html", ...headers } });
    const asked = async (server) => {
      const { json } = await call(server, "GET", `/api/vigie/share/dashboard/${id}/visits`, { session });
      const [listed] = (await call(server, "GET", "/api/vigie/share", { session })).json;
      const { published } = (await call(server, "GET", "/api/vigie/home", { session })).json;
      return [json.visits, json.days.length, json.days.at(-1).visits, listed.visits, published[0].visits];
    };

    try {
      assert.deepEqual(await asked(first), [0, 30, 0, 0, 0]);
      const page = await look();
      assert.equal(page.status, 200);
      // What a browser kept and asks about again is a visit; what nobody looks at is none.
      assert.equal((await look({ "if-none-match": page.headers.get("etag") })).status, 304);
      await look({}, "HEAD");
      await look({ "sec-purpose": "prefetch" });
      // Of a frame, the site around it is kept, from a page that is kept too: no more of its address.
      const framing = async (server) => (await call(server, "GET", `/api/vigie/share/dashboard/${id}/visits`, { session })).json.framed_by;
      assert.deepEqual(await framing(first), []);
      await look({ "user-agent": "Mozilla/5.0 (compatible; bingbot/2.0)" });
      await call(first, "GET", `/api/public/dashboard/${uuid}`);
      assert.equal((await call(first, "GET", "/public/dashboard/nothing", { headers: { accept: "text/html" } })).status, 404);
      assert.deepEqual(await asked(first), [2, 30, 2, 2, 2]);
      for (const referer of ["https://Mairie.example.org/page?secret=1", "https://mairie.example.org/", "http://intranet.example.org:8080/x", "https://a b/", "ftp://c.example.org/"]) await look({ "sec-fetch-dest": "iframe", referer });
      await look({ referer: "https://lien.example.org/" });
      const today = (await framing(first))[0].last_day;
      assert.match(today, /^\d{4}-\d\d-\d\d$/);
      const frames = [{ origin: "http://intranet.example.org:8080", visits: 1, last_day: today }, { origin: "https://mairie.example.org", visits: 2, last_day: today }];
      assert.deepEqual(await framing(first), frames);
      await look({ "sec-fetch-dest": "iframe", referer: "https://mairie.example.org/" });
      assert.deepEqual(await framing(first), [{ ...frames[1], visits: 3 }, frames[0]]);
      assert.deepEqual(await asked(first), [9, 30, 9, 9, 9]);
      await look();
    } finally {
      assert.equal(await first.stop(), 0);
    }
    const second = await startServer({ args: ["--data", first.folder] });
    try {
      assert.deepEqual(await asked(second), [10, 30, 10, 10, 10]);
      assert.equal((await call(second, "PUT", "/api/setting/visit-days", { session, body: { value: 0 } })).status, 204);
      await call(second, "POST", "/api/vigie/job/sweep-visits/run", { session });
      for (let i = 0; i < 200 && (await asked(second))[0] !== 0; i++) await new Promise((resolve) => setTimeout(resolve, 50));
      await call(second, "GET", `/public/dashboard/${uuid}`, { headers: { accept: "text/html" } });
      assert.deepEqual(await asked(second), [0, 30, 0, 0, 0]);
      assert.equal((await call(second, "GET", `/api/vigie/share/dashboard/${id}/visits`, { session })).json.is_counted, false);
      assert.equal((await call(second, "GET", `/api/vigie/share/user/${id}/visits`, { session })).status, 404);
    } finally {
      await second.stop();
      rmSync(first.folder, { recursive: true, force: true });
    }
  },

  "the foot of a published page says what administrators say of all of them; a frame, where figures come from": async () => {
    await published(async ({ api, server, dashboard }) => {
      await api("PUT", "/api/setting/embedding-secret-key", { value: SECRET });
      await api("PUT", "/api/setting/enable-embedding-static", { value: true });
      await api("PUT", `/api/dashboard/${dashboard.id}`, { enable_embedding: true });
      const { uuid } = (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json;
      const read = async (path) => (await call(server, "GET", path, { headers: { accept: "text/html" } })).text;
      assert.match(await read(`/public/dashboard/${uuid}`), /<footer><\/footer>/);
      for (const [key, value] of Object.entries({ source: "Nos <comptes>", licence: "Licence Ouverte https://example.fr/lo", accessibility: "non conforme" }))
        assert.equal((await api("PUT", `/api/setting/public-${key}`, { value })).status, 204);
      const page = await read(`/public/dashboard/${uuid}`);
      assert.match(page, /<footer><p>Source\u00a0: Nos &#60;comptes&#62;<\/p><p>Licence\u00a0: Licence Ouverte https:\/\/example\.fr\/lo<\/p><p>Accessibilité\u00a0: non conforme<\/p><\/footer>/);
      assert.match(page, /"about":\{"source":\["Nos/);
      const frame = await read(`/embed/dashboard/${sign({ resource: { dashboard: dashboard.id }, params: {} })}`);
      assert.match(frame, /Licence Ouverte/);
      assert.doesNotMatch(frame, /non conforme/);
      assert.equal((await api("PUT", "/api/setting/public-contact", { value: "x".repeat(600) })).status, 400);
    });
  },

  "the foot of a published page says the source and licence of the tables that it reads, each once": async () => {
    await published(async ({ api, server, dashboard, card, orders }) => {
      const foot = async (path) => (await call(server, "GET", path, { headers: { accept: "text/html" } })).text.match(/<footer>(.*)<\/footer>/)[1];
      const { uuid } = (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json;
      const alone = (await api("POST", `/api/card/${card.id}/public_link`)).json.uuid;
      await api("PUT", "/api/setting/public-source", { value: "Nous" });
      await api("PUT", "/api/setting/public-licence", { value: "LO" });
      assert.equal((await api("PUT", `/api/table/${orders}`, { public_source: "x".repeat(501) })).status, 400);
      const { json } = await api("PUT", `/api/table/${orders}`, { public_source: "Caisse https://example.fr/", public_licence: "ODbL" });
      assert.deepEqual([json.public_source, json.public_licence], ["Caisse https://example.fr/", "ODbL"]);
      // The question reads orders and, through a key, people, of which nothing is said; SQL says nothing of its tables.
      const both = "<p>Source\u00a0: Caisse https://example.fr/</p><p>Source\u00a0: Nous</p><p>Licence\u00a0: ODbL</p><p>Licence\u00a0: LO</p>";
      assert.equal(await foot(`/public/dashboard/${uuid}`), both);
      assert.equal(await foot(`/public/question/${alone}`), both);
      await api("PUT", "/api/setting/public-source", { value: "" });
      await api("PUT", "/api/setting/public-licence", { value: "ODbL" });
      assert.equal(await foot(`/public/dashboard/${uuid}`), "<p>Source\u00a0: Caisse https://example.fr/</p><p>Licence\u00a0: ODbL</p>");
      await api("PUT", `/api/table/${orders}`, { public_source: null, public_licence: null });
      assert.equal(await foot(`/public/dashboard/${uuid}`), "<p>Licence\u00a0: ODbL</p>");
    });
  },

  "a warm public page asks nobody, and says how long it holds": async () => {
    await published(async ({ api, open, server, session, dashboard }) => {
      const metric = async (name) => Number(new RegExp(`^vigie_${name}\\S* (\\d+)$`, "m").exec((await call(server, "GET", "/metrics", { session })).text)[1]);
      const { uuid } = (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json;
      const paths = [`/api/public/dashboard/${uuid}`, `/api/public/dashboard/${uuid}/cards`];
      const first = await Promise.all(paths.map((path) => open(path)));
      // The first look at the sample runs behind, and costs statements too: until only reading costs some.
      let statements = -1;
      for (let before = -100; statements - before > 4; ) {
        before = statements;
        await new Promise((resolve) => setTimeout(resolve, 300));
        statements = await metric("store_statements_total");
      }
      const again = await Promise.all(paths.map((path) => open(path)));
      assert.deepEqual(again.map((one) => one.text), first.map((one) => one.text));
      for (const one of again) {
        assert.match(one.headers.get("cache-control"), /^public, max-age=\d+$/);
        assert.match(one.headers.get("etag"), /^(W\/)?"[0-9a-f]+(-[a-z]+)?"$/);
      }
      // Reading the metrics costs some itself: the same with nothing in between.
      const between = (await metric("store_statements_total")) - statements;
      const before = await metric("store_statements_total");
      assert.equal(between, (await metric("store_statements_total")) - before);
      assert.ok((await metric("pages_cache_hits_total")) >= 2);
      const same = await call(server, "GET", paths[0], { headers: { "if-none-match": again[0].headers.get("etag") } });
      assert.deepEqual([same.status, same.text], [304, ""]);
      // A change is seen at once.
      await api("PUT", `/api/dashboard/${dashboard.id}`, { name: "Autre titre" });
      assert.equal((await open(paths[0])).json.name, "Autre titre");
      await api("DELETE", `/api/dashboard/${dashboard.id}/public_link`);
      assert.equal((await open(paths[0])).status, 404);
      assert.equal((await open(paths[1])).status, 404);
    });
  },

  "answers live as long as the nearest rule says": async () => {
    await published(async ({ api, card, native }) => {
      const run = async (id) => (await api("POST", `/api/card/${id}/query`, {})).json.cached;
      assert.deepEqual([await run(card.id), await run(card.id)], [null, null]);
      assert.equal((await api("PUT", "/api/cache", { model: "root", model_id: 0, strategy: { type: "duration", duration: 1, unit: "hours" } })).status, 200);
      await run(card.id);
      assert.notEqual(await run(card.id), null);
      assert.equal((await api("PUT", "/api/cache", { model: "question", model_id: card.id, strategy: { type: "nocache" } })).status, 200);
      assert.equal(await run(card.id), null);
      await run(native.id);
      assert.notEqual(await run(native.id), null);
      assert.equal((await api("POST", `/api/card/${native.id}/query`, { ignore_cache: true })).json.cached, null);
      assert.equal((await api("POST", "/api/cache/invalidate")).status, 200);
      assert.equal(await run(native.id), null);
      const list = (await api("GET", "/api/cache?model=root&model=question")).json.data;
      assert.deepEqual(list.map((one) => [one.model, one.model_id, one.strategy.type]), [["question", card.id, "nocache"], ["root", 0, "duration"]]);
      assert.equal((await api("DELETE", "/api/cache", { model: "question", model_id: [card.id] })).status, 204);
      assert.equal((await api("PUT", "/api/cache", { model: "root", model_id: 0, strategy: { type: "schedule", schedule: "0 0 * * * ? *" } })).status, 200);
      assert.equal((await api("PUT", "/api/cache", { model: "root", model_id: 0, strategy: { type: "forever" } })).status, 400);
      assert.equal((await api("DELETE", "/api/cache", { model: "root", model_id: [0] })).status, 204);
    });
  },

  "a published page says what matters before any script runs": async () => {
    await published(async ({ api, server, card, native, dashboard }) => {
      const browse = (path) => call(server, "GET", path, { headers: { accept: "text/html" } });
      const number = (await api("POST", "/api/card", { name: "Combien <b>de</b> comptes", description: "Tous", display: "scalar", visualization_settings: { column_settings: { '["name","n"]': { suffix: " km" } } }, dataset_query: { database: 1, type: "native", native: { query: "select 1234567 as n" } } })).json;
      const dashcards = [...dashboard.dashcards.map((one) => ({ ...one, id: one.id })), { id: -9, card_id: number.id, row: 9, col: 0, size_x: 6, size_y: 3, parameter_mappings: [], visualization_settings: {} }];
      assert.equal((await api("PUT", `/api/dashboard/${dashboard.id}`, { dashcards })).status, 200);
      const { uuid } = (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json;
      for (let time = 0; time < 2; time += 1) {
        const page = await browse(`/public/dashboard/${uuid}`);
        assert.equal(page.status, 200, page.text);
        assert.match(page.headers.get("content-security-policy"), /^default-src 'none'; script-src 'self'; .*frame-ancestors \*$/);
        assert.equal(page.headers.get("x-frame-options"), null);
        assert.equal(page.headers.get("set-cookie"), null);
        assert.match(page.headers.get("cache-control"), /public, max-age=\d+/);
        for (const words of [card.name, native.name, "Bonjour", "Combien &#60;b&#62;de&#60;/b&#62; comptes"]) assert.ok(page.text.includes(words), words);
        assert.match(page.text, /printed-number">1[,\u202f]234[,\u202f]567 km</);
        assert.doesNotMatch(page.text, FORBIDDEN);
        const link = new RegExp(`href="(/api/public/dashboard/${uuid}/dashcard/\\d+/card/${native.id}/csv)"`).exec(page.text)[1];
        assert.match((await browse(link)).text, /^PLAN,n\n/);
        const boot = JSON.parse(/id="boot">(.*?)<\/script>/s.exec(page.text)[1]);
        assert.deepEqual([boot.kind, boot.data, boot.definition.name], ["dashboard", `/api/public/dashboard/${uuid}`, "Tableau"]);
      }
      const question = (await api("POST", `/api/card/${native.id}/public_link`)).json.uuid;
      assert.match((await browse(`/public/question/${question}`)).text, new RegExp(native.name));
      const file = await fetch(`${server.base}/public/question/${question}.csv`);
      assert.match(await file.text(), /^PLAN,n\n/);
      await api("PUT", "/api/setting/embedding-app-origin", { value: "https://example.gouv.fr; script-src *" });
      assert.match((await browse(`/public/question/${question}`)).headers.get("content-security-policy"), /frame-ancestors 'self' https:\/\/example\.gouv\.fr script-src \*$/);
      await api("DELETE", `/api/dashboard/${dashboard.id}/public_link`);
      const gone = await browse(`/public/dashboard/${uuid}`);
      assert.deepEqual([gone.status, gone.text.includes('"kind":"missing"')], [404, true]);
      // A frame says what is wrong with its token.
      await api("PUT", "/api/setting/embedding-secret-key", { value: SECRET });
      await api("PUT", "/api/setting/enable-embedding-static", { value: true });
      await api("PUT", `/api/card/${card.id}`, { enable_embedding: true });
      const framed = await browse(`/embed/question/${sign({ resource: { question: card.id }, params: {} })}`);
      assert.deepEqual([framed.status, framed.headers.get("cache-control")], [200, "no-store"]);
      // A frame that is refused tells its reader what to do, and its maker what is wrong; a program gets that alone.
      const refused = await browse("/embed/question/a.b.c");
      assert.deepEqual([refused.status, refused.headers.get("cache-control")], [400, "no-store"]);
      assert.ok(refused.text.includes("<h1>Cette page ne peut pas être montrée</h1>") && refused.text.includes("<p>Message seems corrupt or manipulated</p>"), refused.text);
      assert.equal((await call(server, "GET", "/embed/question/a.b.c")).text, "Message seems corrupt or manipulated");
    });
  },

  "texts are printed as they mean, with the values of filters, and no markup of their own": async () => {
    await published(async ({ api, server, dashboard }) => {
      const text = "# Plan {{plan}}\n\nDe **tous** les {{ plan }}, {{inconnu}}\n- un\n- [là](https://example.org/x)\n- [non](javascript:alert(1))\n\n<script>alert(1)</script>";
      const parameters = dashboard.parameters.map((one) => (one.id === "p2" ? { ...one, default: ["Basic", "Premium"] } : one));
      const words = dashboard.dashcards.find((one) => one.card_id === null);
      const mapping = { parameter_id: "p2", target: ["text-tag", "plan"] };
      const put = await api("PUT", `/api/dashboard/${dashboard.id}`, { parameters, dashcards: [{ ...words, visualization_settings: { ...words.visualization_settings, text }, parameter_mappings: [mapping] }] });
      assert.equal(put.status, 200, put.text);
      const { uuid } = (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json;
      const page = (await call(server, "GET", `/public/dashboard/${uuid}`, { headers: { accept: "text/html" } })).text;
      assert.ok(page.includes("<h2>Plan Basic, Premium</h2><p>De <strong>tous</strong> les Basic, Premium, {{inconnu}}</p><ul><li>un</li>"), page);
      assert.ok(page.includes('<li><a rel="noreferrer" href="https://example.org/x">là</a></li><li>[non](javascript:alert(1))</li></ul><p>&#60;script&#62;'), page);
      // Pages know which filter fills which words, and still not what any column is called.
      const [shown] = (await call(server, "GET", `/api/public/dashboard/${uuid}`)).json.dashcards;
      assert.deepEqual(shown.parameter_mappings, [{ parameter_id: "p2", card_id: null, target: ["text-tag", "plan"] }]);
      // A frame prints what its token fixes.
      await api("PUT", "/api/setting/embedding-secret-key", { value: SECRET });
      await api("PUT", "/api/setting/enable-embedding-static", { value: true });
      await api("PUT", `/api/dashboard/${dashboard.id}`, { enable_embedding: true, embedding_params: { plan: "locked" } });
      const framed = (await call(server, "GET", `/embed/dashboard/${sign({ resource: { dashboard: dashboard.id }, params: { plan: "<i>Business</i>" } })}`, { headers: { accept: "text/html" } })).text;
      assert.ok(framed.includes("<h2>Plan &#60;i&#62;Business&#60;/i&#62;</h2>"), framed);
      const [definition] = (await call(server, "GET", `/api/embed/dashboard/${sign({ resource: { dashboard: dashboard.id }, params: { plan: "Business" } })}`)).json.dashcards;
      assert.match(definition.visualization_settings.text, /^# Plan Business\n\nDe \*\*tous\*\* les Business, \{\{inconnu\}\}/);
      // A date that a token fixes is said in words, too.
      await api("PUT", `/api/dashboard/${dashboard.id}`, { parameters: parameters.map((one) => (one.id === "p2" ? { ...one, type: "date/all-options", default: null } : one)) });
      const dated = (await call(server, "GET", `/api/embed/dashboard/${sign({ resource: { dashboard: dashboard.id }, params: { plan: "past30days" } })}`)).json.dashcards[0];
      assert.match(dated.visualization_settings.text, /^# Plan Les 30 derniers jours\n/);
    });
  },

  "a card that comes onto a published dashboard is announced, and written down": async () => {
    await published(async ({ api, card, native, dashboard }) => {
      const other = (await api("POST", "/api/card", { name: "Troisième", display: "table", visualization_settings: {}, dataset_query: native.dataset_query })).json;
      const path = `/api/dashboard/${dashboard.id}`;
      const put = async (dashcards) => (await api("PUT", path, { dashcards })).json;
      const place = (id, card_id, more = {}) => ({ id, card_id, row: 20, col: 0, size_x: 6, size_y: 3, ...more });
      const written = async () => (await api("GET", "/api/activity/audit?topic=card-shown-to-public")).json.data.map((one) => [one.model_id, one.details.dashboard_id, one.details.name]);
      const [first] = dashboard.dashcards;
      assert.deepEqual((await put([first, place(-1, other.id)])).vigie_notices, []);
      await api("POST", `${path}/public_link`);
      assert.deepEqual((await put([first, place(-1, native.id)])).vigie_notices.map((one) => [one.kind, one.card_id, one.how]), [["card-shown-to-public", native.id, "public"]]);
      const { vigie_notices: notices } = await put([{ ...first, series: [{ id: other.id }] }]);
      assert.deepEqual(notices.map((one) => [one.card_id, one.text.en]), [[other.id, "Troisième can now be read by whoever has the link of this dashboard."]]);
      assert.match(notices[0].text.fr, /^Troisième peut désormais être lu par quiconque/);
      assert.deepEqual((await put([{ ...first, series: [{ id: other.id }], col: 1 }])).vigie_notices, []);
      assert.deepEqual((await api("PUT", path, { name: "Autre" })).json.vigie_notices, []);
      assert.equal((await api("GET", path)).json.vigie_notices, undefined);
      // Framed only; and by the other ways onto it.
      await api("DELETE", `${path}/public_link`);
      await api("PUT", path, { enable_embedding: true });
      assert.deepEqual((await put([first, place(-1, native.id)])).vigie_notices.map((one) => [one.card_id, one.how]), [[native.id, "embedded"]]);
      await api("POST", `${path}/cards`, place(0, other.id));
      const inside = (await api("POST", "/api/card", { name: "Dedans", display: "table", visualization_settings: {}, dataset_query: card.dataset_query, dashboard_id: dashboard.id })).json;
      assert.deepEqual((await written()).sort(), [[native.id, dashboard.id, "Comptes"], [other.id, dashboard.id, "Troisième"], [native.id, dashboard.id, "Comptes"], [other.id, dashboard.id, "Troisième"], [inside.id, dashboard.id, "Dedans"]].sort());
    });
  },

  "what is published ends at its time, may have a password, and is listed with who looks": async () => {
    await published(async ({ api, server, card, dashboard }) => {
      const { uuid } = (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json;
      const question = (await api("POST", `/api/card/${card.id}/public_link`)).json.uuid;
      const look = (path, headers = {}) => call(server, "GET", path, { headers: { accept: "text/html", ...headers } });
      const page = `/public/dashboard/${uuid}`;
      assert.equal((await look(page, { "sec-fetch-dest": "iframe", referer: "https://blog.example.org/2026/x?secret=1" })).status, 200);
      const list = (await api("GET", "/api/vigie/share")).json;
      assert.deepEqual(list.map((one) => [one.model, one.id, one.public_uuid]), [["dashboard", dashboard.id, uuid], ["card", card.id, question]]);
      assert.deepEqual([list[0].framed_by.map((one) => [one.origin, one.visits]), list[1].last_seen_at], [[["https://blog.example.org", 1]], null]);
      assert.ok(list[0].last_seen_at > "2026");
      const share = (body) => api("PUT", `/api/vigie/share/dashboard/${dashboard.id}`, body);
      // A password: the browser asks for it; nothing of it is kept for others.
      assert.equal((await share({ password: "short" })).status, 400);
      assert.equal((await share({ password: "sésame ouvre-toi" })).status, 200);
      for (const path of [page, `/api/public/dashboard/${uuid}`, `/api/public/dashboard/${uuid}/cards`]) {
        const refused = await look(path);
        assert.equal(refused.status, 401, path);
        assert.match(refused.headers.get("www-authenticate"), /^Basic/);
        assert.doesNotMatch(refused.text, /Tableau/);
        const basic = (text) => ({ authorization: `Basic ${Buffer.from(`x:${text}`).toString("base64")}` });
        assert.equal((await look(path, basic("wrong password"))).status, 401);
        const seen = await look(path, basic("sésame ouvre-toi"));
        assert.equal(seen.status, 200, path);
        assert.doesNotMatch(seen.headers.get("cache-control") ?? "", /public/);
      }
      assert.equal((await look(page)).status, 401);
      assert.equal((await share({ password: null })).status, 200);
      // An end: the page says so, and is not kept beyond it.
      const soon = new Date(Date.now() + 1500).toISOString();
      assert.equal((await share({ expires_at: soon })).status, 200);
      assert.equal((await look(page)).status, 200);
      await new Promise((resolve) => setTimeout(resolve, 1700));
      const gone = await look(page);
      assert.deepEqual([gone.status, gone.text.includes('"kind":"withdrawn"')], [410, true]);
      assert.equal((await look(`/api/public/dashboard/${uuid}/cards`)).status, 410);
      assert.equal((await share({ expires_at: "tomorrow" })).status, 400);
      assert.equal((await share({ expires_at: null })).status, 200);
      assert.equal((await look(page)).status, 200);
      assert.equal((await api("PUT", "/api/vigie/share/table/1", {})).status, 404);
    });
  },
};
