// The shelves of the first page: one's own, and what everybody may read.
import assert from "node:assert/strict";
import { server } from "./card.test.mjs";
import { invite } from "./server.mjs";

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text);
  return answer.json;
};

const shelves = async (api) => Object.fromEntries(Object.entries(ok(await api("GET", "/api/vigie/home"))).map(([shelf, items]) => [shelf, items.map((one) => `${one.model} ${one.name}`)]));

/** What was run is written down after the answer. */
async function become(api, wanted) {
  for (let i = 0; i < 200 && JSON.stringify(await shelves(api)) !== JSON.stringify(wanted); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(await shelves(api), wanted);
}

export const tests = {
  "one's drafts and one's questions that fail are one's own, what is published is for who may read it": server(async ({ server: http, admin, as, session, database }) => {
    const native = (query) => ({ database: database.id, type: "native", native: { query } });
    const made = ok(await admin("POST", "/api/dashboard", { name: "Commencé", parameters: [] }));
    ok(await admin("PUT", `/api/vigie/dashboard/${made.id}/draft`, { version: 0, based_on: made.updated_at, content: { name: "Autre", dashcards: [] } }));
    const broken = ok(await admin("POST", "/api/card", { name: "Cassée", display: "table", visualization_settings: {}, dataset_query: native("select nothing from nowhere") }));
    ok(await admin("POST", `/api/card/${broken.id}/query`), 202);
    const { id } = ok(await admin("POST", "/api/dashboard", { name: "Publié" }));
    ok(await admin("POST", `/api/dashboard/${id}/public_link`));
    await become(admin, { drafts: ["dashboard Commencé"], failing: ["card Cassée"], published: ["dashboard Publié"] });

    // Who leaves before the answer breaks nothing, and mends nothing.
    const endless = (name) => native(`with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) as ${name} from c`);
    const slow = ok(await admin("POST", "/api/card", { name: "Lente", display: "scalar", visualization_settings: {}, dataset_query: endless("n") }));
    const leave = (card) => fetch(`${http.base}/api/card/${card.id}/query`, { method: "POST", headers: { "x-metabase-session": session }, signal: AbortSignal.timeout(300) }).catch(() => undefined);
    await leave(slow);
    ok(await admin("PUT", `/api/card/${broken.id}`, { dataset_query: endless("o") }));
    await leave(broken);
    const left = async () => ok(await admin("GET", "/api/vigie/execution?failed=true")).filter((one) => one.error === "c’est arrêté").map((one) => one.card_name).sort();
    for (let i = 0; i < 200 && (await left()).length < 2; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(await left(), ["Cassée", "Lente"]);
    assert.deepEqual((await shelves(admin)).failing, ["card Cassée"]);

    const other = as((await invite(http, session, "autre@example.org")).session);
    const folder = ok(await admin("POST", "/api/collection", { name: "À part" }));
    const hidden = ok(await admin("POST", "/api/dashboard", { name: "Caché", collection_id: folder.id }));
    ok(await admin("POST", `/api/dashboard/${hidden.id}/public_link`));
    const graph = ok(await admin("GET", "/api/collection/graph"));
    graph.groups["1"][folder.id] = "none";
    ok(await admin("PUT", "/api/collection/graph", graph));
    assert.deepEqual(await shelves(other), { drafts: [], failing: [], published: ["dashboard Publié"] });
    assert.deepEqual((await shelves(admin)).published, ["dashboard Caché", "dashboard Publié"]);

    // What works again, and what lies in the bin, is no matter any more.
    ok(await admin("PUT", `/api/card/${broken.id}`, { dataset_query: native("select 1 as one") }));
    ok(await admin("POST", `/api/card/${broken.id}/query`), 202);
    ok(await admin("PUT", `/api/dashboard/${made.id}`, { archived: true }));
    ok(await admin("PUT", `/api/dashboard/${hidden.id}`, { archived: true }));
    await become(admin, { drafts: [], failing: [], published: ["dashboard Publié"] });
  }),
};
