// Dashboards as programs write them: whole sets of tabs and cards, new ones by ids that are not there.
import assert from "node:assert/strict";
import { question, server } from "./card.test.mjs";
import { ADMIN, call, invite } from "./server.mjs";

const place = (id, extra = {}) => ({ id, row: 0, col: 0, size_x: 4, size_y: 3, ...extra });

async function dashboardWithCard(admin, database) {
  const card = (await admin("POST", "/api/card", question(database))).json;
  const made = await admin("POST", "/api/dashboard", { name: "Tableau", description: null, parameters: [{ id: "a", type: "category", name: "A", slug: "a" }] });
  assert.equal(made.status, 200, made.text);
  return { card, dashboard: made.json };
}

export const tests = {
  "a new dashboard has empty lists, and sends back what it was sent": server(async ({ admin, database }) => {
    const { dashboard } = await dashboardWithCard(admin, database);
    assert.deepEqual([dashboard.dashcards, dashboard.tabs, dashboard.ordered_cards], [[], [], []]);
    assert.deepEqual(dashboard.parameters, [{ id: "a", type: "category", name: "A", slug: "a" }]);
    assert.deepEqual([dashboard.width, dashboard.auto_apply_filters, dashboard.archived], ["fixed", true, false]);
    assert.equal("data" in dashboard, false);
    assert.equal((await admin("GET", `/api/dashboard/${dashboard.entity_id}`)).json.id, dashboard.id);
    const list = (await admin("GET", "/api/dashboard/")).json;
    assert.deepEqual([list.length, list[0].id, "dashcards" in list[0], list[0].parameters.length], [1, dashboard.id, false, 1]);
  }),
  "sets of cards and tabs are replaced, with ids that are zero or negative for new ones": server(async ({ admin, database }) => {
    const { card, dashboard } = await dashboardWithCard(admin, database);
    const path = `/api/dashboard/${dashboard.id}`;
    const mapping = { parameter_id: "a", card_id: card.id, target: ["dimension", ["field", 1, null]] };
    const text = { virtual_card: { name: null, display: "text", archived: false }, text: "Bonjour **{{a}}**" };
    const put = await admin("PUT", path, {
      tabs: [{ id: -1, name: "Un" }, { id: -2, name: "Deux" }],
      dashcards: [
        place(0, { card_id: card.id, dashboard_tab_id: -2, parameter_mappings: [mapping], visualization_settings: { "card.title": "Été" } }),
        place(-1, { card_id: null, dashboard_tab_id: -1, row: 3, visualization_settings: text, parameter_mappings: [] }),
        place(-2, { card_id: card.id, dashboard_tab_id: -1, row: 9, series: [{ id: card.id }] }),
      ],
    });
    assert.equal(put.status, 200, put.text);
    const { tabs, dashcards } = put.json;
    assert.deepEqual(tabs.map((tab) => [tab.name, tab.position, tab.id > 0]), [["Un", 0, true], ["Deux", 1, true]]);
    const byRow = (row) => dashcards.find((one) => one.row === row);
    for (const key of ["id", "dashboard_id", "card_id", "dashboard_tab_id", "row", "col", "size_x", "size_y", "series", "parameter_mappings", "visualization_settings"]) assert.ok(key in byRow(0), key);
    assert.deepEqual([byRow(0).card.id, byRow(0).dashboard_tab_id, byRow(3).dashboard_tab_id], [card.id, tabs[1].id, tabs[0].id]);
    assert.deepEqual([byRow(0).parameter_mappings, byRow(3).visualization_settings, byRow(3).card], [[mapping], text, { query_average_duration: null }]);
    assert.equal(byRow(9).series[0].id, card.id);
    const again = await admin("PUT", path, { dashcards: [{ ...byRow(0), col: 5 }, place(-7, { card_id: card.id, dashboard_tab_id: tabs[0].id })] });
    assert.deepEqual([again.json.dashcards.length, again.json.dashcards.some((one) => one.id === byRow(0).id && one.col === 5)], [2, true]);
    const untouched = await admin("PUT", path, { name: "Autre" });
    assert.deepEqual([untouched.json.dashcards.length, untouched.json.tabs.length, untouched.json.name], [2, 2, "Autre"]);
    const flat = await admin("PUT", path, { tabs: [] });
    assert.deepEqual([flat.json.tabs, flat.json.dashcards], [[], []]);
  }),
  "the page of a dashboard brings who reads it and what it shows; nothing of what they may not read": server(async ({ server: started, admin, session, database }) => {
    const { dashboard } = await dashboardWithCard(admin, database);
    const { personal_collection_id: own } = (await admin("GET", "/api/user/current")).json;
    const hidden = (await admin("POST", "/api/dashboard", { name: "Pour </script> moi", collection_id: own })).json;
    const reader = await invite(started, session, "reader@example.org");
    const boot = async (path, who) => {
      const page = await call(started, "GET", path, { session: who, headers: { accept: "text/html" } });
      assert.deepEqual([page.status, page.headers.get("cache-control")], [200, "no-store"], path);
      const { user, dashboard: shown } = JSON.parse(/id="boot">(.*?)<\/script>/s.exec(page.text)[1]);
      linked = [...page.text.matchAll(/<link rel="(?:modulepreload|preload)"[^>]*href="([^"]*?)-[\w-]{8}\.(?:js|css)">/g)].map(([, file]) => file);
      return [user?.email, shown?.name];
    };
    let linked;
    assert.deepEqual(await boot(`/dashboard/${hidden.id}-pour-moi`, session), [ADMIN.email, "Pour </script> moi"]);
    assert.deepEqual(await boot(`/dashboard/${dashboard.id}`, reader.session), ["reader@example.org", "Tableau"]);
    for (const part of ["fr", "dashboard", "answers"]) assert.ok(linked.includes(`/app/a/${part}`), `${part}: ${linked}`);
    assert.deepEqual(await boot(`/dashboard/${hidden.id}`, reader.session), ["reader@example.org", undefined]);
    for (const path of ["/dashboard/99999", "/dashboard/x", `/dashboard/${dashboard.id}/history`, "/dashboard/99999999999999999999", "/"]) assert.deepEqual(await boot(path, session), [ADMIN.email, undefined], path);
    assert.ok(linked.includes("/app/a/home") && !linked.includes("/app/a/dashboard"), `of the first page: ${linked}`);
    assert.deepEqual(await boot(`/dashboard/${dashboard.id}`, undefined), [undefined, undefined]);
    assert.ok(linked.includes("/app/a/fr") && !linked.includes("/app/a/dashboard"), `of the log-in: ${linked}`);
    const langOf = async (headers) => /<html lang="(\w*)"/.exec((await call(started, "GET", "/auth/login", { headers: { accept: "text/html", ...headers } })).text)[1];
    assert.deepEqual([await langOf({}), await langOf({ cookie: "vigie-locale=en" }), await langOf({ cookie: "vigie-locale=\"><b>" })], ["fr", "en", "fr"], "the language that the browser used last");
    const { recents } = (await call(started, "GET", "/api/activity/recents?context=views", { session: reader.session })).json;
    assert.deepEqual(recents.map(({ model, id }) => [model, id]), [["dashboard", dashboard.id]]);
  }),
  "what cannot be arranged is a 400": server(async ({ admin, database }) => {
    const { card, dashboard } = await dashboardWithCard(admin, database);
    const refused = async (body, field) => {
      const answer = await admin("PUT", `/api/dashboard/${dashboard.id}`, body);
      assert.equal(answer.status, 400, answer.text);
      assert.deepEqual(Object.keys(answer.json.errors), [field]);
    };
    await refused({ dashcards: [place(-1, { card_id: 99 })] }, "dashcards");
    await refused({ dashcards: [place(-1, { size_x: 0 })] }, "dashcards");
    await refused({ dashcards: [place(-1, { card_id: card.id }), place(-1, { card_id: card.id })] }, "dashcards");
    await refused({ dashcards: [place(-1, { card_id: card.id, dashboard_tab_id: 55 })] }, "dashcards");
    await refused({ tabs: [{ id: -1, name: " " }] }, "tabs");
    await refused({ dashcards: [3] }, "dashcards");
  }),
  "a copy is shallow, or takes the questions along": server(async ({ admin, database }) => {
    const { card, dashboard } = await dashboardWithCard(admin, database);
    await admin("PUT", `/api/dashboard/${dashboard.id}`, { dashcards: [place(-1, { card_id: card.id, parameter_mappings: [{ parameter_id: "a", card_id: card.id, target: [] }] })] });
    const shallow = await admin("POST", `/api/dashboard/${dashboard.id}/copy`, { name: "Copie" });
    assert.deepEqual([shallow.status, shallow.json.name, shallow.json.dashcards[0].card_id], [200, "Copie", card.id]);
    const deep = (await admin("POST", `/api/dashboard/${dashboard.id}/copy`, { is_deep_copy: true })).json;
    assert.notEqual(deep.dashcards[0].card_id, card.id);
    assert.equal(deep.dashcards[0].parameter_mappings[0].card_id, deep.dashcards[0].card_id);
    assert.equal((await admin("GET", `/api/card/${deep.dashcards[0].card_id}`)).json.name, card.name);
  }),
  "a question may live inside a dashboard": server(async ({ admin, database }) => {
    const folder = (await admin("POST", "/api/collection", { name: "X" })).json;
    const dashboard = (await admin("POST", "/api/dashboard", { name: "D", collection_id: folder.id })).json;
    const card = (await admin("POST", "/api/card", question(database, { dashboard_id: dashboard.id }))).json;
    assert.deepEqual([card.collection_id, card.dashboard.name], [folder.id, "D"]);
    assert.equal((await admin("GET", `/api/dashboard/${dashboard.id}`)).json.dashcards[0].card_id, card.id);
    assert.deepEqual((await admin("GET", `/api/dashboard/${dashboard.id}/items`)).json.data.map((one) => one.id), [card.id]);
    assert.equal((await admin("GET", `/api/collection/${folder.id}/items?models=card`)).json.total, 0);
    await admin("PUT", `/api/dashboard/${dashboard.id}`, { archived: true });
    assert.equal((await admin("GET", `/api/card/${card.id}`)).json.archived, true);
    await admin("PUT", `/api/dashboard/${dashboard.id}`, { archived: false });
    assert.equal((await admin("GET", `/api/card/${card.id}`)).json.archived, false);
    assert.deepEqual((await admin("GET", `/api/card/${card.id}/dashboards`)).json.map((one) => one.name), ["D"]);
    assert.equal((await admin("DELETE", `/api/dashboard/${dashboard.id}`)).status, 204);
    assert.equal((await admin("GET", `/api/card/${card.id}`)).status, 404);
  }),
  "the routes of before 2023 still work": server(async ({ admin, database }) => {
    const { card, dashboard } = await dashboardWithCard(admin, database);
    const path = `/api/dashboard/${dashboard.id}`;
    const made = await admin("POST", `${path}/cards`, { cardId: card.id, row: 1, col: 2, sizeX: 3, sizeY: 4 });
    assert.deepEqual([made.status, made.json.card_id, made.json.size_x, made.json.sizeY], [200, card.id, 3, 4]);
    const read = (await admin("GET", path)).json;
    assert.deepEqual([read.ordered_cards[0].id, read.ordered_cards[0].sizeX], [made.json.id, 3]);
    const put = await admin("PUT", `${path}/cards`, { cards: [{ id: made.json.id, row: 0, col: 0, sizeX: 8, sizeY: 8, series: [], parameter_mappings: [] }] });
    assert.deepEqual([put.status, put.json.cards[0].size_x], [200, 8]);
    assert.equal((await admin("GET", `${path}/cards`)).json.length, 1);
    assert.equal((await admin("DELETE", `${path}/cards?dashcardId=${made.json.id}`)).status, 204);
    assert.deepEqual((await admin("GET", path)).json.dashcards, []);
  }),
  "administrators publish and withdraw": server(async ({ server: started, admin, as, session, database }) => {
    const { card, dashboard } = await dashboardWithCard(admin, database);
    const reader = await invite(started, session, "reader@example.org");
    assert.equal((await as(reader.session)("POST", `/api/card/${card.id}/public_link`)).status, 403);
    assert.equal((await as(reader.session)("PUT", `/api/card/${card.id}`, { enable_embedding: true })).status, 403);
    const link = (await admin("POST", `/api/card/${card.id}/public_link`)).json;
    assert.match(link.uuid, /^[0-9a-f-]{36}$/);
    assert.deepEqual((await admin("POST", `/api/card/${card.id}/public_link`)).json, link);
    assert.deepEqual((await admin("GET", "/api/card/public")).json, [{ id: card.id, name: card.name, public_uuid: link.uuid }]);
    assert.equal((await admin("GET", `/api/card/${card.id}`)).json.public_uuid, link.uuid);
    assert.equal((await admin("DELETE", `/api/card/${card.id}/public_link`)).status, 204);
    assert.equal((await admin("DELETE", `/api/card/${card.id}/public_link`)).status, 404);
    const put = await admin("PUT", `/api/dashboard/${dashboard.id}`, { enable_embedding: true, embedding_params: { a: "locked" } });
    assert.deepEqual([put.json.enable_embedding, put.json.embedding_params], [true, { a: "locked" }]);
    assert.deepEqual((await admin("GET", "/api/dashboard/embeddable")).json, [{ id: dashboard.id, name: "Tableau" }]);
    assert.equal((await call(started, "GET", "/api/dashboard/public")).status, 401);
    await admin("PUT", "/api/setting/enable-public-sharing", { value: false });
    assert.equal((await admin("POST", `/api/dashboard/${dashboard.id}/public_link`)).status, 400);
  }),
  "what somebody chose in a filter comes back to them": server(async ({ admin, database }) => {
    const { card, dashboard } = await dashboardWithCard(admin, database);
    const path = `/api/dashboard/${dashboard.id}`;
    assert.deepEqual((await admin("GET", path)).json.last_used_param_values, {});
    await admin("POST", `/api/vigie/dashboard/${dashboard.id}/cards`, { parameters: [{ id: "a", value: ["x"] }] });
    assert.deepEqual((await admin("GET", path)).json.last_used_param_values, { a: ["x"] });
    const [dashcard] = (await admin("PUT", path, { dashcards: [place(0, { card_id: card.id })] })).json.dashcards;
    const choose = (value) => admin("POST", `${path}/dashcard/${dashcard.id}/card/${dashcard.card_id}/query`, { parameters: [{ id: "a", value }] });
    await choose(["y"]);
    assert.deepEqual((await admin("GET", path)).json.last_used_param_values, { a: ["y"] });
    await choose(null);
    assert.deepEqual((await admin("GET", path)).json.last_used_param_values, { a: null });
  }),
};
