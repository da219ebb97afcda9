// Questions that run: the shapes of answers and failures, limits, files, the cache, cancelling, a
// source that goes away.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { withPostgres, sql } from "./postgres.mjs";
import { call, setUp, startServer } from "./server.mjs";

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function onSample(run, options) {
  const server = await startServer(options);
  try {
    const session = await setUp(server);
    const tables = (await call(server, "GET", "/api/database/1/metadata", { session })).json.tables;
    const table = (name) => tables.find((one) => one.name === name);
    const field = (name, column) => table(name).fields.find((one) => one.name === column).id;
    const ask = (body, path = "/api/dataset") => call(server, "POST", path, { session, body });
    await run({ server, session, table, field, ask });
  } finally {
    await server.stop();
  }
}

async function onPostgres(schema, run, options) {
  await withPostgres(async (url, stop) => {
    sql(url, schema);
    const server = await startServer(options);
    const { hostname, port, pathname, username, password } = new URL(url);
    try {
      const session = await setUp(server);
      const details = { host: hostname, port: Number(port), dbname: pathname.slice(1), user: username, password };
      const made = await call(server, "POST", "/api/database", { session, body: { name: "pg", engine: "postgres", details } });
      assert.equal(made.status, 200, made.text);
      const id = made.json.id;
      // The sync finds the time zone of the database, which answers depend on.
      for (let i = 0; i < 200 && (await call(server, "GET", `/api/database/${id}`, { session })).json.initial_sync_status !== "complete"; i += 1) await wait(50);
      const native = (query, more = {}) => ({ database: id, type: "native", native: { query }, ...more });
      const ask = (body, path = "/api/dataset") => call(server, "POST", path, { session, body });
      await run({ server, session, url, stop, id, native, ask });
    } finally {
      await server.stop();
    }
  });
}

const rows = (answer) => answer.json.data.rows;

export const tests = {
  "an answer has rows, complete columns and what surrounds them": async () => {
    await onSample(async ({ table, field, ask }) => {
      const created = field("ORDERS", "CREATED_AT");
      const question = {
        database: 1,
        type: "query",
        query: { "source-table": table("ORDERS").id, aggregation: [["count"], ["sum", ["field", field("ORDERS", "TOTAL"), null]]], breakout: [["field", created, { "temporal-unit": "year" }]] },
      };
      const answer = await ask(question);
      assert.equal(answer.status, 202);
      const { data, ...around } = answer.json;
      assert.deepEqual([around.status, around.context, around.database_id, around.row_count], ["completed", "ad-hoc", 1, data.rows.length]);
      assert.deepEqual(around.json_query, question);
      assert.equal(around.cached, null);
      const [year, count, sum] = data.cols;
      assert.deepEqual([year.source, year.unit, year.id, year.table_id, year.base_type], ["breakout", "year", created, table("ORDERS").id, "type/DateTime"]);
      assert.deepEqual([count.name, count.source, count.field_ref, count.aggregation_index], ["count", "aggregation", ["aggregation", 0], 0]);
      assert.deepEqual([sum.name, sum.aggregation_index], ["sum", 1]);
      assert.deepEqual(data.results_metadata.columns.map((one) => one.name), data.cols.map((one) => one.name));
      assert.match(data.rows[0][0], /^\d{4}-01-01T00:00:00Z$/);
      assert.equal(data.results_timezone, "UTC");
      assert.match(data.native_form.query, /count\(\*\)/i);
      const native = (await ask({ database: 1, type: "native", native: { query: "select 1 as a, 'x' as b union all select 4, 'x' union all select 7, null" } })).json.data.results_metadata.columns;
      assert.deepEqual(native[0].fingerprint.type["type/Number"].max, 7);
      assert.deepEqual(native[1].fingerprint.global, { "distinct-count": 1, "nil%": 1 / 3 });
      assert.deepEqual(data.insights.map((one) => [one.col, one["last-value"]]), [["count", data.rows.at(-1)[1]], ["sum", data.rows.at(-1)[2]]]);
      const compiled = await ask(question, "/api/dataset/native");
      assert.equal(compiled.json.query, data.native_form.query);
      const metadata = await ask(question, "/api/dataset/query_metadata");
      assert.deepEqual(metadata.json.tables.map((one) => one.name), ["ORDERS"]);
      assert.equal(metadata.json.tables[0].fields.length, table("ORDERS").fields.length);
    });
  },

  "limits cut and say so; a lower limit of the question does not": async () => {
    await onSample(async ({ server, session, table, ask }) => {
      const source = { "source-table": table("ORDERS").id };
      const bare = (await ask({ database: 1, type: "query", query: source })).json;
      assert.deepEqual([bare.row_count, bare.data.rows_truncated], [2000, 2000]);
      const own = (await ask({ database: 1, type: "query", query: { ...source, limit: 5 } })).json;
      assert.deepEqual([own.row_count, own.data.rows_truncated], [5, undefined]);
      const native = (await ask({ database: 1, type: "native", native: { query: "select * from orders" } })).json;
      assert.deepEqual([native.row_count, native.data.rows_truncated], [10000, 10000]);
      const asked = (await ask({ database: 1, type: "native", native: { query: "select * from orders" }, constraints: { "max-results": 7 } })).json;
      assert.deepEqual([asked.row_count, asked.data.rows_truncated], [7, 7]);
      await call(server, "PUT", "/api/setting/unaggregated-query-row-limit", { session, body: { value: 11 } });
      assert.equal((await ask({ database: 1, type: "query", query: source })).json.row_count, 11);
    });
  },

  "failures come as answers that say what kind they are": async () => {
    await onSample(async ({ table, ask }) => {
      const failed = async (body, kind) => {
        const answer = await ask(body);
        assert.equal(answer.status, 400, answer.text);
        assert.deepEqual([answer.json.status, answer.json.error_type, answer.json.row_count, answer.json.data], ["failed", kind, 0, { rows: [], cols: [] }]);
        return answer.json.error;
      };
      assert.match(await failed({ database: 1, type: "native", native: { query: "select nothing_here" } }, "db"), /nothing_here/);
      assert.match(await failed({ database: 1, type: "query", query: { "source-table": 99999 } }, "invalid-query"), /99999/);
      assert.match(await failed({ database: 1, type: "query", query: { "source-table": table("ORDERS").id, filter: ["wrong"] } }, "invalid-query"), /filter/);
      const tags = { x: { id: "a", name: "x", "display-name": "X", type: "text", required: true } };
      assert.match(await failed({ database: 1, type: "native", native: { query: "select {{x}}", "template-tags": tags } }, "missing-required-parameter"), /x/);
      assert.deepEqual((await ask({ type: "query" })).json.errors, { database: "value must be the id of a database." });
      assert.equal((await ask({ database: 4711, type: "query", query: {} })).status, 404);
      assert.equal((await ask({ database: 1, type: "native", native: { query: "delete from orders" } })).json.status, "failed");
      assert.equal((await ask({ database: 1, type: "native", native: { query: "select count(*) from orders" } })).json.status, "completed");
    });
  },

  "files have the columns in the order of the table, with their values": async () => {
    await onSample(async ({ server, session, table, field }) => {
      const api = (method, path, body) => call(server, method, path, { session, body });
      const dataset_query = { database: 1, type: "query", query: { "source-table": table("PRODUCTS").id, limit: 2, fields: ["ID", "VENDOR", "PRICE"].map((name) => ["field", field("PRODUCTS", name), null]) } };
      const settings = { "table.columns": [{ name: "PRICE", enabled: true }, { name: "NOWHERE", enabled: true }, { name: "PRICE", enabled: true }, { name: "ID", enabled: true }] };
      const { id } = (await api("POST", "/api/card", { name: "Produits", display: "table", visualization_settings: settings, dataset_query })).json;
      const { rows } = (await api("POST", `/api/card/${id}/query`)).json.data;
      const [head, first] = (await api("POST", `/api/card/${id}/query/csv`, {})).text.split(/\r?\n/);
      assert.equal(head, "Price,ID,Vendor");
      assert.equal(first, `${rows[0][2]},${rows[0][0]},${rows[0][1]}`);
      const [row] = (await api("POST", `/api/card/${id}/query/json`, {})).json;
      assert.deepEqual([Object.keys(row), row.Price, row.Vendor], [["Price", "ID", "Vendor"], rows[0][2], rows[0][1]]);
    });
  },
  "files of a table leave out what is for the details of a row, as the table does; JSON has it": async () => {
    await onSample(async ({ server, session, table, field, ask }) => {
      const api = (method, path, body) => call(server, method, path, { session, body });
      assert.equal((await api("PUT", `/api/field/${field("PRODUCTS", "VENDOR")}`, { visibility_type: "details-only" })).status, 200);
      const dataset_query = { database: 1, type: "query", query: { "source-table": table("PRODUCTS").id, limit: 2, fields: ["ID", "VENDOR", "PRICE"].map((name) => ["field", field("PRODUCTS", name), null]) } };
      const made = async (display, visualization_settings = {}) => (await api("POST", "/api/card", { name: "Produits", display, visualization_settings, dataset_query })).json.id;
      const firstLine = async (id) => (await api("POST", `/api/card/${id}/query/csv`, {})).text.split("\n")[0].trim();
      const list = await made("table");
      const sheet = async (id) => {
        const response = await fetch(`${server.base}/api/card/${id}/query/xlsx`, { method: "POST", headers: { "x-metabase-session": session } });
        const path = join(server.folder, "details.xlsx");
        writeFileSync(path, Buffer.from(await response.arrayBuffer()));
        return execFileSync("python3", ["-c", `import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print("".join(z.read(n).decode() for n in z.namelist()))`, path]).toString();
      };

      assert.equal(await firstLine(list), "ID,Price");
      const shown = await sheet(list);
      assert.ok(shown.includes("Price") && !shown.includes("Vendor"));
      assert.ok("Vendor" in (await api("POST", `/api/card/${list}/query/json`, {})).json[0]);
      // Somebody asked for it; and what is drawn, or one row, needs all.
      assert.equal(await firstLine(await made("table", { "table.columns": [{ name: "VENDOR", enabled: true }] })), "Vendor,ID,Price");
      assert.equal(await firstLine(await made("object")), "ID,Vendor,Price");
      assert.equal(await firstLine(await made("bar")), "ID,Vendor,Price");
      // Of what is not saved, whoever asks says what it is drawn as.
      const unsaved = async (more) => (await ask({ query: dataset_query, ...more }, "/api/dataset/csv")).text.split("\n")[0].trim();
      assert.deepEqual([await unsaved({}), await unsaved({ display: "table" })], ["ID,Vendor,Price", "ID,Price"]);
      const uuid = (await api("POST", `/api/card/${list}/public_link`)).json.uuid;
      assert.match((await call(server, "GET", `/api/public/card/${uuid}/query/csv`)).text, /^ID,Price\r?\n/);
    });
  },

  "files are whole, in the form that was asked for": async () => {
    await onSample(async ({ server, session, table, field, ask }) => {
      const question = { database: 1, type: "query", query: { "source-table": table("ORDERS").id } };
      const count = rows(await ask({ database: 1, type: "native", native: { query: "select count(*) from orders" } }))[0][0];
      assert.ok(count > 10000, "the sample is larger than any answer");
      const csv = await ask({ query: question }, "/api/dataset/csv");
      assert.equal(csv.status, 200);
      assert.match(csv.headers.get("content-type"), /^text\/csv/);
      assert.match(csv.headers.get("content-disposition"), /^attachment; filename="?query_result_\d{4}-/);
      assert.equal(csv.text.trim().split("\n").length, count + 1);
      assert.match(csv.text, /^ID,User ID,Product ID,Subtotal,/);
      const settings = { column_settings: { '["name","TOTAL"]': { column_title: "Montant", number_style: "currency", currency: "EUR" } }, "table.columns": [{ name: "ID", enabled: false }] };
      const two = { ...question, query: { ...question.query, limit: 2, fields: [["field", field("ORDERS", "ID"), null], ["field", field("ORDERS", "TOTAL"), null], ["field", field("ORDERS", "CREATED_AT"), { "temporal-unit": "month" }]] } };
      const form = new URLSearchParams({ query: JSON.stringify(two), visualization_settings: JSON.stringify(settings), format_rows: "true" }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded", "x-metabase-locale": "fr" };
      const formatted = await call(server, "POST", "/api/dataset/csv", { session, headers, body: form });
      assert.match(formatted.text, /^Montant,Created At.*\n"\d+,\d\d\u00a0€",[a-zéû]+ \d{4}\n/);
      const json = await ask({ query: two, format_rows: false }, "/api/dataset/json");
      assert.deepEqual(Object.keys(json.json[0]).slice(0, 2), ["ID", "Total"]);
      assert.equal(typeof json.json[0].Total, "number");
      const response = await fetch(`${server.base}/api/dataset/xlsx`, { method: "POST", headers: { "content-type": "application/json", "x-metabase-session": session }, body: JSON.stringify({ query: question }) });
      const path = join(server.folder, "rows.xlsx");
      writeFileSync(path, Buffer.from(await response.arrayBuffer()));
      const read = `import sys, zipfile, re; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; s = z.read("xl/worksheets/sheet1.xml").decode(); print(s.count("<row>"), len(re.findall(r'<c s="3"><v>4\\d{4}[.]', s)) > 0)`;
      assert.equal(execFileSync("python3", ["-c", read, path]).toString().trim(), `${count + 1} True`);
      assert.equal((await ask({ query: question }, "/api/dataset/pdf")).status, 404);
      assert.equal((await ask({ query: 5 }, "/api/dataset/csv")).status, 400);
    });
  },

  "saved questions take values for their own parameters only": async () => {
    await onSample(async ({ server, session, field }) => {
      const tags = {
        plan: { id: "p1", name: "plan", "display-name": "Plan", type: "text", default: "Basic" },
        seen: { id: "p2", name: "seen", "display-name": "Seen", type: "dimension", "widget-type": "date/all-options", dimension: ["field", field("ACCOUNTS", "CREATED_AT"), null] },
      };
      const dataset_query = { database: 1, type: "native", native: { query: "select plan, count(*) from accounts where plan = {{plan}} [[and {{seen}}]] group by plan", "template-tags": tags } };
      const made = await call(server, "POST", "/api/card", { session, body: { name: "Comptes", display: "table", visualization_settings: {}, dataset_query } });
      assert.equal(made.status, 200, made.text);
      const run = (body) => call(server, "POST", `/api/card/${made.json.id}/query`, { session, body });
      const basic = (await run({})).json;
      assert.deepEqual([basic.context, basic.data.rows[0][0], basic.card_id], ["question", "Basic", made.json.id]);
      // What it gives is known from then on: others can build on it.
      const kept = (await call(server, "GET", `/api/card/${made.json.id}`, { session })).json.result_metadata;
      assert.deepEqual(kept.map((one) => [one.name, one.base_type]), [["PLAN", "type/Text"], ["count(*)", "type/Integer"]]);
      const other = await run({ parameters: [{ id: "p1", type: "category", value: "Premium", target: ["variable", ["template-tag", "plan"]] }] });
      assert.equal(rows(other)[0][0], "Premium");
      const none = await run({ parameters: [{ id: "p2", value: "1900-01-01~1900-01-02" }] });
      assert.deepEqual(rows(none), []);
      assert.equal((await run({ parameters: [{ id: "zz", value: 1 }] })).status, 400);
      assert.equal((await run({ parameters: [{ value: "x", target: ["dimension", ["field", field("ACCOUNTS", "PLAN"), null]] }] })).status, 400);
      const file = await call(server, "POST", `/api/card/${made.json.id}/query/csv`, { session, headers: { "content-type": "application/x-www-form-urlencoded" }, body: "parameters=null" });
      assert.match(file.text, /^PLAN,count\(\*\)\nBasic,\d+\n$/);
      assert.match(file.headers.get("content-disposition"), /Comptes/);
      const values = await call(server, "GET", `/api/card/${made.json.id}/params/p2/values`, { session });
      assert.ok(values.json.values.length > 0 && typeof values.json.has_more_values === "boolean");
      assert.equal((await call(server, "GET", `/api/card/${made.json.id}/params/zz/values`, { session })).status, 404);
    });
  },

  "a value drives a tag by a type that the tag allows": async () => {
    await onSample(async ({ server, session, field }) => {
      const dimension = ["field", field("ACCOUNTS", "PLAN"), null];
      const tag = (name, widget) => ({ id: name, name, "display-name": name, type: "dimension", "widget-type": widget, dimension });
      const tags = { exact: tag("exact", "string/="), part: tag("part", "string/contains"), any: tag("any", "category") };
      const query = "select distinct plan from accounts where {{exact}} and {{part}} and {{any}}";
      const card = (await call(server, "POST", "/api/card", { session, body: { name: "Formules", display: "table", visualization_settings: {}, dataset_query: { database: 1, type: "native", native: { query, "template-tags": tags } } } })).json;
      const run = (id, type, value) => call(server, "POST", `/api/card/${card.id}/query`, { session, body: { parameters: [{ id, type, value, target: ["dimension", ["template-tag", id]] }] } });
      for (const [id, type] of [["exact", "string/="], ["exact", "text"], ["any", "string/="], ["any", "category"]]) assert.deepEqual(rows(await run(id, type, ["Basic"])), [["Basic"]], type);
      assert.deepEqual(rows(await run("part", "string/contains", ["asi"])), [["Basic"]]);
      for (const [id, type] of [["exact", "string/!="], ["exact", "string/contains"], ["part", "string/="], ["any", "string/!="], ["any", "date/range"]]) {
        const refused = await run(id, type, ["Basic"]);
        assert.deepEqual([refused.status, /is not possible/.test(refused.json.errors.parameters)], [400, true], type);
      }
      const board = (await call(server, "POST", "/api/dashboard", { session, body: { name: "Formules", parameters: [{ id: "f", name: "F", slug: "f", type: "string/=" }] } })).json;
      const parameter_mappings = [{ parameter_id: "f", card_id: card.id, target: ["dimension", ["template-tag", "exact"]] }];
      const { dashcards } = (await call(server, "PUT", `/api/dashboard/${board.id}`, { session, body: { dashcards: [{ id: -1, card_id: card.id, row: 0, col: 0, size_x: 6, size_y: 4, parameter_mappings }] } })).json;
      const filter = (type) => call(server, "POST", `/api/dashboard/${board.id}/dashcard/${dashcards[0].id}/card/${card.id}/query`, { session, body: { parameters: [{ id: "f", type, value: ["Basic"] }] } });
      assert.deepEqual(rows(await filter("string/=")), [["Basic"]]);
      assert.equal((await filter("string/!=")).status, 400);
    });
  },

  "a group of a saved question's numbers needs nobody to have run it": async () => {
    await onSample(async ({ server, session, table, field, ask }) => {
      const dataset_query = { database: 1, type: "query", query: { "source-table": table("ORDERS").id, aggregation: [["avg", ["field", field("ORDERS", "SUBTOTAL"), null]]], breakout: [["field", field("ORDERS", "USER_ID"), null]] } };
      const made = (await call(server, "POST", "/api/card", { session, body: { name: "Panier", display: "table", visualization_settings: {}, dataset_query } })).json;
      const bins = (card) => ask({ database: 1, type: "query", query: { "source-table": `card__${card}`, aggregation: [["count"]], breakout: [["field", "avg", { "base-type": "type/Float", binning: { strategy: "num-bins", "num-bins": 10 } }]] } });
      const groups = rows(await bins(made.id));
      assert.ok(groups.length >= 3 && groups.length <= 12, JSON.stringify(groups));
      const kept = (await call(server, "GET", `/api/card/${made.id}`, { session })).json.result_metadata;
      assert.ok(kept.find((one) => one.name === "avg").fingerprint.type["type/Number"].max > 0);
      const words = { database: 1, type: "native", native: { query: "select name as avg from people" } };
      const other = (await call(server, "POST", "/api/card", { session, body: { name: "Noms", display: "table", visualization_settings: {}, dataset_query: words } })).json;
      assert.match((await bins(other.id)).json.error, /min\/max/);
    });
  },

  "a value cannot end the quotes that somebody put around its tag": async () => {
    await onSample(async ({ ask }) => {
      const tags = { plan: { id: "p", name: "plan", "display-name": "Plan", type: "text" } };
      const run = (query, value) => ask({ database: 1, type: "native", native: { query, "template-tags": tags }, parameters: [{ id: "p", type: "category", value, target: ["variable", ["template-tag", "plan"]] }] });
      const quoted = "select distinct plan from accounts where plan = '{{plan}}'";
      assert.deepEqual(rows(await run(quoted, "Basic")), [["Basic"]]);
      assert.deepEqual(rows(await run(quoted, "x' or '1'='1")), []);
      assert.deepEqual(rows(await run("select distinct plan from accounts where plan like '%{{plan}}%'", "asi")), [["Basic"]]);
      assert.match((await run('select "{{plan}}" from accounts', "plan")).json.error, /quoted name/);
      assert.match((await run(quoted, ["a", "b"])).json.error, /one value/);
    });
  },

  "the same question asked twice at once runs once": async () => {
    await onPostgres("select 1", async ({ native, ask }) => {
      const slow = native("select pg_sleep(0.6)::text, clock_timestamp()");
      const [a, b] = await Promise.all([ask(slow), ask(slow)]);
      assert.deepEqual(rows(a), rows(b));
      const later = await ask(slow);
      assert.notDeepEqual(rows(later), rows(a), "without a lifetime it runs anew");
    });
  },

  "what is stopped by its reader stops in the database": async () => {
    await onPostgres("select 1", async ({ server, session, url, native }) => {
      const running = () => sql(url, "select count(*) from pg_stat_activity where query like '%pg_sleep(30)%' and state = 'active' and pid <> pg_backend_pid()");
      const leave = new AbortController();
      const asked = fetch(`${server.base}/api/dataset`, { method: "POST", signal: leave.signal, headers: { "content-type": "application/json", "x-metabase-session": session }, body: JSON.stringify(native("select pg_sleep(30)")) });
      for (let i = 0; i < 100 && running() !== "1"; i += 1) await wait(50);
      assert.equal(running(), "1");
      assert.equal(sql(url, "select application_name from pg_stat_activity where query like '%pg_sleep(30)%' and pid <> pg_backend_pid()"), "vigie");
      leave.abort();
      await assert.rejects(asked);
      for (let i = 0; i < 100 && running() !== "0"; i += 1) await wait(50);
      assert.equal(running(), "0");
    });
  },

  "a server that stops stops its questions": async () => {
    await onPostgres(
      "select 1",
      async ({ server, url, native, ask }) => {
        const running = () => sql(url, "select count(*) from pg_stat_activity where query like '%pg_sleep(40)%' and state = 'active' and pid <> pg_backend_pid()");
        const asked = ask(native("select pg_sleep(40)")).catch(() => undefined);
        for (let i = 0; i < 100 && running() !== "1"; i += 1) await wait(50);
        assert.equal(running(), "1");
        const start = Date.now();
        assert.equal(await server.stop(), 0, server.err);
        assert.ok(Date.now() - start < 20000);
        await asked;
        for (let i = 0; i < 60 && running() !== "0"; i += 1) await wait(50);
        assert.equal(running(), "0");
        server.stop = async () => 0;
      },
      { env: { VIGIE_DRAIN_SECONDS: "1" } },
    );
  },

  "the deadline stops a question, and connections are capped": async () => {
    await onPostgres(
      "select 1",
      async ({ url, native, ask }) => {
        const late = await ask(native("select pg_sleep(20)"));
        assert.deepEqual([late.json.status, late.json.error_type], ["failed", "timed-out"], late.text);
        const all = await Promise.all([1, 2, 3, 4].map((n) => ask(native(`select ${n}, pg_sleep(0.4)::text`))));
        assert.deepEqual(all.map((one) => one.json.status), ["completed", "completed", "completed", "completed"], all.map((one) => one.text).join("\n"));
        assert.equal(sql(url, "select count(*) from pg_stat_activity where application_name = 'vigie' and backend_type = 'client backend'"), "2");
      },
      { env: { VIGIE_QUERY_SECONDS: "2", VIGIE_QUERY_CONNECTIONS: "2" } },
    );
  },

  "while the source is down, the last answer is shown with its age": async () => {
    await onPostgres("create table t as select 1 as n", async ({ native, ask, stop }) => {
      const first = await ask(native("select n, now() from t"));
      stop();
      const second = await ask(native("select n, now() from t"));
      assert.deepEqual([second.json.status, second.json.stale], ["completed", true], second.text);
      assert.deepEqual(rows(second), rows(first));
      assert.ok(second.json.cached < new Date().toISOString());
      const never = await ask(native("select n + 1 from t"));
      assert.deepEqual([never.json.status, never.json.error_type], ["failed", "db"]);
    });
  },

  "a file that breaks is not taken for whole": async () => {
    await onPostgres("create table big as select i, repeat('x', 200) as t from generate_series(1, 400000) i", async ({ server, session, url, native }) => {
      const asked = fetch(`${server.base}/api/dataset/csv`, { method: "POST", headers: { "content-type": "application/json", "x-metabase-session": session }, body: JSON.stringify({ query: native("select * from big") }) });
      const response = await asked;
      assert.equal(response.status, 200);
      sql(url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vigie'");
      await assert.rejects(response.text());
    });
  },

  "moments are shown in the zone of the setting": async () => {
    await onPostgres("create table t (a timestamptz, b timestamp, c date, d time); insert into t values ('2024-07-01 12:00:00.5+00', '2024-07-01 12:00', '2024-07-01', '08:30')", async ({ server, session, native, ask }) => {
      await call(server, "PUT", "/api/setting/report-timezone", { session, body: { value: "Europe/Paris" } });
      const answer = await ask(native("select * from t"));
      assert.deepEqual(rows(answer), [["2024-07-01T14:00:00.5+02:00", "2024-07-01T12:00:00+02:00", "2024-07-01T00:00:00+02:00", "08:30:00+01:00"]]);
      assert.equal(answer.json.data.results_timezone, "Europe/Paris");
      const csv = await ask({ query: native("select * from t") }, "/api/dataset/csv");
      assert.equal(csv.text, "a,b,c,d\n2024-07-01T14:00:00.5+02:00,2024-07-01T12:00:00,2024-07-01,08:30:00\n");
    });
  },

  "large numbers keep their digits": async () => {
    await onPostgres("select 1", async ({ native, ask }) => {
      const answer = await ask(native("select 9007199254740993::bigint, 12345678901234567890123::numeric, 1.50::numeric, 'NaN'::float8, true, '\\x00ff'::bytea, '{\"a\":1}'::jsonb"));
      assert.deepEqual(rows(answer)[0], ["9007199254740993", "12345678901234567890123", 1.5, null, true, "AP8=", '{"a": 1}']);
    });
  },
};
