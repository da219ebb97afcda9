// What filters are about, what is shown for one of their values, what stands near a thing.
import assert from "node:assert/strict";
import { call, invite, setUp, startServer } from "./server.mjs";

async function sample(run) {
  const server = await startServer();
  try {
    const session = await setUp(server);
    const api = (method, path, body, as = session) => call(server, method, path, { session: as, body });
    const open = (path) => call(server, "GET", path);
    const { tables } = (await api("GET", "/api/database/1/metadata")).json;
    const table = (name) => tables.find((one) => one.name === name).id;
    const field = (name, column) => tables.find((one) => one.name === name).fields.find((one) => one.name === column).id;
    const product = field("ORDERS", "PRODUCT_ID");
    const described = await api("POST", `/api/field/${product}/dimension`, { type: "external", name: "Produit", human_readable_field_id: field("PRODUCTS", "TITLE") });
    assert.equal(described.status, 200, described.text);
    const parameters = [
      { id: "p", name: "Produit", slug: "produit", type: "id", target: ["dimension", ["field", product, null]] },
      { id: "l", name: "Liste", slug: "liste", type: "category", values_source_type: "static-list", values_source_config: { values: [["a", "Première"], ["b", "Seconde"]] } },
    ];
    const query = { "source-table": table("ORDERS"), aggregation: [["count"]] };
    const card = (await api("POST", "/api/card", { name: "Commandes", display: "scalar", visualization_settings: {}, parameters, dataset_query: { database: 1, type: "query", query } })).json;
    const made = (await api("POST", "/api/dashboard", { name: "Tableau", parameters })).json;
    const parameter_mappings = [{ parameter_id: "p", card_id: card.id, target: parameters[0].target }];
    const dashboard = (await api("PUT", `/api/dashboard/${made.id}`, { dashcards: [{ id: -1, card_id: card.id, row: 0, col: 0, size_x: 4, size_y: 4, parameter_mappings }] })).json;
    await run({ server, session, api, open, table, field, product, card, dashboard });
  } finally {
    await server.stop();
  }
}

export const tests = {
  "one value is shown as what stands for it, through every door": async () => {
    await sample(async ({ api, open, card, dashboard, field, product }) => {
      const title = (await api("POST", "/api/dataset", { database: 1, type: "native", native: { query: "select title from products where id = 7" } })).json.data.rows[0][0];
      const links = { card: (await api("POST", `/api/card/${card.id}/public_link`)).json.uuid, dashboard: (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json.uuid };
      for (const [path, get] of [
        [`/api/card/${card.id}`, api.bind(null, "GET")],
        [`/api/dashboard/${dashboard.id}`, api.bind(null, "GET")],
        [`/api/public/card/${links.card}`, open],
        [`/api/public/dashboard/${links.dashboard}`, open],
      ]) {
        const label = async (key, value) => (await get(`${path}/params/${key}/remapping?value=${value}`)).json;
        assert.deepEqual(await label("p", 7), [7, title], path);
        assert.deepEqual(await label("p", 987654), ["987654"], path);
        assert.deepEqual(await label("l", "b"), ["b", "Seconde"], path);
        assert.deepEqual(await label("l", "c"), ["c"], path);
        assert.equal((await get(`${path}/params/nope/remapping?value=7`)).status, 404, path);
        // Values come as they are compared, then as they are shown; what is typed is looked for in the latter.
        const { values } = (await get(`${path}/params/p/values`)).json;
        assert.ok(values.length > 100 && values.every(([value, shown]) => Number.isInteger(value) && typeof shown === "string"), path);
        const found = (await get(`${path}/params/p/search/${encodeURIComponent(title.slice(0, 8).toLowerCase())}`)).json.values;
        assert.ok(found.length > 0 && found.every(([, shown]) => shown.toLowerCase().includes(title.slice(0, 8).toLowerCase())), path);
      }
      const post = await api("POST", "/api/dataset/parameter/remapping", { parameter: { id: "x", type: "id" }, field_ids: [product], value: 7 });
      assert.deepEqual(post.json, [7, title]);
      const beside = await api("GET", `/api/field/${field("PRODUCTS", "ID")}/remapping/${field("PRODUCTS", "TITLE")}?value=7`);
      assert.deepEqual(beside.json, [7, title]);
      assert.equal((await api("GET", `/api/card/${card.id}/params/p/remapping`)).status, 400);
      assert.equal((await api("GET", `/api/field/${field("PRODUCTS", "ID")}/remapping/${field("ACCOUNTS", "PLAN")}?value=7`)).status, 404);
    });
  },

  "filters of old dashboards name their columns as was usual before 2020": async () => {
    await sample(async ({ api, field, product }) => {
      const orders = (await api("GET", "/api/database/1/metadata")).json.tables.find(({ name }) => name === "ORDERS").id;
      const category = field("PRODUCTS", "CATEGORY");
      const old = ["fk->", ["field-id", product], ["field-id", category]];
      const card = (await api("POST", "/api/card", { name: "Anciennes", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "query", query: { "source-table": orders, aggregation: ["count"], breakout: [old] } } })).json;
      const made = (await api("POST", "/api/dashboard", { name: "Ancien", parameters: [{ id: "c", name: "Catégorie", slug: "c", type: "category" }] })).json;
      const put = await api("PUT", `/api/dashboard/${made.id}`, { dashcards: [{ id: -1, card_id: card.id, row: 0, col: 0, size_x: 8, size_y: 4, parameter_mappings: [{ parameter_id: "c", card_id: card.id, target: ["dimension", old] }] }] });
      assert.equal(put.status, 200, put.text);
      assert.deepEqual((await api("GET", `/api/dashboard/${made.id}`)).json.param_fields.c.map(({ id }) => id), [category]);
      const { values } = (await api("GET", `/api/dashboard/${made.id}/params/c/values`)).json;
      assert.ok(values.some(([value]) => value === "Gadget"), JSON.stringify(values));
      const asked = await api("POST", `/api/dashboard/${made.id}/dashcard/${put.json.dashcards[0].id}/card/${card.id}/query`, { parameters: [{ id: "c", value: ["Gadget"] }] });
      assert.deepEqual(asked.json.data.rows.map(([value]) => value), ["Gadget"]);
      const bare = (aggregation) => api("POST", "/api/dataset", { database: 1, type: "query", query: { "source-table": orders, aggregation, limit: 3 } });
      for (const said of [["rows"], [["rows"]], "rows"]) assert.equal((await bare(said)).json.data.rows.length, 3);
    });
  },

  "filters name the fields that they are about, strangers no names of the database": async () => {
    await sample(async ({ api, open, card, dashboard, field, product }) => {
      for (const path of [`/api/card/${card.id}`, `/api/dashboard/${dashboard.id}`]) {
        const { param_fields: fields } = (await api("GET", path)).json;
        assert.deepEqual(Object.keys(fields), ["p"], path);
        assert.deepEqual(fields.p.map((one) => [one.id, one.name, one.dimensions.length]), [[product, "PRODUCT_ID", 1]], path);
      }
      const { uuid } = (await api("POST", `/api/dashboard/${dashboard.id}/public_link`)).json;
      const shown = (await open(`/api/public/dashboard/${uuid}`)).json.param_fields;
      assert.deepEqual(Object.keys(shown.p[0]).sort(), ["base_type", "display_name", "effective_type", "has_field_values", "id", "semantic_type"]);
      const link = (filtered, ...filtering) => api("GET", `/api/dashboard/params/valid-filter-fields?filtered=${filtered}${filtering.map((id) => `&filtering=${id}`).join("")}`);
      const total = field("ORDERS", "TOTAL");
      const category = field("PRODUCTS", "CATEGORY");
      assert.deepEqual((await link(total, category, field("ACCOUNTS", "PLAN"), product)).json, { [total]: [category, product] });
      assert.deepEqual((await link(category)).json, { [category]: [] });
      assert.equal((await link("x")).status, 400);
      assert.equal((await link(987654)).status, 404);
    });
  },

  "what stands near is told, and only to whom may see it": async () => {
    await sample(async ({ server, session, api, card, dashboard, table, field }) => {
      const segment = (await api("POST", "/api/segment", { name: "Grandes", table_id: table("ORDERS"), definition: { "source-table": table("ORDERS"), filter: [">", ["field", field("ORDERS", "TOTAL"), null], 100] } })).json;
      const metric = (await api("POST", "/api/card", { name: "Mesure", type: "metric", display: "scalar", visualization_settings: {}, dataset_query: card.dataset_query })).json;
      const of = async (path) => (await api("GET", `/api/${path}/related`)).json;
      const orders = await of(`table/${table("ORDERS")}`);
      const names = (list) => list.map((one) => one.name).sort();
      assert.deepEqual(names(orders["linking-to"]), ["PEOPLE", "PRODUCTS"]);
      assert.deepEqual(names((await of(`table/${table("PRODUCTS")}`))["linked-from"]), ["ORDERS", "REVIEWS"]);
      assert.deepEqual([orders.segments.map((one) => one.id), orders.metrics.map((one) => one.id)], [[segment.id], [metric.id]]);
      assert.ok(orders.tables.length > 2 && !names(orders.tables).includes("ORDERS"));
      const total = await of(`field/${field("ORDERS", "TOTAL")}`);
      assert.deepEqual([total.table.name, names(total.fields).includes("TOTAL"), names(total.fields).includes("TAX")], ["ORDERS", false, true]);
      const near = await of(`card/${card.id}`);
      assert.deepEqual([near.table.name, near["similar-questions"], near.metrics.map((one) => one.id)], ["ORDERS", [], [metric.id]]);
      assert.deepEqual((await of(`segment/${segment.id}`)).metrics.map((one) => one.id), [metric.id]);
      assert.deepEqual((await of(`dashboard/${dashboard.id}`)).cards, []);
      const other = (await api("POST", "/api/card", { name: "Autre", display: "scalar", visualization_settings: {}, dataset_query: card.dataset_query })).json;
      assert.deepEqual((await of(`dashboard/${dashboard.id}`)).cards.map((one) => one.id), [other.id]);
      const counts = (await api("GET", `/api/field/${field("PEOPLE", "SOURCE")}/summary`)).json;
      assert.deepEqual([counts.map(([name]) => name), counts[1][1]], [["count", "distincts"], 5]);
      const graph = (await api("GET", "/api/permissions/graph")).json;
      graph.groups[1] = { 1: { "view-data": "blocked", "create-queries": "no" } };
      assert.equal((await api("PUT", "/api/permissions/graph", graph)).status, 200);
      const reader = await invite(server, session, "reader@example.org");
      for (const path of [`table/${table("ORDERS")}/related`, `field/${field("ORDERS", "TOTAL")}/related`, `field/${field("ORDERS", "TOTAL")}/summary`])
        assert.ok([403, 404].includes((await api("GET", `/api/${path}`, undefined, reader.session)).status), path);
    });
  },

  "filters act on what saved questions, models and SQL give, inside and for strangers": async () => {
    await sample(async ({ api, open, table, field }) => {
      const products = { database: 1, type: "query", query: { "source-table": table("PRODUCTS"), aggregation: [["count"]], breakout: [["field", field("PRODUCTS", "CATEGORY"), null]] } };
      const sql = { database: 1, type: "native", native: { query: "select CATEGORY, count(*) as N from PRODUCTS group by CATEGORY" } };
      const save = async (name, dataset_query, type = "question") => (await api("POST", "/api/card", { name, type, display: "table", visualization_settings: {}, dataset_query })).json.id;
      const on = (id, more = {}) => ({ database: 1, type: "query", query: { "source-table": `card__${id}`, ...more } });
      const counted = await save("Par catégorie", products);
      const written = await save("En SQL", sql);
      const named = ["dimension", ["field", "CATEGORY", { "base-type": "type/Text" }], { "stage-number": 0 }];
      const cards = {
        "on a question": await save("Dessus", on(counted)),
        "counted again": await save("Compté", on(counted, { aggregation: [["count"]] })),
        "on SQL": await save("Dessus en SQL", on(written)),
        "a model": await save("Modèle", products, "model"),
        "a model of SQL": await save("Modèle en SQL", sql, "model"),
        "on a model of SQL": await save("Dessus", on(await save("Dessous", sql, "model"))),
      };
      for (const [name, card_id] of Object.entries(cards)) {
        const parameters = [{ id: "p", name: "Catégorie", slug: "categorie", type: "string/=" }];
        const { id } = (await api("POST", "/api/dashboard", { name, parameters })).json;
        const { dashcards } = (await api("PUT", `/api/dashboard/${id}`, { dashcards: [{ id: -1, card_id, row: 0, col: 0, size_x: 4, size_y: 4, parameter_mappings: [{ parameter_id: "p", card_id, target: named }] }] })).json;
        const asked = [{ id: "p", value: ["Gizmo"] }];
        const inside = (await api("POST", `/api/dashboard/${id}/dashcard/${dashcards[0].id}/card/${card_id}/query`, { parameters: asked })).json;
        const { uuid } = (await api("POST", `/api/dashboard/${id}/public_link`)).json;
        const outside = (await open(`/api/public/dashboard/${uuid}/dashcard/${dashcards[0].id}/card/${card_id}?parameters=${encodeURIComponent(JSON.stringify(asked))}`)).json;
        for (const answer of [inside, outside]) {
          assert.equal(answer.status, "completed", name);
          assert.equal(answer.data.rows.length, 1, name);
          assert.equal(answer.data.rows[0][0], name === "counted again" ? 1 : "Gizmo", name);
        }
        for (const get of [() => api("GET", `/api/dashboard/${id}/params/p/values`), () => open(`/api/public/dashboard/${uuid}/params/p/values`)])
          assert.deepEqual((await get()).json.values, [["Doohickey"], ["Gadget"], ["Gizmo"], ["Widget"]], name);
      }
    });
  },
};
