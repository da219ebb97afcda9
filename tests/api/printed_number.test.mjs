// What published pages say in numbers to who reads them without a script.
import assert from "node:assert/strict";
import { server } from "./card.test.mjs";
import { call } from "./server.mjs";

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text);
  return answer.json;
};

async function printed(http, admin, card) {
  const { id } = ok(await admin("POST", "/api/card", { name: "Un chiffre", visualization_settings: {}, ...card }));
  const { uuid } = ok(await admin("POST", `/api/card/${id}/public_link`));
  const page = await call(http, "GET", `/public/question/${uuid}`, { headers: { accept: "text/html" } });
  assert.equal(page.status, 200, page.text);
  const [, number, when] = /<p class="printed-number">(.*?)<\/p>(?:<p>([^<]*)<\/p>)?/.exec(page.text) ?? [];
  return [number?.replaceAll(/[\u202f\u00a0,]/g, ""), when];
}

export const tests = {
  "a trend is the number of its last month": server(async ({ server: http, admin, database }) => {
    const orders = ok(await admin("GET", `/api/database/${database.id}/metadata`)).tables.find(({ name }) => name === "ORDERS");
    const created = orders.fields.find(({ name }) => name === "CREATED_AT").id;
    const dataset_query = (more) => ({ database: database.id, type: "query", query: { "source-table": orders.id, aggregation: [["count"], ["max", ["field", orders.fields.find(({ name }) => name === "QUANTITY").id, null]]], breakout: [["field", created, { "temporal-unit": "month" }]], ...more } });
    const { rows } = ok(await admin("POST", "/api/dataset", dataset_query({})), 202).data;
    const [month, count, most] = rows.at(-1);
    assert.match(month, /^\d{4}-\d\d-01/);

    const [number, when] = await printed(http, admin, { display: "smartscalar", dataset_query: dataset_query({}) });
    assert.equal(number, String(count));
    assert.match(when, new RegExp(`\\b${month.slice(0, 4)}\\b`));
    // Whatever the order of the rows.
    const backwards = await printed(http, admin, { display: "smartscalar", dataset_query: dataset_query({ "order-by": [["desc", ["field", created, { "temporal-unit": "month" }]]] }) });
    assert.deepEqual(backwards, [number, when]);
    const named = await printed(http, admin, { display: "smartscalar", dataset_query: dataset_query({}), visualization_settings: { "scalar.field": "max" } });
    assert.deepEqual(named, [String(most), when]);
  }),
  "a number is the column that the settings name, else the first; what is no number is left to the script": server(async ({ server: http, admin, database }) => {
    const native = (query) => ({ database: database.id, type: "native", native: { query } });
    const two = native("select 12 as one, 345 as other");
    assert.deepEqual(await printed(http, admin, { display: "scalar", dataset_query: two }), ["12", undefined]);
    assert.deepEqual(await printed(http, admin, { display: "scalar", dataset_query: two, visualization_settings: { "scalar.field": "other" } }), ["345", undefined]);
    assert.deepEqual(await printed(http, admin, { display: "smartscalar", dataset_query: two }), [undefined, undefined]);
    // People read a minus; what is no number keeps its hyphens.
    const settings = { column_settings: { '["name","n"]': { prefix: "≈ " } } };
    assert.deepEqual(await printed(http, admin, { display: "scalar", dataset_query: native("select -1234.5 as n") }), ["\u221212345", undefined]);
    assert.deepEqual(await printed(http, admin, { display: "scalar", dataset_query: native("select -12 as n"), visualization_settings: settings }), ["≈ \u221212", undefined]);
    assert.deepEqual(await printed(http, admin, { display: "scalar", dataset_query: native("select 'a-1-2' as n") }), ["a-1-2", undefined]);
    assert.deepEqual(await printed(http, admin, { display: "scalar", dataset_query: native("select 1 as n where 1 = 0") }), [undefined, undefined]);
    assert.deepEqual(await printed(http, admin, { display: "table", dataset_query: two }), [undefined, undefined]);
  }),
  "a page waits a moment for its numbers, and is not kept long without them": server(async ({ server: http, admin, database }) => {
    const slow = "with recursive c(x) as (select 1 union all select x + 1 from c where x < 2000000000) select count(*) as n from c";
    const native = (query) => ({ database: database.id, type: "native", native: { query } });
    const cards = [];
    for (const query of [slow, "select 77 as n", `${slow} where x > 1`]) cards.push(ok(await admin("POST", "/api/card", { name: "Un chiffre", display: "scalar", visualization_settings: {}, dataset_query: native(query) })).id);
    const { id } = ok(await admin("POST", "/api/dashboard", { name: "Des chiffres" }));
    const { uuid } = ok(await admin("POST", `/api/dashboard/${id}/public_link`));
    const put = (shown) => admin("PUT", `/api/dashboard/${id}`, { dashcards: shown.map((card_id, at) => ({ id: -1 - at, card_id, row: at, col: 0, size_x: 6, size_y: 3, visualization_settings: {} })) });
    const look = () => call(http, "GET", `/public/dashboard/${uuid}`, { headers: { accept: "text/html" } });
    const numbers = ({ text }) => [...text.matchAll(/<p class="printed-number">(.*?)<\/p>/g)].map(([, number]) => number);
    const seconds = ({ headers }) => Number(/max-age=(\d+)/.exec(headers.get("cache-control"))?.[1]);

    ok(await put([cards[1]]));
    const quick = await look();
    assert.deepEqual(numbers(quick), ["77"]);
    assert.ok(seconds(quick) > 5, quick.headers.get("cache-control"));
    // What is known already is there, though the others used up the time.
    ok(await put(cards));
    const began = Date.now();
    const page = await look();
    assert.ok(Date.now() - began < 8000, `${Date.now() - began} ms`);
    assert.equal(page.status, 200);
    assert.deepEqual(numbers(page), ["77"]);
    assert.ok(seconds(page) <= 5, page.headers.get("cache-control"));
  }),
};
