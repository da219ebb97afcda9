// What is known of tables and fields: looked at, changed by people, sampled, kept from who may not
// see it.
import assert from "node:assert/strict";
import { call, invite, setUp, startServer } from "./server.mjs";

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function onSample(run) {
  const server = await startServer();
  try {
    const session = await setUp(server);
    const api = (method, path, body, as = session) => call(server, method, path, { session: as, body });
    const tables = async (as) => (await api("GET", "/api/database/1/metadata", undefined, as)).json.tables;
    const find = async (table, field) => {
      const found = (await tables()).find((one) => one.name === table);
      return field === undefined ? found : found.fields.find((one) => one.name === field);
    };
    await run({ server, session, api, tables, find });
  } finally {
    await server.stop();
  }
}

async function until(what) {
  for (let i = 0; i < 200; i += 1) {
    const value = await what();
    if (value) return value;
    await wait(50);
  }
  throw new Error("it did not happen");
}

export const tests = {
  "samples say what columns hold, and few values are kept": async () => {
    await onSample(async ({ api, find }) => {
      const plan = await until(async () => ((await find("ACCOUNTS", "PLAN")).fingerprint ? find("ACCOUNTS", "PLAN") : undefined));
      assert.ok(plan.fingerprint.global["distinct-count"] > 1);
      assert.ok(plan.fingerprint.type["type/Text"]["average-length"] > 1);
      assert.equal(plan.has_field_values, "list");
      const values = await until(async () => {
        const answer = (await api("GET", `/api/field/${plan.id}/values`)).json;
        return answer.values.length > 0 ? answer : undefined;
      });
      assert.deepEqual([values.field_id, values.has_more_values, values.has_field_values], [plan.id, false, "list"]);
      assert.equal(values.values.length, plan.fingerprint.global["distinct-count"]);
      await until(async () => (await find("ORDERS", "TOTAL")).fingerprint && (await find("ORDERS", "CREATED_AT")).fingerprint);
      const total = (await find("ORDERS", "TOTAL")).fingerprint.type["type/Number"];
      assert.ok(total.min <= total.q1 && total.q1 <= total.avg && total.avg <= total.max && total.sd > 0, JSON.stringify(total));
      const created = (await find("ORDERS", "CREATED_AT")).fingerprint.type["type/DateTime"];
      assert.ok(created.earliest < created.latest);
      assert.equal((await api("POST", `/api/field/${plan.id}/discard_values`)).json.status, "success");
      assert.deepEqual((await api("GET", `/api/field/${plan.id}/values`)).json.values, []);
      assert.equal((await api("POST", `/api/table/${plan.table_id}/rescan_values`)).json.status, "ok");
      await until(async () => (await api("GET", `/api/field/${plan.id}/values`)).json.values.length > 0);
      assert.equal((await api("POST", "/api/database/1/discard_values")).json.status, "ok");
      assert.deepEqual((await api("GET", "/api/database/1/healthcheck")).json, { status: "ok" });
    });
  },

  "schedules are said in words and kept as cron; looking at values takes a consent": async () => {
    await onSample(async ({ api }) => {
      const before = (await api("GET", "/api/database/1")).json;
      assert.deepEqual([before.schedules.metadata_sync.schedule_type, before.schedules.cache_field_values], ["hourly", null]);
      const names = async () => (await api("GET", "/api/vigie/job")).json.map((one) => one.name);
      assert.ok(!(await names()).includes("scan-1"));
      const daily = { schedule_type: "daily", schedule_hour: 3, schedule_minute: 30, schedule_day: null, schedule_frame: null };
      const put = await api("PUT", "/api/database/1", { schedules: { metadata_sync: daily, cache_field_values: { schedule_type: "monthly", schedule_frame: "last", schedule_day: "mon", schedule_hour: 0 } } });
      assert.equal(put.status, 200, put.text);
      assert.deepEqual([put.json.metadata_sync_schedule, put.json.cache_field_values_schedule], ["0 30 3 * * ? *", "0 0 0 ? * 2L *"]);
      assert.deepEqual(put.json.schedules.metadata_sync, daily);
      assert.deepEqual([put.json.schedules.cache_field_values.schedule_frame, put.json.schedules.cache_field_values.schedule_day], ["last", "mon"]);
      assert.ok((await names()).includes("scan-1"));
      const run = await api("POST", "/api/vigie/job/scan-1/run");
      assert.equal(run.status, 200, run.text);
      await api("PUT", "/api/database/1", { schedules: { cache_field_values: null } });
      assert.ok(!(await names()).includes("scan-1"));
      assert.equal((await api("PUT", "/api/database/1", { schedules: { metadata_sync: { schedule_type: "never" } } })).status, 400);
      const byHand = (schedule_cron) => api("PUT", "/api/database/1", { schedules: { metadata_sync: { schedule_type: "cron", schedule_cron } } });
      assert.deepEqual([(await byHand("*/20 8-18 * * 1-5")).json.metadata_sync_schedule, (await byHand("soon")).status], ["*/20 8-18 * * 1-5", 400]);
      assert.equal((await byHand("0 ".repeat(150))).status, 400);
    });
  },

  "people say what tables and fields are, and a sync keeps it": async () => {
    await onSample(async ({ api, find }) => {
      const orders = await find("ORDERS");
      const put = await api("PUT", `/api/table/${orders.id}`, { display_name: "Commandes", description: "Toutes", visibility_type: null });
      assert.deepEqual([put.status, put.json.display_name, put.json.description, put.json.entity_type], [200, "Commandes", "Toutes", orders.entity_type]);
      const total = await find("ORDERS", "TOTAL");
      const field = await api("PUT", `/api/field/${total.id}`, { display_name: "Montant", semantic_type: "type/Currency", settings: { number_style: "currency", currency: "EUR" } });
      assert.deepEqual([field.json.display_name, field.json.semantic_type, field.json.settings.currency], ["Montant", "type/Currency", "EUR"]);
      await api("POST", "/api/database/1/sync_schema");
      await wait(300);
      assert.deepEqual([(await find("ORDERS")).display_name, (await find("ORDERS", "TOTAL")).display_name], ["Commandes", "Montant"]);
      const ids = orders.fields.map((one) => one.id).reverse();
      assert.equal((await api("PUT", `/api/table/${orders.id}/fields/order`, ids)).status, 200);
      assert.deepEqual((await find("ORDERS")).fields.map((one) => one.id), ids);
      await api("PUT", `/api/table/${orders.id}`, { field_order: "alphabetical" });
      const names = (await find("ORDERS")).fields.map((one) => one.display_name.toLowerCase());
      assert.deepEqual(names, [...names].sort());
      assert.equal((await api("PUT", `/api/table/${orders.id}/fields/order`, [1])).status, 400);
      assert.deepEqual((await api("PUT", `/api/table/${orders.id}`, { visibility_type: "no" })).json.errors !== undefined, true);
      const fks = (await api("GET", `/api/table/${(await find("PRODUCTS")).id}/fks`)).json;
      assert.ok(fks.some((one) => one.origin.table.name === "ORDERS" && one.destination.name === "ID"));
      assert.equal((await api("GET", `/api/table/${orders.id}/data`)).status, 202);
      assert.deepEqual((await api("GET", "/api/database/1/autocomplete_suggestions?prefix=ord")).json[0], ["ORDERS", "Table"]);
    });
  },

  "a column may be read as something else than its type says": async () => {
    await onSample(async ({ api, find }) => {
      const { id, base_type } = await find("ORDERS", "QUANTITY");
      const by = (unit) => api("POST", "/api/dataset", { database: 1, type: "query", query: { "source-table": 5, aggregation: [["count"]], breakout: [["field", id, { "temporal-unit": unit }]] } });
      const read = await api("PUT", `/api/field/${id}`, { coercion_strategy: "Coercion/UNIXSeconds->DateTime" });
      assert.deepEqual([read.status, read.json.base_type, read.json.effective_type], [200, base_type, "type/Instant"]);
      const years = (await by("year")).json.data;
      assert.deepEqual([years.rows.length, years.rows[0][0].slice(0, 4), years.cols[0].effective_type], [1, "1970", "type/Instant"]);
      for (const wrong of ["Coercion/ISO8601->Date", "Coercion/Nothing"]) {
        const refused = await api("PUT", `/api/field/${id}`, { coercion_strategy: wrong });
        assert.equal(refused.status, 400);
        assert.match(refused.json.errors.coercion_strategy, /UNIXSeconds/);
      }
      assert.equal((await api("PUT", `/api/field/${id}`, { coercion_strategy: null })).json.effective_type, base_type);
      assert.equal((await by("year")).json.status, "failed");
    });
  },

  "a key is shown by a name, a code by its text": async () => {
    await onSample(async ({ api, find }) => {
      const product = await find("ORDERS", "PRODUCT_ID");
      const title = await find("PRODUCTS", "TITLE");
      const made = await api("POST", `/api/field/${product.id}/dimension`, { type: "external", name: "Produit", human_readable_field_id: title.id });
      assert.deepEqual([made.status, made.json.type, made.json.human_readable_field_id], [200, "external", title.id]);
      const ask = async () => (await api("POST", "/api/dataset", { database: 1, type: "query", query: { "source-table": product.table_id, limit: 1 } })).json.data;
      const data = await ask();
      const shown = data.cols.findIndex((one) => one.remapped_from === "PRODUCT_ID");
      assert.equal(typeof data.rows[0][shown], "string");
      assert.equal((await api("DELETE", `/api/field/${product.id}/dimension`)).status, 204);
      assert.equal((await ask()).cols.length, data.cols.length - 1);
      const rating = await find("REVIEWS", "RATING");
      await api("POST", `/api/field/${rating.id}/dimension`, { type: "internal", name: "Note" });
      await api("POST", `/api/field/${rating.id}/values`, { values: [[1, "un"], [2, "deux"], [3, "trois"], [4, "quatre"], [5, "cinq"]] });
      const reviews = (await api("POST", "/api/dataset", { database: 1, type: "query", query: { "source-table": rating.table_id, fields: [["field", rating.id, null]], limit: 3 } })).json.data;
      assert.deepEqual(reviews.rows.map(([code, text]) => text === ["un", "deux", "trois", "quatre", "cinq"][code - 1]), [true, true, true]);
      const found = (await api("GET", `/api/field/${product.id}/search/${title.id}?value=a`)).json;
      assert.ok(found.length > 0 && found.every(([value]) => value.toLowerCase().includes("a")));
    });
  },

  "who may see nothing of a database finds nothing of it": async () => {
    await onSample(async ({ server, session, api, find }) => {
      const orders = await find("ORDERS");
      const graph = (await api("GET", "/api/permissions/graph")).json;
      const everybody = (await api("GET", "/api/permissions/group")).json.find((one) => one.name === "All Users").id;
      graph.groups[everybody] = { 1: { "view-data": "blocked", "create-queries": "no", download: { schemas: "none" } } };
      assert.equal((await api("PUT", "/api/permissions/graph", graph)).status, 200);
      const reader = (await invite(server, session, "reader@example.org")).session;
      const as = (method, path, body) => api(method, path, body, reader);
      assert.deepEqual((await as("GET", "/api/database")).json.data, []);
      assert.deepEqual((await as("GET", "/api/table")).json, []);
      for (const path of ["/api/database/1", "/api/database/1/metadata", "/api/database/1/fields", `/api/table/${orders.id}`, `/api/table/${orders.id}/query_metadata`, `/api/table/${orders.id}/fks`, `/api/field/${orders.fields[0].id}`, `/api/field/${orders.fields[0].id}/values`])
        assert.equal((await as("GET", path)).status, 404, path);
      assert.equal((await as("PUT", `/api/table/${orders.id}`, { display_name: "x" })).status, 403);
      assert.equal((await as("POST", "/api/dataset", { database: 1, type: "query", query: { "source-table": orders.id } })).status, 403);
      assert.equal((await as("POST", "/api/dataset", { database: 1, type: "native", native: { query: "select 1" } })).status, 403);
      assert.equal((await as("POST", "/api/dataset/csv", { query: { database: 1, type: "query", query: { "source-table": orders.id } } })).status, 403);
    });
  },
};
