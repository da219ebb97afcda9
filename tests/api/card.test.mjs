// Cards and collections as programs use them: what is sent comes back, what is not readable stays away.
import assert from "node:assert/strict";
import { call, invite, setUp, startServer } from "./server.mjs";

export const server = (run) => async () => {
  const started = await startServer();
  try {
    const admin = await setUp(started);
    const as = (session) => (method, path, body) => call(started, method, path, { session, body });
    const { data } = (await call(started, "GET", "/api/database?include=tables", { session: admin })).json;
    const database = data[0];
    const table = (name) => database.tables.find((one) => one.name.toLowerCase() === name);
    await run({ server: started, admin: as(admin), as, session: admin, database, table });
  } finally {
    await started.stop();
  }
  assert.ok(!/AddressSanitizer|runtime error/.test(started.err), started.err);
};

export const question = (database, extra = {}) => ({
  name: "Commandes",
  display: "table",
  visualization_settings: { "table.columns": [{ name: "b", enabled: true }, { name: "a", enabled: false }], n: 1.0 },
  dataset_query: { database: database.id, type: "query", query: { "source-table": database.tables[0].id, limit: 1 } },
  ...extra,
});

export const tests = {
  "a card comes back as it was sent": server(async ({ admin, database }) => {
    const sent = question(database, {
      description: "Été",
      cache_ttl: null,
      collection_id: null,
      collection_position: 2,
      query_type: "query",
      parameters: [{ id: "p", type: "string/=", name: "État", slug: "etat", target: ["variable", ["template-tag", "x"]] }],
      parameter_mappings: [],
    });
    const made = await admin("POST", "/api/card/", sent);
    assert.equal(made.status, 200, made.text);
    assert.match(made.headers.get("content-type"), /json/);
    const read = (await admin("GET", `/api/card/${made.json.id}`)).json;
    for (const [key, value] of Object.entries(sent)) assert.deepEqual(read[key], value, key);
    assert.match(made.text, /"n":1[,}]/);
    assert.equal(read.type, "question");
    assert.equal(read.database_id, database.id);
    assert.equal(read.table_id, database.tables[0].id);
    assert.equal(read.entity_id.length, 21);
    assert.equal(read.creator.email, "admin@example.org");
    assert.equal(read["last-edit-info"].email, "admin@example.org");
    assert.equal(read.collection, null);
    assert.equal("data" in read, false);
    assert.deepEqual(JSON.parse(read.legacy_query), sent.dataset_query);
    const byEntity = await admin("GET", `/api/card/${read.entity_id}`);
    assert.equal(byEntity.json.id, read.id);
    assert.equal((await admin("GET", "/api/card/aaaaaaaaaaaaaaaaaaaaa")).status, 404);
    const put = await admin("PUT", `/api/card/${read.id}`, { ...read, name: "Autre", cache_ttl: 3 });
    assert.equal(put.status, 200, put.text);
    assert.deepEqual([put.json.name, put.json.cache_ttl, put.json.description], ["Autre", 3, "Été"]);
    assert.equal((await admin("PUT", `/api/card/${read.id}`, { description: null })).json.description, null);
  }),
  "who says what was read does not write over what somebody else saved": server(async ({ admin, database }) => {
    const { json: card } = await admin("POST", "/api/card", { name: "À deux", display: "table", visualization_settings: {}, dataset_query: { database: database.id, type: "query", query: { "source-table": database.tables[0].id } } });
    const path = `/api/card/${card.id}`;
    const first = await admin("PUT", path, { name: "Une", vigie_based_on: card.updated_at });
    assert.equal(first.status, 200, first.text);
    const second = await admin("PUT", path, { name: "Deux", vigie_based_on: card.updated_at });
    assert.equal(second.status, 409, second.text);
    assert.equal((await admin("GET", path)).json.name, "Une");
    assert.equal((await admin("PUT", path, { name: "Deux", vigie_based_on: first.json.updated_at })).json.name, "Deux");
    // Who says nothing is asked nothing, as ever.
    assert.equal((await admin("PUT", path, { name: "Trois" })).json.name, "Trois");
    assert.equal((await admin("PUT", path, { vigie_based_on: "x".repeat(41) })).status, 400);
  }),
  "the newer form of a query is kept, and told in the old one": server(async ({ admin, database }) => {
    const table = database.tables[0].id;
    const query = {
      "lib/type": "mbql/query",
      database: database.id,
      stages: [
        {
          "lib/type": "mbql.stage/mbql",
          "source-table": table,
          filters: [["=", { "lib/uuid": "u1" }, ["field", { "lib/uuid": "u2", "base-type": "type/Text" }, 7], "x"]],
          aggregation: [["count", { "lib/uuid": "u3", name: "n" }]],
          breakout: [["field", { "lib/uuid": "u4", "temporal-unit": "month" }, 8]],
          "order-by": [["desc", { "lib/uuid": "u5" }, ["aggregation", { "lib/uuid": "u6" }, "u3"]]],
          limit: 5,
        },
        { "lib/type": "mbql.stage/mbql", limit: 2 },
      ],
    };
    const made = await admin("POST", "/api/card", question(database, { dataset_query: query }));
    assert.equal(made.status, 200, made.text);
    assert.deepEqual(made.json.dataset_query, query);
    assert.equal(made.json.table_id, table);
    const old = {
      database: database.id,
      type: "query",
      query: {
        "source-query": {
          "source-table": table,
          filter: ["=", ["field", 7, { "base-type": "type/Text" }], "x"],
          aggregation: [["aggregation-options", ["count"], { name: "n" }]],
          breakout: [["field", 8, { "temporal-unit": "month" }]],
          "order-by": [["desc", ["aggregation", 0]]],
          limit: 5,
        },
        limit: 2,
      },
    };
    assert.deepEqual((await admin("GET", `/api/card/${made.json.id}?legacy-mbql=true`)).json.dataset_query, old);
    assert.deepEqual(JSON.parse(made.json.legacy_query), old);
    const native = { "lib/type": "mbql/query", database: database.id, stages: [{ "lib/type": "mbql.stage/native", native: "select 1", "template-tags": {} }] };
    const sql = await admin("POST", "/api/card", question(database, { dataset_query: native }));
    assert.equal(sql.json.query_type, "native");
    assert.deepEqual(JSON.parse(sql.json.legacy_query), { database: database.id, type: "native", native: { query: "select 1", "template-tags": {} } });
  }),
  "what cannot be saved says which field": server(async ({ admin, database }) => {
    const refused = async (extra, field) => {
      const answer = await admin("POST", "/api/card", { ...question(database), ...extra });
      assert.equal(answer.status, 400, answer.text);
      assert.deepEqual(Object.keys(answer.json.errors), [field]);
    };
    await refused({ name: " " }, "name");
    await refused({ dataset_query: {} }, "dataset_query");
    await refused({ dataset_query: { database: 99, type: "query", query: { "source-table": 1 } } }, "dataset_query");
    await refused({ dataset_query: { database: -1337, type: "query", query: { "source-table": "card__99" } } }, "dataset_query");
    await refused({ collection_id: 77 }, "collection_id");
    await refused({ collection_position: 0 }, "collection_position");
    await refused({ type: "chart" }, "type");
    assert.equal((await admin("GET", "/api/card?f=table")).status, 400);
  }),
  "a metric has one aggregation, and is no SQL": server(async ({ admin, database }) => {
    const on = (query) => ({ type: "metric", dataset_query: { database: database.id, type: "query", query: { "source-table": database.tables[0].id, ...query } } });
    const staged = (aggregation) => ({ type: "metric", dataset_query: { "lib/type": "mbql/query", database: database.id, stages: [{ "lib/type": "mbql.stage/mbql", "source-table": database.tables[0].id }, { "lib/type": "mbql.stage/mbql", aggregation }] } });
    const sql = { type: "metric", dataset_query: { database: database.id, type: "native", native: { query: "select count(*) from a" } } };
    const wrong = [on({}), on({ aggregation: [] }), on({ aggregation: [["count"], ["count"]] }), on({ aggregation: [["count"]], "source-table": undefined, "source-query": { native: "select count(*) from a" } }), staged([]), staged([["count", {}], ["count", {}]]), sql];
    const refused = (answer) => assert.deepEqual([answer.status, Object.keys(answer.json.errors ?? {})], [400, ["dataset_query"]], answer.text);
    const made = await admin("POST", "/api/card", question(database, on({ aggregation: [["count"]] })));
    assert.equal(made.status, 200, made.text);
    for (const good of [on({ aggregation: ["count"] }), staged([["count", {}]])]) assert.equal((await admin("POST", "/api/card", question(database, good))).status, 200);
    for (const body of wrong) {
      refused(await admin("POST", "/api/card", question(database, body)));
      refused(await admin("PUT", `/api/card/${made.json.id}`, { dataset_query: body.dataset_query }));
    }
    const plain = (await admin("POST", "/api/card", question(database))).json;
    refused(await admin("PUT", `/api/card/${plain.id}`, { type: "metric" }));
    assert.equal((await admin("PUT", `/api/card/${made.json.id}`, { name: "Nombre" })).status, 200);
  }),
  "lists are bare arrays, by what is asked": server(async ({ admin, database }) => {
    const one = (await admin("POST", "/api/card", question(database, { name: "Modèle", type: "model" }))).json;
    const two = (await admin("POST", "/api/card", question(database, { name: "Fille", dataset_query: { database: -1337, type: "query", query: { "source-table": `card__${one.id}` } } }))).json;
    assert.equal(two.database_id, database.id);
    const ids = async (path) => (await admin("GET", path)).json.map((card) => card.id);
    assert.deepEqual(await ids("/api/card/"), [two.id, one.id]);
    assert.deepEqual(await ids("/api/card?f=mine"), [two.id, one.id]);
    assert.deepEqual(await ids("/api/card?f=dataset"), [one.id]);
    assert.deepEqual(await ids(`/api/card?f=using_model&model_id=${one.id}`), [two.id]);
    assert.deepEqual(await ids(`/api/card?f=table&model_id=${database.tables[0].id}`), [one.id]);
    assert.equal((await admin("PUT", `/api/card/${two.id}`, { archived: true })).json.archived_directly, true);
    assert.deepEqual(await ids("/api/card"), [one.id]);
    assert.deepEqual(await ids("/api/card?f=archived"), [two.id]);
    const trash = (await admin("GET", "/api/collection/trash/items")).json;
    assert.deepEqual(trash.data.map((item) => [item.model, item.id, item.can_restore]), [["card", two.id, true]]);
    assert.equal((await admin("PUT", `/api/card/${two.id}`, { archived: false })).json.archived, false);
    const copy = await admin("POST", `/api/card/${one.id}/copy`);
    assert.deepEqual([copy.status, copy.json.name, copy.json.type], [200, "Copy of Modèle", "model"]);
    assert.notEqual(copy.json.entity_id, one.entity_id);
    const gone = await admin("DELETE", `/api/card/${copy.json.id}`);
    assert.deepEqual([gone.status, gone.text], [204, ""]);
    assert.deepEqual((({ status, text }) => [status, text])(await admin("GET", `/api/card/${copy.json.id}`)), [404, "Not found."]);
  }),
  "collections nest, move, go to the trash with what is inside, and come back": server(async ({ admin, database }) => {
    const make = async (name, parent_id, extra = {}) => {
      const answer = await admin("POST", "/api/collection", { name, parent_id, color: "#509EE3", ...extra });
      assert.equal(answer.status, 200, answer.text);
      return answer.json;
    };
    const a = await make("Équipe", null);
    const b = await make("Produit", a.id);
    const c = await make("Archives", b.entity_id);
    assert.deepEqual([a.location, b.location, c.location, b.slug], ["/", `/${a.id}/`, `/${a.id}/${b.id}/`, "produit"]);
    assert.deepEqual(c.effective_ancestors.map((one) => one.id), ["root", a.id, b.id]);
    const card = (await admin("POST", "/api/card", question(database, { collection_id: b.id }))).json;
    assert.equal(card.collection.name, "Produit");
    const tree = (await admin("GET", "/api/collection/tree?exclude-archived=true")).json;
    assert.deepEqual([tree[0].id, tree[0].children[0].id, tree[0].children[0].here, tree[0].below], [a.id, b.id, ["card"], ["card"]]);
    const [item] = (await admin("GET", "/api/collection/root/items?models=collection")).json.data.filter((one) => one.id === a.id);
    assert.deepEqual([item.here, item.below], [[], ["card"]]);
    const counted = async () => (await admin("GET", `/api/collection/${b.id}/items?models=card`)).json.data.map((one) => one.dashboard_count);
    assert.deepEqual(await counted(), [0]);
    const inside = card;
    for (const name of ["Un", "Deux"]) {
      const made = (await admin("POST", "/api/dashboard", { name })).json;
      await admin("PUT", `/api/dashboard/${made.id}`, { dashcards: [0, 1].map((row) => ({ id: -1 - row, card_id: inside.id, row, col: 0, size_x: 1, size_y: 1, series: [{ id: inside.id }] })) });
    }
    assert.deepEqual(await counted(), [2]);
    assert.equal((await admin("PUT", `/api/collection/${a.id}`, { parent_id: c.id })).status, 400);
    assert.equal((await admin("PUT", `/api/collection/${b.id}`, { parent_id: null })).json.location, "/");
    assert.equal((await admin("GET", `/api/collection/${c.id}`)).json.location, `/${b.id}/`);
    const archived = await admin("PUT", `/api/collection/${b.id}`, { archived: true });
    assert.deepEqual([archived.json.archived, (await admin("GET", `/api/card/${card.id}`)).json.archived], [true, true]);
    assert.deepEqual((await admin("GET", "/api/collection/trash/items")).json.data.map((item) => item.name), ["Produit"]);
    assert.equal((await admin("DELETE", `/api/collection/${a.id}`)).status, 400);
    assert.equal((await admin("PUT", `/api/collection/${b.id}`, { archived: false })).json.archived, false);
    assert.equal((await admin("GET", `/api/card/${card.id}`)).json.archived, false);
    const list = (await admin("GET", "/api/collection")).json;
    assert.equal(list[0].id, "root");
    assert.equal("slug" in list[0] || "archived" in list[0], false);
    assert.deepEqual(list.slice(1).map((one) => one.name).sort(), ["Archives", "Produit", "Équipe"]);
    await admin("PUT", `/api/collection/${b.id}`, { archived: true });
    assert.equal((await admin("DELETE", `/api/collection/${b.id}`)).status, 204);
    assert.equal((await admin("GET", `/api/card/${card.id}`)).status, 404);
  }),
  "items are filtered, sorted and cut into pages": server(async ({ admin, database }) => {
    const folder = (await admin("POST", "/api/collection", { name: "zoo" })).json;
    for (const name of ["b", "A", "c"]) await admin("POST", "/api/card", question(database, { name, collection_position: name === "c" ? 1 : null }));
    await admin("POST", "/api/card", question(database, { name: "model", type: "model" }));
    const items = async (query) => (await admin("GET", `/api/collection/root/items${query}`)).json;
    const all = await items("");
    assert.deepEqual([all.total, all.limit, all.offset, all.data.map((one) => one.name)], [5, null, null, ["A", "b", "c", "model", "zoo"]]);
    assert.deepEqual([...all.models].sort(), ["card", "collection", "dataset"]);
    assert.deepEqual((await items("?models=card&models=dashboard")).data.map((one) => one.name), ["A", "b", "c"]);
    assert.deepEqual((await items("?models=dataset")).data.map((one) => one.model), ["dataset"]);
    assert.deepEqual((await items("?models=no_models")).total, 0);
    assert.deepEqual((await items("?pinned_state=is_pinned")).data.map((one) => one.name), ["c"]);
    const page = await items("?models=card&limit=1&offset=1&sort_column=name&sort_direction=desc");
    assert.deepEqual([page.data.map((one) => one.name), page.total, page.limit, page.offset], [["b"], 3, 1, 1]);
    assert.equal((await admin("GET", `/api/collection/${folder.id}/items`)).json.total, 0);
  }),
  "without a right nothing is seen, and a personal collection is its owner's": server(async ({ server: started, admin, as, session, database }) => {
    const folder = (await admin("POST", "/api/collection", { name: "Direction" })).json;
    const card = (await admin("POST", "/api/card", question(database, { collection_id: folder.id }))).json;
    const reader = await invite(started, session, "reader@example.org");
    const asReader = as(reader.session);
    assert.equal((await asReader("GET", `/api/card/${card.id}`)).status, 200);
    const graph = (await admin("GET", "/api/collection/graph")).json;
    const put = await admin("PUT", "/api/collection/graph", { revision: graph.revision, groups: { 1: { [folder.id]: "none" } } });
    assert.equal(put.status, 200, put.text);
    assert.equal((await asReader("GET", `/api/card/${card.id}`)).status, 403);
    assert.equal((await asReader("PUT", `/api/card/${card.id}`, { name: "x" })).status, 403);
    assert.deepEqual((await asReader("GET", "/api/card")).json, []);
    assert.equal((await asReader("GET", `/api/collection/${folder.id}/items`)).status, 403);
    assert.deepEqual((await asReader("GET", "/api/collection/root/items?models=collection")).json.data, []);
    const own = (await asReader("GET", "/api/user/current")).json.personal_collection_id;
    const mine = await asReader("POST", "/api/card", question(database, { collection_id: own }));
    assert.equal(mine.status, 200, mine.text);
    const other = await invite(started, session, "other@example.org");
    assert.equal((await as(other.session)("GET", `/api/card/${mine.json.id}`)).status, 403);
    assert.equal((await admin("GET", `/api/card/${mine.json.id}`)).status, 200);
    assert.equal((await asReader("PUT", `/api/collection/${own}`, { archived: true })).status, 400);
    const stale = await admin("PUT", "/api/collection/graph", { revision: graph.revision, groups: {} });
    assert.equal(stale.status, 409, stale.text);
  }),
};
