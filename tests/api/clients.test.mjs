// The conversations of programs that exist: the calls each makes in its normal work, and what it reads
// in the answers. Written from what is known of them, not from their code.
import assert from "node:assert/strict";
import { question, server } from "./card.test.mjs";
import { sql, withPostgres } from "./postgres.mjs";
import { ADMIN, call } from "./server.mjs";

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, `${answer.text.slice(0, 400)}`);
  if (status === 200) assert.match(answer.headers.get("content-type"), /json/);
  if (status === 204) assert.equal(answer.text, "");
  return answer.json;
};
const has = (object, keys) => {
  for (const key of keys.split(" ")) assert.ok(key in object, `${key} is missing in ${Object.keys(object)}`);
};

const form = { headers: { "content-type": "application/x-www-form-urlencoded" } };

// Go's clients send every member of a body, null where there is nothing to say.
const nothing = (names) => Object.fromEntries(names.split(" ").map((name) => [name, null]));

async function apiKey(admin) {
  return ok(await admin("POST", "/api/api-key", { name: `key ${Math.random()}`, group_id: 2 })).unmasked_key;
}

export const tests = {
  "dbt-metabase: models and exposures": server(async ({ server: started, admin, database }) => {
    const key = await apiKey(admin);
    const as = (method, path, body) => call(started, method, path, { key, body });
    const card = ok(await admin("POST", "/api/card", question(database)));
    const dashboard = ok(await admin("POST", "/api/dashboard", { name: "D" }));
    ok(await admin("PUT", `/api/dashboard/${dashboard.id}`, { dashcards: [{ id: -1, card_id: card.id, row: 0, col: 0, size_x: 4, size_y: 4 }] }));
    const list = ok(await as("GET", "/api/database"));
    const db = (list.data ?? list).find((one) => one.name === database.name);
    assert.ok([200, 202].includes((await as("POST", `/api/database/${db.id}/sync_schema`)).status));
    const metadata = ok(await as("GET", `/api/database/${db.id}/metadata?include_hidden=true`));
    assert.equal("data" in metadata, false);
    for (const table of metadata.tables) {
      has(table, "id name schema visibility_type field_order fields description display_name");
      for (const field of table.fields) has(field, "id name semantic_type visibility_type description display_name fk_target_field_id coercion_strategy has_field_values settings");
    }
    const tables = ok(await as("GET", "/api/table"));
    assert.ok(Array.isArray(tables) && tables[0].db.engine && tables[0].db.details);
    const [table] = metadata.tables;
    ok(await as("PUT", `/api/table/${table.id}`, { display_name: "Nom", description: "d", points_of_interest: null, caveats: null }));
    ok(await as("PUT", `/api/table/${table.id}/fields/order`, table.fields.map((field) => field.id).reverse()));
    ok(await as("PUT", `/api/field/${table.fields[0].id}`, { description: "x", semantic_type: null, visibility_type: "normal", display_name: "Un nom", has_field_values: "none" }));
    // What is not said in dbt any more is null: names go back to those of the sync.
    const field = ok(await as("PUT", `/api/field/${table.fields[0].id}`, { ...nothing("display_name description visibility_type fk_target_field_id has_field_values"), settings: { number_style: "percent" } }));
    assert.deepEqual([field.display_name, field.description, field.visibility_type, field.settings], [table.fields[0].display_name, null, "normal", { number_style: "percent" }]);
    const reset = ok(await as("PUT", `/api/table/${table.id}`, nothing("display_name description visibility_type")));
    assert.deepEqual([reset.display_name, reset.description, reset.visibility_type], [table.display_name, null, null]);
    const collections = ok(await as("GET", "/api/collection?exclude-other-user-collections=true"));
    assert.equal(collections[0].id, "root");
    for (const collection of collections) {
      const items = ok(await as("GET", `/api/collection/${collection.id}/items?models=card&models=dashboard`));
      for (const item of items.data) has(item, "id model name");
    }
    const read = ok(await as("GET", `/api/card/${card.id}`));
    has(read, "creator created_at dataset_query result_metadata type archived description");
    has(read.creator, "email common_name");
    assert.equal(ok(await as("GET", `/api/dashboard/${dashboard.id}`)).dashcards[0].card.id, card.id);
    // It looks for an id in the card of a text, too.
    const text = { id: -1, card_id: null, row: 0, col: 0, size_x: 4, size_y: 4, visualization_settings: { virtual_card: { display: "text" }, text: "T" } };
    for (const { card: inside } of ok(await as("PUT", `/api/dashboard/${dashboard.id}`, { dashcards: [text] })).dashcards) assert.equal("id" in inside, false);
    has(ok(await as("GET", `/api/user/${read.creator_id}`)), "email common_name");
  }),
  "metabase_api_python: sessions, slashes, clones": server(async ({ server: started, database }) => {
    const { id: session } = ok(await call(started, "POST", "/api/session", { body: { username: ADMIN.email, password: ADMIN.password } }));
    const as = (method, path, body) => call(started, method, path, { session, body });
    has(ok(await as("GET", "/api/user/current")), "id email common_name is_superuser");
    const db = ok(await as("GET", "/api/database/")).data[0];
    for (const table of ok(await as("GET", "/api/table/"))) has(table, "id name schema db_id");
    for (const field of ok(await as("GET", `/api/database/${db.id}/fields`))) has(field, "id name table_name");
    const card = ok(await as("POST", "/api/card/", question(database, { description: null, collection_id: null })));
    assert.equal(card.dataset_query.type, "query");
    // A copy is the whole card, sent back.
    const copy = ok(await as("POST", "/api/card", { ...card, name: "Clone" }));
    assert.notEqual(copy.id, card.id);
    assert.notEqual(copy.entity_id, card.entity_id);
    // The order of columns is read from a question that nobody ran; a question is made of old references.
    const [table] = database.tables;
    const seen = ok(await as("POST", "/api/card/", { name: "n", display: "table", visualization_settings: {}, dataset_query: { database: db.id, type: "native", native: { query: `SELECT * from "${table.name}";` } } }));
    const fields = ok(await as("GET", `/api/database/${db.id}/fields`)).filter((field) => field.table_name === table.display_name || field.table_name === table.name);
    assert.deepEqual(seen.result_metadata.map((column) => column.name).sort(), fields.map((field) => field.name).sort());
    const asked = { fields: fields.map((field) => ["field-id", field.id]), "source-table": table.id };
    const made = ok(await as("POST", "/api/card/", { name: "c", display: "table", collection_id: null, visualization_settings: {}, dataset_query: { database: db.id, type: "query", query: asked } }));
    assert.deepEqual([made.dataset_query.query, made.result_metadata.length], [asked, fields.length]);
    const changed = ok(await as("PUT", `/api/card/${made.id}`, { dataset_query: { database: db.id, type: "query", query: { "source-table": table.id, aggregation: [["count"]] } } }));
    assert.deepEqual(changed.result_metadata.map((column) => column.name), ["count"]);
    const rows = await call(started, "POST", `/api/card/${seen.id}/query/json`, { session, ...form, body: "parameters=null" });
    assert.equal(Object.keys(ok(rows)[0]).length, fields.length);
    const csv = await call(started, "POST", `/api/card/${seen.id}/query/csv`, { session, ...form, body: "parameters=null" });
    assert.ok(csv.status === 200 && !csv.text.includes("\r"), csv.text.slice(0, 100));
    const segment = ok(await as("POST", "/api/segment/", { name: "s", description: "", table_id: table.id, definition: { "source-table": table.id, filter: ["=", ["field-id", fields[0].id], 1] } }));
    ok(await as("PUT", `/api/segment/${segment.id}`, { archived: true, revision_message: "archived!" }));
    ok(await as("PUT", `/api/card/${copy.id}`, { ...copy, archived: true }));
    assert.equal(ok(await as("GET", `/api/collection/root/items`)).data.every((item) => "archived" in item), true);
    const dashboard = ok(await as("POST", "/api/dashboard/", { name: "D" }));
    ok(await as("POST", `/api/dashboard/${dashboard.id}/copy`, { collection_id: null, name: "E" }));
    assert.ok(ok(await as("GET", "/api/search/?q=D&archived=False")).data.every((one) => !one.archived));
    ok(await as("GET", "/api/segment/"));
    for (const target of [`/api/card/${copy.id}`, `/api/dashboard/${dashboard.id}`]) ok(await as("DELETE", target), 204);
  }),
  "terraform (flovouin): what was sent comes back, nothing is added": server(async ({ server: started, admin, database }) => {
    const key = await apiKey(admin);
    const as = (method, path, body) => call(started, method, path, { key, body });
    const keys = "cache_ttl collection_id collection_position dataset_query description display name parameter_mappings parameters query_type visualization_settings".split(" ");
    const sent = {
      cache_ttl: null, collection_id: null, collection_position: null, description: "x", display: "bar", name: "N", parameter_mappings: [], parameters: [], query_type: "query",
      dataset_query: { database: database.id, type: "query", query: { "source-table": database.tables[0].id, aggregation: [["count"]], breakout: [["field", 1, { "temporal-unit": "month" }]] } },
      visualization_settings: { "graph.dimensions": ["a"], "graph.metrics": ["count"], x: 1.5, y: null, z: { a: [] } },
    };
    for (const answer of [ok(await as("POST", "/api/card", sent))]) {
      for (const name of keys) assert.deepEqual(answer[name], sent[name], name);
      for (const name of keys) assert.deepEqual(ok(await as("GET", `/api/card/${answer.id}`))[name], sent[name], name);
      const put = ok(await as("PUT", `/api/card/${answer.id}`, { ...sent, cache_ttl: 5 }));
      assert.equal(put.cache_ttl, 5);
    }
    const collection = ok(await as("POST", "/api/collection", { name: "C", description: null, parent_id: null }));
    has(collection, "id name slug archived entity_id location description parent_id");
    const group = ok(await as("POST", "/api/permissions/group", { name: "G" }));
    const graph = ok(await as("GET", "/api/collection/graph"));
    const put = ok(await as("PUT", "/api/collection/graph", { revision: graph.revision, groups: { [group.id]: { [collection.id]: "read", root: "none" } } }));
    assert.deepEqual([put.revision > graph.revision, put.groups[group.id]], [true, { [collection.id]: "read" }]);
    const data = ok(await as("GET", "/api/permissions/graph"));
    const changed = ok(await as("PUT", "/api/permissions/graph", { revision: data.revision, groups: { [group.id]: { [database.id]: { "view-data": "unrestricted", "create-queries": "query-builder", download: { schemas: "full" }, "data-model": { schemas: "none" }, details: "no" } } } }));
    assert.deepEqual(changed.groups[group.id][database.id], { "view-data": "unrestricted", "create-queries": "query-builder", download: { schemas: "full" }, "data-model": { schemas: "none" }, details: "no" });
    const dashboard = ok(await as("POST", "/api/dashboard", { name: "D", description: null, cache_ttl: null, collection_id: collection.id, collection_position: null, parameters: [] }));
    const card = ok(await as("GET", "/api/card"))[0];
    const saved = ok(await as("PUT", `/api/dashboard/${dashboard.id}`, { name: "D", parameters: [], tabs: [{ id: -1, name: "T" }], dashcards: [0, -1].map((id, at) => ({ id, card_id: card.id, dashboard_tab_id: -1, row: at * 4, col: 0, size_x: 4, size_y: 4, series: [], parameter_mappings: [], visualization_settings: {} })) }));
    has(saved.dashcards[0], "card_id col dashboard_tab_id id parameter_mappings row series size_x size_y visualization_settings");
    has(saved.tabs[0], "id name");
    ok(await as("GET", `/api/collection/${collection.id}/items?models=dashboard`));
    assert.equal((await as("GET", "/api/card/9999")).status, 404);
    ok(await as("PUT", `/api/card/${card.id}`, { archived: true }));
    ok(await as("DELETE", `/api/permissions/group/${group.id}`), 204);
  }),
  "terraform (flovouin): people, settings, one edge of a graph": server(async ({ server: started, admin, database }) => {
    const key = await apiKey(admin);
    const as = (method, path, body) => call(started, method, path, { key, body });
    const group = ok(await as("POST", "/api/permissions/group", { name: "G" }));
    const user = ok(await as("POST", "/api/user", { email: "f@example.org", first_name: "F", user_group_memberships: [{ id: 1 }, { id: 2 }, { id: group.id }] }));
    assert.deepEqual([user.is_superuser, user.user_group_memberships.map((one) => one.id)], [true, [1, 2, group.id]]);
    const again = await as("POST", "/api/user", { email: "f@example.org", user_group_memberships: [{ id: 1 }] });
    assert.ok(again.status === 400 && again.text.includes("Email address already in use."), again.text);
    assert.equal(ok(await as("PUT", `/api/user/${user.id}`, { locale: "fr" })).locale, "fr");
    const less = ok(await as("PUT", `/api/user/${user.id}`, { email: "f@example.org", first_name: "F", is_superuser: false, user_group_memberships: [{ id: 1 }, { id: group.id }] }));
    assert.deepEqual([less.is_superuser, less.locale, less.user_group_memberships.map((one) => one.id)], [false, "fr", [1, group.id]]);
    ok(await as("DELETE", `/api/user/${user.id}`));
    assert.equal((await as("GET", `/api/user/${user.id}`)).status, 404);
    const gone = ok(await as("GET", "/api/user?status=all")).data.find((one) => one.id === user.id);
    assert.deepEqual([gone.is_active, gone.email], [false, "f@example.org"]);
    // A setting is taken back by an empty text, whatever its kind.
    for (const [name, value, usual] of [["site-name", "Ici", "vigie"], ["enable-public-sharing", false, true], ["unaggregated-query-row-limit", 500, 2000], ["custom-formatting", { a: { b: 1 } }, {}]]) {
      const read = async () => {
        const answer = await as("GET", `/api/setting/${name}`);
        return answer.json ?? answer.text;
      };
      ok(await as("PUT", `/api/setting/${name}`, { value }), 204);
      assert.deepEqual(await read(), value);
      ok(await as("PUT", `/api/setting/${name}`, { value: "" }), 204);
      assert.deepEqual(await read(), usual);
    }
    // Others stay as they are; a word for a schema comes back as it was sent; null says nothing.
    const schema = database.tables[0].schema ?? "";
    const put = async (levels) => {
      const { revision } = ok(await as("GET", "/api/permissions/graph"));
      return ok(await as("PUT", "/api/permissions/graph", { revision, groups: { [group.id]: { [database.id]: levels } } })).groups;
    };
    const before = ok(await as("GET", "/api/permissions/graph")).groups;
    const after = await put({ "view-data": { [schema]: "unrestricted" }, "create-queries": "query-builder" });
    assert.deepEqual(after[group.id][database.id], { "view-data": { [schema]: "unrestricted" }, "create-queries": "query-builder" });
    assert.deepEqual([after[1], after[2]], [before[1], before[2]]);
    const removed = await put({ "view-data": null, "create-queries": "no" });
    assert.deepEqual(removed[group.id][database.id], { "view-data": { [schema]: "unrestricted" }, "create-queries": "no" });
    const one = await put({ "view-data": { [schema]: { [database.tables[0].id]: "blocked" } } });
    assert.equal(one[group.id][database.id]["view-data"][schema][database.tables[1].id], "unrestricted");
  }),
  "terraform (both): what was sent of a connection comes back, but its secrets": async () => {
    await withPostgres(async (url) => {
      sql(url, "create table t (id int primary key)");
      const { hostname, port, pathname, username, password } = new URL(url);
      const details = { host: hostname, port: Number(port), dbname: pathname.slice(1), user: username, "schema-filters-type": "inclusion", "schema-filters-patterns": "public", ssl: false, "tunnel-enabled": false, "advanced-options": false };
      await server(async ({ admin }) => {
        const made = ok(await admin("POST", "/api/database", { name: "PG", engine: "postgres", details: { ...details, password: decodeURIComponent(password) }, ...nothing("is_full_sync is_on_demand schedules auto_run_queries cache_ttl connection_source") }));
        assert.deepEqual(made.details, { ...details, password: "**MetabasePass**" });
        assert.deepEqual(ok(await admin("GET", `/api/database/${made.id}`)).details, made.details);
        const put = { id: made.id, name: "PG 2", engine: "postgres", details: { ...made.details, port: String(port) }, ...nothing("refingerprint schedules description caveats points_of_interest auto_run_queries cache_ttl settings") };
        assert.deepEqual(ok(await admin("PUT", `/api/database/${made.id}`, put)).details, put.details);
        const renamed = ok(await admin("PUT", `/api/database/${made.id}`, { name: "PG 3" }));
        assert.deepEqual([renamed.name, renamed.details, renamed.is_full_sync, renamed.settings], ["PG 3", put.details, true, null]);
        const tunnel = await admin("PUT", `/api/database/${made.id}`, { details: { ...made.details, "tunnel-enabled": true } });
        assert.deepEqual([tunnel.status, Object.keys(tunnel.json.errors)], [400, ["tunnel-enabled"]]);
        const unknown = await admin("POST", "/api/database", { name: "B", engine: "bigquery-cloud-sdk", details: { "service-account-json": "{}", "project-id": null } });
        assert.ok(unknown.status === 400 && /postgres/.test(unknown.json.errors.engine), unknown.text);
        ok(await admin("DELETE", `/api/database/${made.id}`), 204);
        assert.equal((await admin("GET", `/api/database/${made.id}`)).status, 404);
      })();
    });
  },
  "terraform (bnjns): people and groups": server(async ({ admin }) => {
    const group = ok(await admin("POST", "/api/permissions/group", { name: "G" }));
    has(ok(await admin("GET", `/api/permissions/group/${group.id}`)), "members member_count");
    const user = ok(await admin("POST", "/api/user", { email: "t@example.org", first_name: "T", last_name: "F", user_group_memberships: [{ id: 1 }, { id: group.id }] }));
    ok(await admin("PUT", `/api/user/${user.id}`, { first_name: "U" }));
    const above = ok(await admin("PUT", `/api/user/${user.id}`, { id: user.id, is_superuser: true, ...nothing("email first_name last_name locale is_group_manager login_attributes"), user_group_memberships: [1, 2].map((id) => ({ id, is_group_manager: false })) }));
    assert.deepEqual([above.email, above.is_superuser], ["t@example.org", true]);
    assert.deepEqual(ok(await admin("DELETE", `/api/user/${user.id}`)), { success: true });
    assert.equal((await admin("GET", `/api/user/${user.id}`)).status, 404);
    assert.equal(ok(await admin("PUT", `/api/user/${user.id}/reactivate`)).id, user.id);
    const active = await admin("PUT", `/api/user/${user.id}/reactivate`);
    assert.ok(active.status === 400 && active.text.includes("Not able to reactivate an active user"), active.text);
    const missing = await admin("PUT", "/api/user/98765/reactivate");
    assert.deepEqual([missing.status, missing.text], [404, "Not found."]);
    ok(await admin("PUT", `/api/permissions/group/${group.id}`, { id: group.id, name: "H" }));
  }),
  "les-emplois and pilotage: a form that asks for JSON": server(async ({ server: started, admin, database }) => {
    const key = await apiKey(admin);
    const ask = (query) => call(started, "POST", "/api/dataset/json", { ...form, key, body: `query=${encodeURIComponent(JSON.stringify({ database: database.id, parameters: [], ...query }))}` });
    const { id } = ok(await admin("GET", "/api/table")).find((one) => one.name === "ORDERS");
    const field = ["field", "TOTAL", { "base-type": "type/Float" }];
    const [row] = ok(await ask({ type: "query", query: { "source-table": id, aggregation: [["count"], ["sum", field]], filter: ["and", [">", field, 10], [">", field, 20]] } }));
    assert.deepEqual(Object.keys(row), ["Nombre", "Somme de Total"]);
    // An object when it failed, with 200: they look at its "error".
    for (const query of [{ type: "native", native: { query: "select nothing_here" } }, { type: "query", query: { "source-table": 98765 } }]) {
      const answer = await ask(query);
      assert.ok(answer.status === 200 && answer.json.status === "failed" && answer.json.error.length > 5, answer.text);
    }
    const card = ok(await admin("POST", "/api/card", question(database)));
    for (const options of [{ key }, { key, body: "", headers: { "content-type": "application/json" } }]) assert.equal(ok(await call(started, "POST", `/api/card/${card.id}/query/json`, options)).length, 1);
    const empty = await call(started, "POST", `/api/card/${card.id}/query`, { key, body: "", headers: { "content-type": "application/json" } });
    assert.equal(ok(empty, 202).data.rows.length, 1);
  }),
  "metabase-cli: strict shapes": server(async ({ server: started, admin, database }) => {
    const key = await apiKey(admin);
    const as = (method, path, body) => call(started, method, path, { key, body });
    const tag = ok(await as("GET", "/api/session/properties")).version.tag;
    assert.ok(Number(/^v[01]\.(\d+)\.\d+/.exec(tag)[1]) >= 58, tag);
    const card = ok(await as("POST", "/api/card", question(database)));
    has(card, "id name type display archived creator_id description query_type database_id table_id collection_id entity_id dataset_query visualization_settings");
    const dashboard = ok(await as("POST", "/api/dashboard", { name: "D" }));
    const full = ok(await as("PUT", `/api/dashboard/${dashboard.id}`, { dashcards: [{ id: -1, card_id: card.id, row: 0, col: 0, size_x: 1, size_y: 1 }] }));
    has(full, "id name archived creator_id width auto_apply_filters enable_embedding description collection_id entity_id public_uuid cache_ttl parameters");
    has(full.dashcards[0], "id dashboard_id row col size_x size_y card_id dashboard_tab_id entity_id parameter_mappings inline_parameters");
    const models = new Set("card dataset metric dashboard snippet collection document table transform measure pulse timeline no_models indexed-entity".split(" "));
    for (const item of ok(await as("GET", "/api/collection/root/items")).data) assert.ok(models.has(item.model), item.model);
    for (const one of ok(await as("GET", "/api/search?q=")).data) has(one, "id name model description archived collection");
    const tree = ok(await as("GET", "/api/collection/tree"));
    assert.ok(Array.isArray(tree));
    const table = ok(await as("GET", `/api/table/${database.tables[0].id}/query_metadata`));
    has(table, "id name display_name db_id description schema entity_type fields");
    for (const field of table.fields) has(field, "id table_id name display_name base_type description semantic_type fk_target_field_id");
    has(ok(await as("POST", "/api/native-query-snippet", { name: "s", content: "1" })), "id name content archived creator_id template_tags entity_id collection_id description");
    has(ok(await as("POST", "/api/timeline", { name: "t" })), "id name icon archived default creator_id entity_id");
    const segment = ok(await as("POST", "/api/segment", { name: "s", table_id: table.id, definition: { filter: [] } }));
    has(segment, "id name archived table_id creator_id created_at updated_at description entity_id caveats points_of_interest show_in_getting_started");
    ok(await as("PUT", `/api/card/${card.id}`, { archived: true }));
  }),
  "metabase-ruby and metabase-python: lists, history, memberships": server(async ({ server: started, admin, database, session }) => {
    const card = ok(await admin("POST", "/api/card", question(database)));
    for (const path of ["card", "dashboard", "collection", "table", "segment", "permissions/group", "setting", "pulse", "alert", "metric", "notification", "action", "model-index", "activity", "async/running-jobs", "util/logs", "logger/logs", "setup/admin_checklist"]) assert.ok(Array.isArray(ok(await admin("GET", `/api/${path}`))), path);
    for (const path of ["database", "user"]) assert.ok(Array.isArray(ok(await admin("GET", `/api/${path}`)).data), path);
    assert.ok(Array.isArray(ok(await admin("GET", `/api/revision?entity=card&id=${card.id}`))));
    const memberships = ok(await admin("GET", "/api/permissions/membership"));
    has(Object.values(memberships)[0][0], "membership_id group_id");
    ok(await admin("GET", `/api/database/${database.id}/schemas`));
    ok(await admin("GET", `/api/database/${database.id}/idfields`));
    ok(await admin("POST", `/api/database/${database.id}/sync`, {}));
    ok(await admin("GET", `/api/table/${database.tables[0].id}/fks`));
    ok(await call(started, "DELETE", "/api/session", { session, body: { session_id: session } }), 204);
    assert.equal((await call(started, "DELETE", "/api/session")).status, 404);
  }),
  "metabase-migration-tool: the old names": server(async ({ admin, database }) => {
    const all = ok(await admin("GET", "/api/database?include=tables.fields"));
    assert.ok(all.data[0].tables[0]);
    const schema = await admin("GET", `/api/database/${database.id}/schema/`);
    assert.ok(Array.isArray(ok(schema)));
    const card = ok(await admin("POST", "/api/card", question(database)));
    const dashboard = ok(await admin("POST", "/api/dashboard", { name: "D", parameters: [] }));
    const added = ok(await admin("POST", `/api/dashboard/${dashboard.id}/cards`, { cardId: card.id, size_x: 4, size_y: 4, row: 0, col: 0 }));
    ok(await admin("PUT", `/api/dashboard/${dashboard.id}/cards`, { cards: [{ ...added, parameter_mappings: [], series: [] }] }));
    const [one] = ok(await admin("GET", `/api/dashboard/${dashboard.id}`)).ordered_cards;
    has(one, "id card card_id sizeX sizeY size_x row col parameter_mappings visualization_settings series");
    ok(await admin("PUT", `/api/dashboard/${dashboard.id}`, { name: "E", parameters: [] }));
  }),
};
