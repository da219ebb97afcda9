// The conversations of programs that exist: the calls each makes in its normal work, and what it reads
// in the answers. Written from what is known of them, not from their code.
import assert from "node:assert/strict";
import { question, server } from "./card.test.mjs";
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
    ok(await as("PUT", `/api/field/${table.fields[0].id}`, { description: "x", semantic_type: null, visibility_type: "normal" }));
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
    const { id, ...clone } = card;
    const copy = ok(await as("POST", "/api/card", { ...clone, entity_id: undefined, name: "Clone" }));
    assert.notEqual(copy.id, id);
    ok(await as("PUT", `/api/card/${copy.id}`, { ...copy, archived: true }));
    assert.equal(ok(await as("GET", `/api/collection/root/items`)).data.every((item) => "archived" in item), true);
    const dashboard = ok(await as("POST", "/api/dashboard/", { name: "D" }));
    ok(await as("POST", `/api/dashboard/${dashboard.id}/copy`, { collection_id: null, name: "E" }));
    ok(await as("GET", "/api/search/?q=D"));
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
  "terraform (bnjns): people and groups": server(async ({ admin }) => {
    const group = ok(await admin("POST", "/api/permissions/group", { name: "G" }));
    has(ok(await admin("GET", `/api/permissions/group/${group.id}`)), "members member_count");
    const user = ok(await admin("POST", "/api/user", { email: "t@example.org", first_name: "T", last_name: "F", user_group_memberships: [{ id: 1 }, { id: group.id }] }));
    ok(await admin("PUT", `/api/user/${user.id}`, { first_name: "U" }));
    assert.deepEqual(ok(await admin("DELETE", `/api/user/${user.id}`)), { success: true });
    assert.equal((await admin("GET", `/api/user/${user.id}`)).status, 404);
    assert.equal(ok(await admin("PUT", `/api/user/${user.id}/reactivate`)).id, user.id);
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
    for (const path of ["card", "dashboard", "collection", "table", "segment", "permissions/group", "setting", "pulse", "alert", "metric", "notification", "action", "model-index"]) assert.ok(Array.isArray(ok(await admin("GET", `/api/${path}`))), path);
    for (const path of ["database", "user"]) assert.ok(Array.isArray(ok(await admin("GET", `/api/${path}`)).data), path);
    assert.ok(Array.isArray(ok(await admin("GET", `/api/revision?entity=card&id=${card.id}`))));
    const memberships = ok(await admin("GET", "/api/permissions/membership"));
    has(Object.values(memberships)[0][0], "membership_id group_id");
    ok(await admin("GET", `/api/database/${database.id}/schemas`));
    ok(await admin("GET", `/api/database/${database.id}/idfields`));
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
