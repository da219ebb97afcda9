// The cases through the front door: databases are connected and read, cards and dashboards are made, and each question is
// asked as clients ask it. usage: front.mjs RUNNER [WORD [ENGINE...]]; VIGIE_BIN is the program, RUNNER loads the data sets.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { call, setUp, startServer } from "../api/server.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [runner, word = "", ...only] = process.argv.slice(2);
const lines = (path) => readFileSync(path, "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#"));
const cases = readdirSync(join(here, "cases")).flatMap((name) => lines(join(here, "cases", name)).map((line) => JSON.parse(line)));
const names = [...new Set(cases.map((item) => item.dataset))];
const datasets = new Map(names.map((name) => [name, JSON.parse(readFileSync(join(here, "datasets", `${name}.json`), "utf8"))]));

// ---------------------------------------------------------------------------------------- databases

const duckdb = (() => {
  const folder = join(here, "../../build/duckdb/node_modules/@duckdb");
  const found = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, "libduckdb.so")).find(existsSync) : undefined;
  return process.env.VIGIE_DUCKDB_LIBRARY ?? found;
})();

/** user, password, host and port of "scheme://user:password@host:port". */
function address(where) {
  const { hostname, port, username, password } = new URL(where);
  return { host: hostname, port: Number(port), user: username, password };
}

/** Where the data is, how it is connected, and what an engine has not: a zone for a session, moments with one, full joins. */
const engines = {
  sqlite: { details: (_where, dataset) => ({ db: `${dataset}.db` }), lacks: ["set-timezone", "convert-timezone"] },
  duckdb: { details: (_where, dataset) => ({ database_file: `${dataset}.duckdb` }), env: { VIGIE_DUCKDB_LIBRARY: duckdb ?? "" }, isAbsent: duckdb === undefined },
  postgres: { script: "postgres", details: (where, dbname) => ({ ...address(where), dbname, ssl: false }) },
  mysql: { script: "mariadb", details: (where, dbname) => ({ ...address(where), dbname, ssl: false }) },
  // It has no type of a time of day: here it is text.
  clickhouse: { script: "clickhouse", details: (where, dbname) => ({ ...address(where), dbname, ssl: false }), unlike: ["datetime-diff/refuses-time-column", "time-of-day/report-timezone-suffix", "time-of-day/bucket-hour"] },
};

/** Every data set becomes a database of the engine. */
function load(engine, where) {
  const work = mkdtempSync(join(tmpdir(), "vigie-front-"));
  const file = join(work, "one-of-each.jsonl");
  writeFileSync(file, names.map((dataset) => `${JSON.stringify({ id: `load/${dataset}`, dataset, query: { type: "native", native: { query: "select 1" } }, expect: {} })}\n`).join(""));
  execFileSync(runner, [engine, where, `@${file}`], { env: { ...process.env, ...engines[engine].env } });
  rmSync(work, { recursive: true });
}

async function must(api, method, path, body) {
  const answer = await api(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path} ${JSON.stringify(body)}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer.json;
}

async function connect(api, engine, where, name) {
  const { id } = await must(api, "POST", "/api/database", { name, engine, details: engines[engine].details(where, name) });
  for (let i = 0; i < 600 && (await must(api, "GET", `/api/database/${id}`)).initial_sync_status !== "complete"; i += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  const { tables } = await must(api, "GET", `/api/database/${id}/metadata?include_hidden=true`);
  const ids = new Map([["$$db", id]]);
  for (const table of tables) {
    ids.set(`$$${table.name}`, table.id);
    for (const field of table.fields) ids.set(`$${table.name}.${field.name}`, field.id);
  }
  for (const table of datasets.get(name).tables) for (const column of table.columns) await describe(api, ids, ids.get(`$${table.name}.${column.name}`), column);
  return { id, ids };
}

/** What an administrator says of a column: what was guessed from its name gives way. */
function describe(api, ids, id, { semantic_type = null, coercion_strategy, visibility_type, pk, fk }) {
  const key = pk ? { semantic_type: "type/PK" } : fk ? { semantic_type: "type/FK", fk_target_field_id: ids.get(`$${fk}`) } : { semantic_type };
  return must(api, "PUT", `/api/field/${id}`, { ...key, ...(coercion_strategy ? { coercion_strategy } : {}), ...(visibility_type ? { visibility_type } : {}) });
}

// -------------------------------------------------------------------------------------------- set-up

function resolve(value, ids) {
  if (typeof value === "string") {
    if (ids.has(value)) return ids.get(value);
    if (value.startsWith("card__$")) return `card__${ids.get(value.slice(6))}`;
    return value.replace(/#\$([\w-]+)/g, (text, name) => (ids.has(`$${name}`) ? `#${ids.get(`$${name}`)}` : text));
  }
  if (Array.isArray(value)) return value.map((item) => resolve(item, ids));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [typeof resolve(key, ids) === "string" ? resolve(key, ids) : key, resolve(item, ids)]));
}

const asked = (query, database) => ({ database, ...query });

class Site {
  constructor(api, database) {
    Object.assign(this, { api, database: database.id, ids: new Map(database.ids), undo: [] });
  }

  async make(name, path, body) {
    const made = await must(this.api, "POST", path, body);
    this.ids.set(`$${name}`, made.id);
    return made;
  }

  async settings(settings) {
    for (const [key, value] of Object.entries(settings)) {
      await must(this.api, "PUT", `/api/setting/${key}`, { value });
      this.undo.push(() => must(this.api, "PUT", `/api/setting/${key}`, { value: null }));
    }
  }

  async fields(fields) {
    for (const [symbol, change] of Object.entries(fields)) {
      const id = this.ids.get(symbol);
      const before = await must(this.api, "GET", `/api/field/${id}`);
      await must(this.api, "PUT", `/api/field/${id}`, change);
      this.undo.push(() => must(this.api, "PUT", `/api/field/${id}`, Object.fromEntries(Object.keys(change).map((key) => [key, before[key]]))));
    }
  }

  async remap({ field, type, name, target, values }) {
    const path = `/api/field/${this.ids.get(field)}`;
    if (values) await must(this.api, "POST", `${path}/values`, { values });
    await must(this.api, "POST", `${path}/dimension`, { type, name, human_readable_field_id: target ? this.ids.get(target) : null });
    this.undo.push(() => this.api("DELETE", `${path}/dimension`));
  }

  async set(setup = {}) {
    await this.fields(setup.fields ?? {});
    for (const remap of setup.remaps ?? []) await this.remap(remap);
    for (const [name, content] of Object.entries(setup.snippets ?? {})) await this.make(name, "/api/native-query-snippet", { name, content });
    for (const kind of ["segment", "measure"])
      for (const [name, { table, definition }] of Object.entries(setup[`${kind}s`] ?? {})) await this.make(name, `/api/${kind}`, { name, table_id: this.ids.get(`$$${table}`), definition: resolve(definition, this.ids) });
    for (const [name, card] of Object.entries(setup.cards ?? {})) await this.make(name, "/api/card", this.card(name, card.dataset_query, card));
  }

  card(name, query, { type = "question", result_metadata = null } = {}) {
    return { name, type, display: "table", visualization_settings: {}, dataset_query: asked(resolve(query, this.ids), this.database), ...(result_metadata ? { result_metadata: resolve(result_metadata, this.ids) } : {}) };
  }

  ask({ endpoint = "dataset", type, query, request_parameters = [], setup = {} }) {
    if (endpoint === "card") return this.askCard(query, type, resolve(request_parameters, this.ids));
    if (endpoint === "dashcard") return this.askDashboard(query, type, setup.dashboard, resolve(request_parameters, this.ids));
    return this.api("POST", `/api/${endpoint}`, asked(resolve(query, this.ids), this.database));
  }

  async askCard(query, type, parameters) {
    const { id } = await must(this.api, "POST", "/api/card", this.card("asked", query, { type }));
    return this.api("POST", `/api/card/${id}/query`, { parameters });
  }

  async askDashboard(query, type, { parameters, mappings }, sent) {
    const card = await must(this.api, "POST", "/api/card", this.card("asked", query, { type }));
    const { id } = await must(this.api, "POST", "/api/dashboard", { name: "asked", parameters: resolve(parameters, this.ids) });
    const parameter_mappings = mappings.map((mapping) => ({ ...resolve(mapping, this.ids), card_id: card.id }));
    const { dashcards } = await must(this.api, "PUT", `/api/dashboard/${id}`, { dashcards: [{ id: -1, card_id: card.id, row: 0, col: 0, size_x: 6, size_y: 4, parameter_mappings }] });
    return this.api("POST", `/api/dashboard/${id}/dashcard/${dashcards[0].id}/card/${card.id}/query`, { parameters: sent });
  }

  async clear() {
    for (const step of this.undo.reverse()) await step();
  }
}

// ----------------------------------------------------------------------------------------- comparing

const rounded = (number, places) => (Math.floor(Number(number) * 10 ** places + 0.5 + 1e-9) / 10 ** places || 0).toFixed(places);

/** A moment as it is compared: the missing time is midnight, the missing zone Z, fractions by value. */
function moment(text) {
  const [, date = "1970-01-01", time = "00:00:00", fraction = "", zone = "Z"] = /^(?:(\d{4,}-\d\d-\d\d))?(?:[T ]?(\d\d:\d\d(?::\d\d)?))?(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [, text];
  return `${date}T${time.length === 5 ? `${time}:00` : time}.${fraction.padEnd(6, "0")}${zone === "+00:00" ? "Z" : zone}`;
}

const shown = {
  any: () => "any",
  int: (value) => (Number.isNaN(Number(value)) ? String(value) : String(Math.trunc(Number(value)) || 0)),
  bool: (value) => String(value === true || Number(value) > 0 || value === "true"),
  temporal: (value) => moment(String(value)),
  date: (value) => moment(String(value)).slice(0, 10),
  str: String,
  auto: (value) => (/^\d{4}-\d\d-\d\d/.test(value) ? moment(value) : String(value)),
};

function cell(value, as = "auto") {
  if (as === "any") return "any";
  if (value === null) return "null";
  if (as.startsWith("round")) return Number.isNaN(Number(value)) ? String(value) : rounded(value, Number(as[5]));
  return shown[as](value);
}

const written = (rows, types = []) => rows.map((row) => row.map((value, at) => cell(value, types[at])).join(" | "));

function differentRows(wanted, got, { types_as, order_matters = true }, prefix) {
  if (prefix ? got.length < wanted.length : got.length !== wanted.length) return `expected ${wanted.length} rows, got ${got.length}`;
  const [a, b] = [written(wanted, types_as), written(got, types_as)];
  if (!prefix && !order_matters) for (const list of [a, b]) list.sort();
  const at = a.findIndex((line, i) => line !== b[i]);
  return at < 0 ? null : `row ${at}: expected ${a[at]} got ${b[at]}`;
}

function differentColumn(wanted, got, at) {
  for (const [key, value] of Object.entries(wanted)) if (JSON.stringify(got?.[key] ?? null) !== JSON.stringify(value)) return `column ${at}: ${key}: expected ${JSON.stringify(value)} got ${JSON.stringify(got?.[key] ?? null)}`;
  return null;
}

function differentColumns({ cols = [], last_column }, got, ids) {
  for (const [at, wanted] of cols.entries()) {
    const found = differentColumn(resolve(wanted, ids), got[at], at);
    if (found) return found;
  }
  return last_column && !Array.isArray(last_column) ? differentColumn(last_column, got.at(-1), got.length - 1) : null;
}

function difference(item, { status, json }, ids) {
  const { expect } = item;
  const failed = status >= 400 || json?.status === "failed";
  if (expect.http_status && status !== expect.http_status) return `the status is ${status}`;
  if (expect.error) return failed ? null : "an error was expected";
  if (failed || !json?.data) return `${status} ${json?.error ?? JSON.stringify(json)}`;
  const { rows, cols } = json.data;
  const other = item.expect_alt?.some((alt) => alt.rows && differentRows(alt.rows, rows, item) === null);
  return (
    differentColumns(expect, cols, ids) ??
    (expect.row_count !== undefined && rows.length !== expect.row_count ? `expected ${expect.row_count} rows, got ${rows.length}` : null) ??
    (Array.isArray(expect.last_column) ? differentRows(expect.last_column.map((value) => [value]), rows.map((row) => [row.at(-1)]), item, true) : null) ??
    (expect.rows_prefix ? differentRows(expect.rows_prefix, rows, item, true) : null) ??
    (expect.rows && !other ? differentRows(expect.rows, rows, item) : null)
  );
}

// ---------------------------------------------------------------------------------------------- main

const tally = { passed: 0, failed: 0 };

async function judge(api, engine, database, item) {
  const site = new Site(api, database);
  let why;
  try {
    await site.settings({ "start-of-week": "sunday", ...item.settings });
    await site.set(item.setup);
    why = difference(item, await site.ask(item), site.ids);
  } catch (error) {
    why = error.message;
  }
  await site.clear();
  if (why === null) tally.passed += 1;
  else {
    tally.failed += 1;
    console.log(`not ok ${engine} ${item.id}: ${why.slice(0, 500)}`);
  }
}

async function judgeAll(server, engine, where) {
  const session = await setUp(server);
  const api = (method, path, body) => call(server, method, path, { session, body });
  const quirks = new Set(lines(join(here, "quirks", engine)).map((line) => line.split(" ")[0]));
  const { lacks = [], unlike = [] } = engines[engine];
  const databases = new Map();
  await must(api, "PUT", "/api/setting/site-locale", { value: "en" });
  load(engine, where);
  for (const item of cases) {
    if (!item.id.includes(word) || quirks.has(item.id) || unlike.includes(item.id) || (!item.expect_alt && item.features?.some((feature) => lacks.includes(feature)))) continue;
    if (!databases.has(item.dataset)) databases.set(item.dataset, await connect(api, engine, where, item.dataset));
    await judge(api, engine, databases.get(item.dataset), item);
  }
}

async function withServer(engine, where) {
  const server = await startServer({ env: engines[engine].env });
  try {
    await judgeAll(server, engine, where ?? server.folder);
  } finally {
    await server.stop();
  }
}

/** 75: what it needs cannot be had here, and it says so. */
async function withEngine(engine) {
  const { script, isAbsent } = engines[engine];
  if (isAbsent) return console.log(`${engine}: its library is not here: left out`);
  if (!script) return withServer(engine);
  const folder = mkdtempSync(join(tmpdir(), "vigie-front-"));
  const server = (verb) => spawnSync(join(here, "../server", script), [verb, join(folder, "data")], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  chmodSync(folder, 0o755);
  const { status, stdout } = server("start");
  try {
    if (status !== 75) await withServer(engine, stdout.trim());
  } finally {
    server("stop");
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const engine of only.length > 0 ? only : Object.keys(engines)) await withEngine(engine);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed > 0 ? 1 : 0;
