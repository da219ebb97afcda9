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
};
