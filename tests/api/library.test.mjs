// The small things around questions: snippets, segments, timelines, bookmarks, history, search, rules.
import assert from "node:assert/strict";
import { question, server } from "./card.test.mjs";
import { invite } from "./server.mjs";

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text);
  return answer.json;
};

export const tests = {
  "what was looked at is marked, with the words of who did, until it is taken back": server(async ({ admin, database }) => {
    const card = (await admin("POST", "/api/card", question(database))).json;
    const dashboard = (await admin("POST", "/api/dashboard", { name: "Tableau" })).json;
    for (const [type, id, path] of [["card", card.id, `/api/card/${card.id}`], ["dashboard", dashboard.id, `/api/dashboard/${dashboard.id}`]]) {
      const reviews = async () => (await admin("GET", path)).json.moderation_reviews;
      const status = async () => (await admin("GET", "/api/collection/root/items")).json.data.find((one) => one.model === type && one.id === id).moderated_status;
      assert.deepEqual([await reviews(), await status()], [[], null], type);
      const made = await admin("POST", "/api/moderation-review", { moderated_item_type: type, moderated_item_id: id, status: "verified", text: "Juste" });
      assert.equal(made.status, 200, made.text);
      const { user, ...review } = made.json;
      assert.deepEqual([review.status, review.text, review.most_recent, review.moderated_item_id, user.id], ["verified", "Juste", true, id, review.moderator_id]);
      assert.deepEqual([await reviews(), await status()], [[made.json], "verified"], type);
      const found = async (more) => (await admin("GET", `/api/search?q=a&models=${type}${more}`)).json.data.map((one) => [one.id, one.moderated_status]);
      assert.deepEqual(await found("&verified=true"), [[id, "verified"]], type);
      await admin("POST", "/api/moderation-review", { moderated_item_type: type, moderated_item_id: id, status: null });
      assert.deepEqual([(await reviews()).map((one) => [one.status, one.most_recent]), await status()], [[[null, true], ["verified", false]], null], type);
      assert.deepEqual([await found("&verified=true"), await found("")], [[], [[id, null]]], type);
    }
    for (const [wrong, code] of [[{ moderated_item_type: "table", moderated_item_id: 1, status: "verified" }, 400], [{ moderated_item_type: "card", moderated_item_id: card.id, status: "great" }, 400], [{ moderated_item_type: "card", moderated_item_id: 987654, status: "verified" }, 404]])
      assert.equal((await admin("POST", "/api/moderation-review", wrong)).status, code, JSON.stringify(wrong));
  }),
  "snippets have names that SQL can hold": server(async ({ admin }) => {
    const made = ok(await admin("POST", "/api/native-query-snippet", { name: "actifs", content: "active = 1", description: null }));
    for (const key of ["id", "name", "content", "archived", "creator_id", "creator", "entity_id", "template_tags", "collection_id", "created_at"]) assert.ok(key in made, key);
    ok(await admin("POST", "/api/native-query-snippet", { name: "actifs", content: "x" }), 400);
    ok(await admin("POST", "/api/native-query-snippet", { name: "a}b", content: "x" }), 400);
    assert.equal(ok(await admin("PUT", `/api/native-query-snippet/${made.id}`, { archived: true })).archived, true);
    assert.deepEqual(ok(await admin("GET", "/api/native-query-snippet/")), []);
    assert.equal(ok(await admin("GET", "/api/native-query-snippet?archived=true")).length, 1);
  }),
  "segments and measures need a message to change": server(async ({ admin, database }) => {
    const definition = { "source-table": database.tables[0].id, filter: ["=", ["field", 1, null], 2] };
    const made = ok(await admin("POST", "/api/segment", { name: "S", table_id: database.tables[0].id, definition }));
    assert.deepEqual([made.definition, made.archived, made.creator.email], [definition, false, "admin@example.org"]);
    for (const key of ["description", "entity_id", "caveats", "points_of_interest", "show_in_getting_started"]) assert.ok(key in made, key);
    assert.deepEqual(Object.keys(ok(await admin("PUT", `/api/segment/${made.id}`, { name: "T" }), 400).errors), ["revision_message"]);
    assert.equal(ok(await admin("PUT", `/api/segment/${made.id}`, { name: "T", revision_message: "mieux" })).name, "T");
    ok(await admin("POST", "/api/segment", { name: "S", table_id: 999, definition }), 400);
    assert.equal((await admin("DELETE", `/api/segment/${made.id}?revision_message=fini`)).status, 204);
    assert.deepEqual(ok(await admin("GET", "/api/segment/")), []);
    ok(await admin("POST", "/api/measure", { name: "M", table_id: database.tables[0].id, definition: { aggregation: [["count"]] } }));
    assert.equal(ok(await admin("GET", "/api/measure")).length, 1);
  }),
  "timelines hold events in the order of time": server(async ({ admin }) => {
    const line = ok(await admin("POST", "/api/timeline", { name: "Sorties" }));
    assert.deepEqual([line.icon, line.default, line.archived], ["star", false, false]);
    const event = (name, timestamp) => admin("POST", "/api/timeline-event", { name, timestamp, timezone: "Europe/Paris", time_matters: false, timeline_id: line.id });
    ok(await event("b", "2024-02-01T00:00:00Z"));
    const first = ok(await event("a", "2024-01-01"));
    ok(await event("x", "hier"), 400);
    const events = async (query) => ok(await admin("GET", `/api/timeline/${line.id}?include=events${query}`)).events.map((one) => one.name);
    assert.deepEqual([await events(""), await events("&start=2024-01-15")], [["a", "b"], ["b"]]);
    assert.equal(ok(await admin("PUT", `/api/timeline-event/${first.id}`, { archived: true })).archived, true);
    assert.deepEqual([await events(""), await events("&archived=true")], [["b"], ["a"]]);
    assert.equal("events" in ok(await admin("GET", "/api/timeline"))[0], false);
    assert.equal(ok(await admin("GET", "/api/timeline/collection/root?include=events"))[0].events.length, 1);
    assert.equal((await admin("DELETE", `/api/timeline/${line.id}`)).status, 204);
  }),
  "bookmarks are one's own, in one's order": server(async ({ admin, database }) => {
    const card = ok(await admin("POST", "/api/card", question(database)));
    const folder = ok(await admin("POST", "/api/collection", { name: "F" }));
    ok(await admin("POST", `/api/bookmark/card/${card.id}`));
    const twice = await admin("POST", `/api/bookmark/card/${card.id}`);
    assert.deepEqual([twice.status, twice.text], [400, "Bookmark already exists"]);
    ok(await admin("POST", `/api/bookmark/collection/${folder.id}`));
    const types = async () => ok(await admin("GET", "/api/bookmark")).map((one) => one.id);
    assert.equal((await admin("PUT", "/api/bookmark/ordering", { orderings: [{ type: "card", item_id: card.id }, { type: "collection", item_id: folder.id }] })).status, 204);
    assert.deepEqual(await types(), [`card-${card.id}`, `collection-${folder.id}`]);
    assert.deepEqual(ok(await admin("GET", "/api/card?f=bookmarked")).map((one) => one.id), [card.id]);
    assert.equal((await admin("DELETE", `/api/bookmark/card/${card.id}`)).status, 204);
    assert.deepEqual(await types(), [`collection-${folder.id}`]);
    assert.equal((await admin("POST", "/api/bookmark/table/1")).status, 404);
  }),
  "recent and popular things are those that were looked at": server(async ({ admin, database }) => {
    const card = ok(await admin("POST", "/api/card", question(database)));
    const dashboard = ok(await admin("POST", "/api/dashboard", { name: "D" }));
    assert.equal((await admin("GET", "/api/activity/most_recently_viewed_dashboard")).status, 204);
    await admin("GET", `/api/card/${card.id}`);
    await admin("GET", `/api/dashboard/${dashboard.id}`);
    const { recents } = ok(await admin("GET", "/api/activity/recents?context=views"));
    assert.deepEqual(recents.map((one) => [one.model, one.id, one.name]), [["dashboard", dashboard.id, "D"], ["card", card.id, card.name]]);
    assert.equal(ok(await admin("GET", "/api/activity/popular_items")).popular_items.length, 2);
    assert.equal(ok(await admin("GET", "/api/activity/most_recently_viewed_dashboard")).id, dashboard.id);
    assert.equal(ok(await admin("GET", `/api/card/${card.id}?ignore_view=true`)).view_count, 1);
  }),
  "values are kept for one person": server(async ({ admin }) => {
    const path = "/api/user-key-value/namespace/test/key/k";
    assert.equal((await admin("GET", path)).status, 204);
    assert.deepEqual(ok(await admin("PUT", path, { value: { a: [1] } })), { a: [1] });
    assert.deepEqual(ok(await admin("GET", path)), { a: [1] });
    assert.deepEqual(ok(await admin("GET", "/api/user-key-value/namespace/test")), { k: { a: [1] } });
    assert.equal((await admin("PUT", path, { value: 1, "expires-at": "2020-01-01T00:00:00Z" })).status, 200);
    assert.equal((await admin("GET", path)).status, 204);
    assert.equal((await admin("DELETE", path)).status, 204);
  }),
  "history tells what changed, and puts it back": server(async ({ admin, database }) => {
    const card = ok(await admin("POST", "/api/card", question(database, { name: "Un" })));
    await admin("PUT", `/api/card/${card.id}`, { name: "Deux", display: "bar" });
    const list = ok(await admin("GET", `/api/revision?entity=card&id=${card.id}`));
    assert.deepEqual(list.map((one) => [one.is_creation, one.has_multiple_changes]), [[false, true], [true, false]]);
    assert.deepEqual([list[0].diff.before.name, list[0].diff.after.name, list[1].diff], ["Un", "Deux", null]);
    assert.match(list[0].description, /nom.*présentation/);
    const back = ok(await admin("POST", "/api/revision/revert", { entity: "card", id: card.id, revision_id: list[1].id }));
    assert.equal(back.is_reversion, true);
    assert.deepEqual((({ name, display }) => [name, display])(ok(await admin("GET", `/api/card/${card.id}`))), ["Un", "table"]);
    const dashboard = ok(await admin("POST", "/api/dashboard", { name: "D" }));
    const path = `/api/dashboard/${dashboard.id}`;
    await admin("PUT", path, { tabs: [{ id: -1, name: "A" }], dashcards: [{ id: -1, card_id: card.id, dashboard_tab_id: -1, row: 0, col: 0, size_x: 4, size_y: 4 }] });
    await admin("PUT", path, { tabs: [], dashcards: [] });
    const versions = ok(await admin("GET", `${path}/revisions`));
    assert.equal(versions.length, 3);
    ok(await admin("POST", `${path}/revert`, { revision_id: versions[1].id }));
    const restored = ok(await admin("GET", path));
    assert.deepEqual([restored.tabs[0].name, restored.dashcards[0].card_id, restored.dashcards[0].dashboard_tab_id], ["A", card.id, restored.tabs[0].id]);
    assert.equal((await admin("POST", "/api/revision/revert", { entity: "card", id: card.id, revision_id: versions[0].id })).status, 404);
  }),
  "search finds without accents, ranks, filters and cuts": server(async ({ server: started, admin, as, session, database }) => {
    const folder = ok(await admin("POST", "/api/collection", { name: "Été secret" }));
    ok(await admin("PUT", "/api/collection/graph", { groups: { 1: { [folder.id]: "none" } } }));
    const card = ok(await admin("POST", "/api/card", question(database, { name: "Activité d'été" })));
    const hidden = ok(await admin("POST", "/api/card", question(database, { name: "Été caché", collection_id: folder.id })));
    ok(await admin("POST", "/api/dashboard", { name: "Bilan", description: "de l'ÉTÉ" }));
    const search = async (query, who = admin) => ok(await who("GET", `/api/search?${query}`));
    const names = async (query, who) => (await search(query, who)).data.map((one) => one.name);
    assert.deepEqual(await names("q=ete&models=card&models=dashboard"), ["Été caché", "Activité d'été", "Bilan"]);
    assert.deepEqual(await names("q=ete%20activite"), ["Activité d'été"]);
    const page = await search("q=ete&limit=1&offset=1");
    assert.deepEqual([page.total, page.limit, page.offset, page.data.length], [4, 1, 1, 1]);
    assert.deepEqual((await search(`q=&models=card&collection=${folder.id}`)).data.map((one) => one.id), [hidden.id]);
    const tables = await search("models=table&q=order");
    assert.ok(tables.data.length > 0 && tables.data.every((one) => one.model === "table" && "collection" in one && one.database_id === database.id));
    const reader = await invite(started, session, "reader@example.org");
    assert.deepEqual(await names("q=ete&models=card&models=collection", as(reader.session)), ["Activité d'été"]);
    assert.equal((await search("q=zzz")).total, 0);
    assert.deepEqual((await search(`models=card&ids=${card.id}`)).data.map((one) => one.id), [card.id]);
  }),
  "rows and columns are hidden by group, and it is told why": server(async ({ server: started, admin, session, database }) => {
    const table = database.tables[0];
    const fields = ok(await admin("GET", `/api/table/${table.id}/query_metadata`)).fields;
    const reader = await invite(started, session, "reader@example.org");
    const rule = ok(await admin("POST", "/api/vigie/row-filter", { group_id: 1, table_id: table.id, field_id: fields[0].id, operator: "=", user_attribute: "dept" }));
    ok(await admin("POST", "/api/vigie/row-filter", { group_id: 1, table_id: table.id, field_id: fields[0].id, operator: "=" }), 400);
    ok(await admin("POST", "/api/vigie/row-filter", { group_id: 1, table_id: table.id, field_id: 99999, operator: "=", value: 1 }), 400);
    const hidden = ok(await admin("POST", "/api/vigie/hidden-field", { group_id: 1, field_id: fields[1].id }));
    const why = ok(await admin("GET", `/api/vigie/access/explain?user=reader@example.org&what=table:${table.id}`));
    assert.ok(why.may_read && why.reasons.some((one) => /only rows where/.test(one)), JSON.stringify(why));
    ok(await admin("GET", "/api/vigie/access/explain?user=reader@example.org&what=card:x"), 400);
    assert.ok(ok(await admin("GET", "/api/vigie/access/explain?user=reader@example.org&what=collection:root")).may_write);
    assert.equal((await admin("DELETE", `/api/vigie/row-filter/${rule.id}`)).status, 204);
    assert.equal((await admin("DELETE", `/api/vigie/hidden-field/${hidden.id}`)).status, 204);
    assert.deepEqual(ok(await admin("GET", "/api/vigie/row-filter")), []);
    assert.ok(reader.id);
  }),
  "the graph of data changes in part, and refuses what is stale": server(async ({ server: started, admin, as, session, database }) => {
    const graph = ok(await admin("GET", "/api/permissions/graph"));
    assert.deepEqual(graph.groups[1][database.id], { "view-data": "unrestricted", "create-queries": "query-builder-and-native", download: { schemas: "full" } });
    const reader = as((await invite(started, session, "reader@example.org")).session);
    const put = (body, query = "") => admin("PUT", `/api/permissions/graph${query}`, body);
    const next = ok(await put({ revision: graph.revision, groups: { 1: { [database.id]: { "create-queries": "query-builder" } } } }));
    assert.equal(next.groups[1][database.id]["create-queries"], "query-builder");
    assert.equal((await put({ revision: graph.revision, groups: {} })).status, 409);
    assert.equal((await put({ revision: 0, groups: {} }, "?force=true&skip-graph=true")).status, 200);
    const native = question(database, { dataset_query: { database: database.id, type: "native", native: { query: "select 1" } } });
    assert.equal((await reader("POST", "/api/card", native)).status, 403);
    ok(await reader("POST", "/api/card", question(database)));
    const [one, two] = database.tables;
    const schema = one.schema ?? "";
    ok(await put({ groups: { 1: { [database.id]: { "view-data": { [schema]: { [one.id]: "blocked" } } } } } }));
    const level = ok(await admin("GET", `/api/permissions/graph/db/${database.id}`)).groups[1][database.id]["view-data"][schema];
    assert.deepEqual([level[one.id], level[two.id]], ["blocked", "unrestricted"]);
    assert.equal((await reader("POST", "/api/card", question(database))).status, 403);
    assert.equal(ok(await admin("GET", `/api/permissions/graph/group/1`)).groups[2], undefined);
    ok(await put({ groups: { 1: { [database.id]: { "view-data": "sandboxed" } } } }), 400);
    ok(await put({ groups: { 99: {} } }), 400);
  }),
  "saved questions are the tables of a virtual database": server(async ({ admin, database }) => {
    const columns = [{ name: "n", display_name: "N", base_type: "type/Integer", field_ref: ["field", "n", null] }];
    const model = ok(await admin("POST", "/api/card", question(database, { type: "model", result_metadata: columns })));
    const table = ok(await admin("GET", `/api/table/card__${model.id}/query_metadata`));
    assert.deepEqual([table.id, table.db_id, table.fields[0].id, table.fields[0].table_id], [`card__${model.id}`, database.id, ["field", "n", { "base-type": "type/Integer" }], `card__${model.id}`]);
    assert.deepEqual(ok(await admin("GET", `/api/table/card__${model.id}/fks`)), []);
    const list = ok(await admin("GET", "/api/database?saved=true&include=tables"));
    const virtual = list.data.find((one) => one.id === -1337);
    assert.deepEqual([virtual.is_saved_questions, virtual.tables[0].id, list.total], [true, `card__${model.id}`, list.data.length]);
    assert.deepEqual(ok(await admin("GET", "/api/database/-1337/schemas")), ["Everything else"]);
    assert.equal(ok(await admin("GET", "/api/database/-1337/schema/Everything%20else"))[0].name, model.name);
    assert.equal((await admin("GET", "/api/table/card__999/query_metadata")).status, 404);
    assert.equal((await admin("GET", "/api/table/-1337/fks")).status, 200);
  }),
  "what a question needs comes in one answer, and entity ids in dozens": server(async ({ admin, database }) => {
    const card = ok(await admin("POST", "/api/card", question(database, { display: "line" })));
    const other = ok(await admin("POST", "/api/card", question(database, { display: "bar", name: "Autre" })));
    const child = ok(await admin("POST", "/api/card", question(database, { dataset_query: { database: database.id, type: "query", query: { "source-table": `card__${card.id}` } } })));
    const needs = ok(await admin("GET", `/api/card/${child.id}/query_metadata`));
    assert.deepEqual([needs.databases.length, needs.tables[0].id, needs.tables[0].fields.length > 0, needs.cards[0].id], [1, database.tables[0].id, true, card.id]);
    assert.deepEqual(ok(await admin("GET", `/api/card/${card.id}/series`)).map((one) => one.id), [other.id]);
    const ids = ok(await admin("POST", "/api/eid-translation/translate", { entity_ids: { card: [card.entity_id, "x".repeat(21), "short"] } })).entity_ids;
    assert.deepEqual(ids, { [card.entity_id]: { status: "ok", type: "card", id: card.id }, ["x".repeat(21)]: { status: "not-found", type: "card" }, short: { status: "invalid-format", type: "card" } });
    assert.match(ok(await admin("GET", "/api/util/random_token")).token, /^[0-9a-f]{64}$/);
  }),
};
