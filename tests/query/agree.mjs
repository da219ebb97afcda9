// Random questions must have the same answer on every engine that is here:
//     node tests/query/agree.mjs RUNNER [HOW MANY] [SEED]
// The same seed asks the same questions. What differs is printed with the question.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [runner, many = "300", seed = "1"] = process.argv.slice(2);

// A small generator of numbers that is the same everywhere (mulberry32).
let state = Number(seed);
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const one = (list) => list[below(list.length)];
const chance = (p) => random() < p;
const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));

// Columns by table and kind; tables reached by a foreign key.
const TABLES = {
  orders: { number: ["subtotal", "tax", "total", "discount", "quantity"], text: [], moment: ["created_at"], day: [], to: { people: "user_id", products: "product_id" } },
  products: { number: ["price", "rating"], text: ["title", "category", "vendor", "ean"], moment: ["created_at"], day: [], to: {} },
  people: { number: ["latitude", "longitude"], text: ["name", "city", "state", "source", "email", "zip"], moment: ["created_at"], day: ["birth_date"], to: {} },
  reviews: { number: ["rating"], text: ["reviewer"], moment: ["created_at"], day: [], to: { products: "product_id" } },
  venues: { number: ["price", "latitude", "longitude"], text: ["name"], moment: [], day: [], to: { categories: "category_id" } },
  checkins: { number: [], text: [], moment: [], day: ["date"], to: { venues: "venue_id", users: "user_id" } },
  users: { number: [], text: ["name"], moment: ["last_login"], day: [], to: {} },
  categories: { number: [], text: ["name"], moment: [], day: [], to: {} },
};
const FEW = { orders: ["quantity"], products: ["category"], people: ["state", "source"], reviews: ["rating"], venues: ["price"] };
const TRUNCATED = ["day", "week", "month", "quarter", "year"];
const EXTRACTED = ["hour-of-day", "day-of-week", "day-of-month", "day-of-year", "month-of-year", "quarter-of-year", "week-of-year"];

class Asker {
  constructor(table) {
    this.table = table;
    this.joined = Object.keys(TABLES[table].to);
  }
  // A column of a kind, of the table or of one that a foreign key leads to; null when there is none.
  column(kinds, options = {}) {
    const places = [this.table, ...this.joined].flatMap((table) => kinds.flatMap((kind) => TABLES[table][kind].map((name) => [table, name])));
    if (places.length === 0) return null;
    const [table, name] = one(places);
    const all = table === this.table ? options : { ...options, "source-field": `$${this.table}.${TABLES[this.table].to[table]}` };
    return ["field", `$${table}.${name}`, Object.keys(all).length === 0 ? null : all];
  }
  number(depth) {
    const column = this.column(["number"]);
    if (depth === 0) return column !== null && chance(0.8) ? column : below(20) - 5;
    const n = () => this.number(depth - 1);
    const makers = [
      () => n(),
      () => [one(["+", "-", "*"]), n(), n()],
      () => ["/", n(), n()],
      () => ["abs", n()],
      () => [one(["floor", "ceil"]), ["+", ["*", n(), 2], 0.3]],
      () => ["sqrt", ["abs", n()]],
      () => ["power", n(), 2],
      () => ["coalesce", n(), below(9)],
      () => ["case", [[this.condition(depth - 1), n()]], { default: n() }],
      () => ["length", this.text(depth - 1)],
      () => ["round", ["+", n(), 0.01]],
      () => ["integer", one([n(), "42"])],
      () => ["float", one(["3.5", "-0.25"])],
      () => ["exp", ["/", n(), 1000]],
      () => ["log", ["+", ["abs", n()], 1]],
      () => [one(["get-year", "get-month", "get-quarter", "get-day", "get-hour"]), this.moment(depth - 1)],
      () => ["get-day-of-week", this.moment(depth - 1), "iso"],
      () => ["datetime-diff", this.moment(0), this.moment(0), one(["day", "week", "month", "quarter", "year"])],
    ];
    return one(makers)();
  }
  text(depth) {
    const column = this.column(["text"]);
    if (depth === 0) return column ?? one(["Été", "a'b", "x_y%", "Zoë"]);
    const t = () => this.text(depth - 1);
    const makers = [
      () => t(),
      () => ["concat", t(), one([" ", "-", "é", "'"]), t()],
      () => [one(["upper", "lower", "trim", "ltrim", "rtrim"]), t()],
      () => ["substring", t(), 1 + below(4), 1 + below(5)],
      () => ["replace", t(), one(["a", "o", "er"]), one(["", "€", "'"])],
      () => ["coalesce", t(), "none"],
      () => ["case", [[this.condition(depth - 1), t()]], { default: one(["no", ""]) }],
      () => ["month-name", ["get-month", this.moment(0)]],
      () => ["quarter-name", ["get-quarter", this.moment(0)]],
      () => ["day-name", ["get-day-of-week", this.moment(0), "iso"]],
      () => ["split-part", t(), one([" ", "a", "-"]), 1 + below(3)],
      () => ["text", one([["length", t()], ["get-year", this.moment(0)]])],
      () => ["regex-match-first", t(), one(["[A-Z][a-z]+", "[0-9]+", "(o.)"])],
    ];
    return one(makers)();
  }
  moment(depth) {
    const column = this.column(["moment", "day"]);
    if (column === null) return ["absolute-datetime", "2024-02-29T10:20:30"];
    if (depth === 0) return column;
    return one([() => column, () => ["date", column], () => [one(["datetime-add", "datetime-subtract"]), column, 1 + below(40), one(["day", "week", "month", "year", "quarter"])]])();
  }
  condition(depth) {
    const c = () => this.condition(Math.max(0, depth - 1));
    const text = this.column(["text"]);
    const number = this.column(["number"]);
    const moment = this.column(["moment", "day"]);
    const makers = [];
    if (number !== null)
      makers.push(
        () => [one(["<", ">", "<=", ">="]), number, below(60)],
        () => [one(["=", "!="]), number, ...times(1 + below(3), () => below(6))],
        () => ["between", number, below(20), 20 + below(60)],
        () => [one(["is-null", "not-null"]), number],
      );
    if (text !== null)
      makers.push(
        () => [one(["starts-with", "ends-with", "contains", "does-not-contain"]), text, one(["a", "A", "Er", "'", "%", "é"]), { "case-sensitive": chance(0.5) }],
        () => [one(["=", "!="]), text, ...times(1 + below(2), () => one(["Gizmo", "Widget", "Google", "TX", "Facebook"]))],
        () => [one(["is-empty", "not-empty", "is-null", "not-null"]), text],
      );
    if (moment !== null)
      makers.push(
        () => [one(["<", ">", "=", "!=", "<=", ">="]), moment, one(["2018-05-01", "2019-02-28", "2020-01-15"])],
        () => ["between", moment, "2017-06-01", one(["2018-12-31", "2019-07-07"])],
        () => ["=", [moment[0], moment[1], { ...moment[2], "temporal-unit": one(["month", "year", "quarter", "week"]) }], one(["2018-01-01", "2019-04-01"])],
        () => ["=", ["get-month", moment], 1 + below(12)],
      );
    if (makers.length === 0) return ["not-null", ["field", `$${this.table}.id`, null]];
    if (depth > 0) makers.push(() => ["and", c(), c()], () => ["or", c(), c()], () => ["not", c()], () => [one(["<", ">"]), this.number(depth - 1), below(30)]);
    return one(makers)();
  }
  aggregation() {
    const number = () => this.number(chance(0.3) ? 1 : 0);
    return one([
      () => ["count"],
      () => [one(["sum", "avg", "min", "max"]), number()],
      () => ["distinct", this.column(["text", "number"]) ?? ["field", `$${this.table}.id`, null]],
      () => ["count-where", this.condition(0)],
      () => ["sum-where", number(), this.condition(0)],
      () => ["share", this.condition(0)],
      () => ["stddev", number()],
      () => ["median", this.column(["number"]) ?? ["field", `$${this.table}.id`, null]],
      () => ["+", ["count"], ["sum", number()]],
      () => ["/", ["sum", number()], ["count"]],
    ])();
  }
  breakout() {
    const moment = this.column(["moment", "day"]);
    const makers = [];
    const few = [this.table, ...this.joined].filter((table) => FEW[table]);
    if (few.length > 0)
      makers.push(() => {
        const table = one(few);
        return ["field", `$${table}.${one(FEW[table])}`, table === this.table ? null : { "source-field": `$${this.table}.${TABLES[this.table].to[table]}` }];
      });
    if (moment !== null) {
      const isDay = TABLES[moment[1].slice(1).split(".")[0]].day.includes(moment[1].split(".")[1]);
      makers.push(() => [moment[0], moment[1], { ...moment[2], "temporal-unit": one(isDay || chance(0.6) ? [...TRUNCATED, ...EXTRACTED.slice(1)] : EXTRACTED) }]);
    }
    if (TABLES[this.table].number.includes("total")) makers.push(() => ["field", "$orders.total", { binning: { strategy: "bin-width", "bin-width": 25 } }]);
    return makers.length === 0 ? null : one(makers)();
  }
}

function grouped(asker) {
  const breakout = times(below(3), () => asker.breakout()).filter((item) => item !== null);
  const distinct = breakout.filter((item, i) => breakout.findIndex((other) => other[1] === item[1]) === i);
  const query = { "source-table": `$$${asker.table}`, aggregation: times(1 + below(2), () => asker.aggregation()) };
  if (distinct.length > 0) query.breakout = distinct;
  if (distinct.length === 1 && chance(0.15)) query.aggregation = [one([["cum-count"], ["cum-sum", asker.number(0)], ["offset", { name: "before", "display-name": "Before" }, ["count"], -1]])];
  if (chance(0.6)) query.filter = asker.condition(2);
  return query;
}

function plain(asker) {
  const expressions = Object.fromEntries(times(1 + below(2), (i) => [`e${i}`, one([() => asker.number(2), () => asker.text(2), () => asker.moment(1)])()]));
  const id = ["field", `$${asker.table}.id`, null];
  const query = { "source-table": `$$${asker.table}`, expressions, fields: [id, ...Object.keys(expressions).map((name) => ["expression", name])], "order-by": [["asc", id]], limit: 40 };
  if (chance(0.7)) query.filter = asker.condition(2);
  return query;
}

function joined() {
  const [table, other, key] = one([["orders", "products", "product_id"], ["orders", "people", "user_id"], ["checkins", "venues", "venue_id"], ["reviews", "products", "product_id"]]);
  const asker = new Asker(table);
  asker.joined = [];
  const far = (name) => ["field", `$${other}.${name}`, { "join-alias": "J" }];
  const join = { "source-table": `$$${other}`, alias: "J", strategy: one(["left-join", "inner-join"]), condition: ["=", ["field", `$${table}.${key}`, null], far("id")] };
  const name = one([...TABLES[other].text, ...TABLES[other].number]);
  const query = { "source-table": `$$${table}`, joins: [join], aggregation: [["count"], ["distinct", far(name)]], breakout: [far(one(FEW[other]))] };
  if (chance(0.5)) query.filter = asker.condition(1);
  return query;
}

function nested(inner) {
  const outer = { "source-query": inner };
  if (inner.aggregation) outer.filter = [">", ["field", "count", { "base-type": "type/Integer" }], below(30)];
  return inner.aggregation?.[0]?.[0] === "count" && !inner["order-by"] ? outer : inner;
}

function question() {
  if (chance(0.15)) return joined();
  const asker = new Asker(one(["orders", "orders", "orders", "products", "people", "people", "reviews", "venues", "checkins", "users"]));
  const query = chance(0.5) ? grouped(asker) : plain(asker);
  return chance(0.2) ? nested(query) : query;
}

// ---------------------------------------------------------------------------------------- comparing

const settings = () => ({
  ...(chance(0.3) ? { "start-of-week": one(["monday", "sunday", "saturday"]) } : {}),
  ...(chance(0.3) ? { "report-timezone": one(["UTC", "Europe/Paris", "America/Los_Angeles", "Asia/Kolkata"]) } : {}),
});

// Moments with an offset are told by the clock of the zone that the question asks for, as those without are.
function atClock(moment, zone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(new Date(moment));
}

function plainCell(text, zone) {
  if (text === null) return null;
  if (/^(true|false)$/.test(text)) return text === "true" ? 1 : 0;
  if (/^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return Number(text);
  const moment = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/.exec(text);
  if (moment === null) return text;
  if (moment[3] && moment[2]) return atClock(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"), zone);
  return `${moment[1]} ${moment[2] ?? "00:00:00"}`;
}

const same = (a, b) => a === b || (typeof a === "number" && typeof b === "number" && Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b)));
const order = (a, b) => JSON.stringify(a.map((cell) => (typeof cell === "number" ? cell.toPrecision(5) : cell))).localeCompare(JSON.stringify(b.map((cell) => (typeof cell === "number" ? cell.toPrecision(5) : cell))));

function difference(a, b, zone) {
  if (/cannot do this/.test(a.error ?? b.error)) return null;
  if (a.error !== undefined || b.error !== undefined) return a.error === b.error || (a.error && b.error) ? null : `${a.error ?? "rows"} / ${b.error ?? "rows"}`;
  if (a.rows.length !== b.rows.length) return `${a.rows.length} rows / ${b.rows.length} rows`;
  const sorted = [a.rows, b.rows].map((rows) => rows.map((row) => row.map((cell) => plainCell(cell, zone))).sort(order));
  for (let i = 0; i < sorted[0].length; i++)
    for (let k = 0; k < sorted[0][i].length; k++) if (!same(sorted[0][i][k], sorted[1][i][k])) return `row ${i}: ${JSON.stringify(sorted[0][i])} / ${JSON.stringify(sorted[1][i])}`;
  return null;
}

// --------------------------------------------------------------------------------------------- main

const cases = times(Number(many), (i) => ({ id: `agree/${i}`, dataset: "test-data", settings: settings(), query: { type: "query", query: question() }, expect: {} }));
const work = mkdtempSync(join(tmpdir(), "vigie-agree-"));
const file = join(work, "questions.jsonl");
writeFileSync(file, cases.map((item) => `${JSON.stringify(item)}\n`).join(""));
const output = execFileSync(join(here, "run"), [runner, `@${file}`], { encoding: "utf8", maxBuffer: 1 << 30 });
rmSync(work, { recursive: true });

const engines = new Map();
let answers = new Map();
for (const line of output.split("\n")) {
  if (line.startsWith('{"id":')) {
    const answer = JSON.parse(line);
    answers.set(answer.id, answer);
  }
  const ends = /^([a-z]+): \d+ quirks/.exec(line);
  if (ends && answers.size > 0) engines.set(ends[1], answers);
  if (ends) answers = new Map();
}
// SQLite has no zones: it is not asked about clocks elsewhere.
const first = engines.has("postgres") ? "postgres" : [...engines.keys()][0];
const others = [...engines.keys()].filter((name) => name !== first);
let compared = 0;
let failed = 0;
for (const item of cases) {
  const zone = item.settings["report-timezone"] ?? "UTC";
  for (const other of others) {
    if (other === "sqlite" && zone !== "UTC") continue;
    const found = difference(engines.get(first).get(item.id), engines.get(other).get(item.id), zone);
    compared++;
    if (found === null) continue;
    failed++;
    console.log(`not ok ${item.id} ${first} / ${other}: ${found.slice(0, 600)}\n   ${JSON.stringify({ settings: item.settings, ...item.query })}`);
  }
}
const refused = cases.filter((item) => engines.get(first).get(item.id).error !== undefined).length;
console.log(`seed ${seed}: ${cases.length} questions on ${[...engines.keys()].join(", ")}; ${refused} refused by all`);
console.log(`${compared - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
