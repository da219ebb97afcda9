// Drafts of dashboards: visitors see the dashboard as it was until the draft is published.
import assert from "node:assert/strict";
import { question, server } from "./card.test.mjs";
import { call, invite } from "./server.mjs";

async function drafted(admin, database) {
  const card = (await admin("POST", "/api/card", question(database))).json;
  const made = (await admin("POST", "/api/dashboard", { name: "Avant", parameters: [] })).json;
  const path = `/api/vigie/dashboard/${made.id}/draft`;
  const content = {
    name: "Après",
    parameters: [{ id: "a", type: "category", name: "A", slug: "a" }],
    tabs: [{ id: -1, name: "Un" }],
    dashcards: [{ id: -1, card_id: card.id, dashboard_tab_id: -1, row: 0, col: 0, size_x: 4, size_y: 3 }],
  };
  const keep = (version, extra = {}) => admin("PUT", path, { version, based_on: made.updated_at, content, ...extra });
  return { card, made, path, content, keep };
}

export const tests = {
  "a draft is seen by editors only, until it takes the place of the dashboard": server(async ({ server: http, admin, database }) => {
    const { made, path, content, keep } = await drafted(admin, database);
    const none = await admin("GET", path);
    assert.deepEqual([none.status, none.json.version, none.json.content, none.json.outdated], [200, 0, null, false]);
    const kept = await keep(0);
    assert.equal(kept.status, 200, kept.text);
    assert.deepEqual([kept.json.version, kept.json.content, kept.json.outdated], [1, content, false]);
    assert.ok(kept.json.editor.common_name);
    const { uuid } = (await admin("POST", `/api/dashboard/${made.id}/public_link`)).json;
    const before = await call(http, "GET", `/api/public/dashboard/${uuid}`);
    assert.deepEqual([before.json.name, before.json.dashcards.length], ["Avant", 0]);
    assert.equal((await admin("GET", `/api/dashboard/${made.id}`)).json.name, "Avant");
    const published = await admin("POST", `${path}/publish`, { version: 1 });
    assert.equal(published.status, 200, published.text);
    assert.deepEqual([published.json.name, published.json.dashcards.length, published.json.tabs[0].name], ["Après", 1, "Un"]);
    const after = await call(http, "GET", `/api/public/dashboard/${uuid}`);
    assert.deepEqual([after.json.name, after.json.dashcards.length], ["Après", 1]);
    assert.equal((await admin("GET", path)).json.version, 0);
    const versions = (await admin("GET", `/api/revision?entity=dashboard&id=${made.id}`)).json;
    assert.equal(versions.length, 2);
    const older = (await admin("GET", `/api/revision/dashboard/${made.id}?before=${versions[0].id}`)).json;
    assert.deepEqual(older, versions.slice(1));
    assert.equal((await admin("POST", `${path}/publish`, { version: 1 })).status, 404);
  }),
  "two editors do not write over each other": server(async ({ admin, database }) => {
    const { made, path, content, keep } = await drafted(admin, database);
    assert.equal((await keep(0)).status, 200);
    for (const stale of [0, 2]) {
      const refused = await keep(stale);
      assert.equal(refused.status, 409, refused.text);
    }
    assert.equal((await keep(1, { content: { ...content, name: "Encore" } })).json.version, 2);
    assert.equal((await admin("POST", `${path}/publish`, { version: 1 })).status, 409);
    assert.equal((await admin("PUT", `/api/dashboard/${made.id}`, { description: "entre-temps" })).status, 200);
    assert.equal((await admin("GET", path)).json.outdated, true);
    const outdated = await admin("POST", `${path}/publish`, { version: 2 });
    assert.equal(outdated.status, 409);
    assert.match(outdated.text, /force=true/);
    const forced = await admin("POST", `${path}/publish?force=true`, { version: 2 });
    assert.deepEqual([forced.status, forced.json.name, forced.json.description], [200, "Encore", "entre-temps"]);
  }),
  "what could not be published is not kept, and a draft can be thrown away": server(async ({ admin, database }) => {
    const { path, content, keep } = await drafted(admin, database);
    const wrong = [{ ...content, dashcards: [{ id: -1, card_id: 999, row: 0, col: 0, size_x: 4, size_y: 3 }] }, { ...content, width: "huge" }, { ...content, dashcards: [{ id: -1, row: -4 }] }];
    for (const one of wrong) {
      const refused = await keep(0, { content: one });
      assert.ok([400, 403, 404].includes(refused.status), refused.text);
    }
    assert.equal((await admin("GET", path)).json.version, 0);
    assert.equal((await keep(0)).status, 200);
    assert.equal((await admin("DELETE", path)).status, 204);
    assert.equal((await admin("GET", path)).json.version, 0);
  }),
  "who may only look neither reads nor writes drafts": server(async ({ server: http, admin, as, session, database }) => {
    const { made, path, content, keep } = await drafted(admin, database);
    await keep(0);
    const ask = as((await invite(http, session, "lectrice@example.org")).session);
    const { revision } = (await admin("GET", "/api/collection/graph")).json;
    await admin("PUT", "/api/collection/graph", { revision, groups: { 1: { root: "read" } } });
    assert.equal((await ask("GET", `/api/dashboard/${made.id}`)).status, 200);
    for (const [method, where, body] of [["GET", path], ["PUT", path, { version: 1, based_on: made.updated_at, content }], ["DELETE", path], ["POST", `${path}/publish`, { version: 1 }]])
      assert.equal((await ask(method, where, body)).status, 403, method);
  }),
};
