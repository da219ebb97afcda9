// Groups of few rows in what is published: no answer of any format shows one, and none follows from
// the others.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { call, setUp, startServer } from "./server.mjs";

// The same questions at each run: a failure can be repeated.
function dice(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

// A worksheet as lists of texts.
const READ_SHEET = `
import sys, zipfile, re, json
sheet = zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet1.xml").decode()
cells = lambda row: [re.sub("<[^>]*>", "", two) for one, two in re.findall(r"<c[^>]*?(?:(/>)|>(.*?)</c>)", row, re.S)]
print(json.dumps([cells(row) for row in re.findall(r"<row[^>]*>(.*?)</row>", sheet, re.S)]))`;

async function sample(run) {
  const server = await startServer();
  try {
    const session = await setUp(server);
    const api = (method, path, body) => call(server, method, path, { session, body });
    const open = (path, headers) => call(server, "GET", path, { headers });
    const tables = (await api("GET", "/api/database/1/metadata")).json.tables;
    const table = (name) => tables.find((one) => one.name === name).id;
    const field = (name, column) => tables.find((one) => one.name === name).fields.find((one) => one.name === column).id;
    const save = async (name, query, more = {}) => (await api("POST", "/api/card", { name, display: "table", visualization_settings: {}, dataset_query: { database: 1, type: query.query === undefined ? "query" : "native", [query.query === undefined ? "query" : "native"]: query }, ...more })).json;
    const publish = async (cards) => {
      const made = (await api("POST", "/api/dashboard", { name: "Petits effectifs" })).json;
      const dashcards = cards.map((card, i) => ({ id: -1 - i, card_id: card.id, row: i, col: 0, size_x: 12, size_y: 1 }));
      const put = await api("PUT", `/api/dashboard/${made.id}`, { dashcards });
      assert.equal(put.status, 200, put.text);
      return { id: made.id, dashcards: put.json.dashcards, uuid: (await api("POST", `/api/dashboard/${made.id}/public_link`)).json.uuid };
    };
    const protect = async (model, id, small_cells) => {
      const answer = await api("PUT", `/api/vigie/share/${model}/${id}`, { small_cells });
      assert.equal(answer.status, 200, answer.text);
    };
    await run({ server, api, open, table, field, save, publish, protect });
  } finally {
    await server.stop();
  }
}

const count = (list, test) => list.filter(test).length;
const last = (list) => list[list.length - 1];

// Rows as [keys text, measures], by the number of keys.
const split = (rows, keys) => rows.map((row) => [row.slice(0, keys).map((cell) => cell ?? "").join("|"), row.slice(keys)]);

// What must hold of any rows, with what each group truly counts.
function check(rows, { keys, truth, below, merges, words }) {
  const shown = split(rows, keys);
  const blank = (cells) => cells.every((cell) => cell === null || cell === "");
  let hidden = 0;
  let hiddenRows = 0;
  for (const [key, cells] of shown) {
    if (!truth.has(key)) {
      assert.ok(merges && key.split("|").every((part) => part === "Other" || part === "Autres"), `${words}: there is no group ${key}`);
      continue;
    }
    const rowsOf = truth.get(key);
    if (rowsOf < below) assert.ok(blank(cells), `${words}: ${key} counts ${rowsOf} and shows ${JSON.stringify(cells)}`);
    if (!blank(cells)) continue;
    hidden += 1;
    hiddenRows += rowsOf;
  }
  for (const [key, rowsOf] of truth)
    if (!shown.some(([one]) => one === key)) {
      hidden += 1;
      hiddenRows += rowsOf;
    }
  const all = [...truth.values()];
  if (all.some((one) => one < below) && hidden < all.length) assert.ok(hidden > 1 && hiddenRows >= below, `${words}: ${hidden} groups of ${hiddenRows} rows are withheld`);
  if (!all.some((one) => one < below)) assert.equal(hidden, 0, `${words}: nothing had to be withheld`);
  return hidden;
}

const csvRows = (text) => text.trim().split("\n").slice(1).map((line) => line.split(","));

export const tests = {
  "no random question shows a group of few rows, in any form": async () => {
    await sample(async ({ server, api, open, table, field, save, publish, protect }) => {
      const roll = dice(2027);
      const pick = (list) => list[roll(list.length)];
      const person = { "source-field": field("ORDERS", "USER_ID") };
      const product = { "source-field": field("ORDERS", "PRODUCT_ID") };
      const keys = {
        state: ["field", field("PEOPLE", "STATE"), person],
        source: ["field", field("PEOPLE", "SOURCE"), person],
        category: ["field", field("PRODUCTS", "CATEGORY"), product],
        vendor: ["field", field("PRODUCTS", "VENDOR"), product],
        month: ["field", field("ORDERS", "CREATED_AT"), { "temporal-unit": "month" }],
        quantity: ["field", field("ORDERS", "QUANTITY"), null],
      };
      const total = ["field", field("ORDERS", "TOTAL"), null];
      const measures = [["count"], ["sum", total], ["avg", total], ["distinct", ["field", field("ORDERS", "USER_ID"), null]], ["/", ["sum", total], ["count"]]];
      const filters = [undefined, ["<", ["field", field("ORDERS", "ID"), null], 900], [">", total, 120]];
      const questions = [];
      for (let i = 0; i < 14; i += 1) {
        const names = Object.keys(keys).filter(() => roll(3) === 0);
        const sums = i % 3 === 0;
        const texts = [["state"], ["vendor"], ["state", "source"]];
        const breakout = (sums ? pick(texts) : names.length === 0 ? ["state"] : names.slice(0, 2)).map((name) => keys[name]);
        const aggregation = sums ? [["count"], ["sum", total]] : [pick(measures), pick(measures)];
        const query = { "source-table": table("ORDERS"), breakout, aggregation, filter: pick(filters) };
        if (roll(2) === 0) query["order-by"] = [["desc", ["aggregation", 0]]];
        questions.push({ query, card: await save(`Question ${i}`, query) });
      }
      const { id, uuid, dashcards } = await publish(questions.map(({ card }) => card));
      let withheld = 0;
      let merged = 0;
      for (const [below, how] of [[5, "withhold"], [40, "merge"], [300, "withhold"]]) {
        await protect("dashboard", id, { below, how });
        const lines = new Map((await open(`/api/public/dashboard/${uuid}/cards`)).text.trim().split("\n").map((line) => JSON.parse(line)).map((one) => [one.card_id, one.result]));
        for (const { query, card } of questions) {
          const words = `${JSON.stringify(query)} below ${below}, ${how}`;
          const plain = (await api("POST", "/api/dataset", { database: 1, type: "query", query: { ...query, "order-by": undefined, aggregation: [["count"]] } })).json.data.rows;
          const keyCount = query.breakout.length;
          const truth = new Map(plain.map((row) => [row.slice(0, keyCount).map((cell) => cell ?? "").join("|"), last(row)]));
          const about = { keys: keyCount, truth, below, merges: how === "merge", words };
          const path = `/api/public/dashboard/${uuid}/dashcard/${dashcards.find((one) => one.card_id === card.id).id}/card/${card.id}`;
          const answer = (await open(path)).json;
          assert.equal(answer.status, "completed", words);
          const { rows, cols, small_cells: small } = answer.data;
          assert.equal(cols.length, keyCount + query.aggregation.length, words);
          assert.ok(rows.every((row) => row.length === cols.length), words);
          const hidden = check(rows, about);
          assert.equal(small.below, below);
          assert.equal(small.withheld_rows.length + small.left_out, hidden, words);
          for (const at of small.withheld_rows) assert.ok(rows[at].slice(keyCount).every((cell) => cell === null), words);
          if (small.merged_row !== null) {
            const missing = [...truth].filter(([key]) => !split(rows, keyCount).some(([one]) => one === key));
            const at = query.aggregation.findIndex(([kind]) => kind === "count");
            if (at >= 0) assert.equal(rows[small.merged_row][keyCount + at], missing.reduce((sum, [, one]) => sum + one, 0), words);
            merged += 1;
          }
          withheld += hidden;
          assert.deepEqual(lines.get(card.id).data.rows, rows, words);
          // Dates are written otherwise in files: what counts there is what the row shows.
          const months = query.breakout.includes(keys.month);
          const csv = csvRows((await open(`${path}/csv`)).text);
          assert.equal(csv.length, rows.length, words);
          const sheet = join(server.folder, "rows.xlsx");
          writeFileSync(sheet, Buffer.from(await (await fetch(`${server.base}${path}/xlsx`)).arrayBuffer()));
          const cells = JSON.parse(execFileSync("python3", ["-c", READ_SHEET, sheet])).slice(1);
          const objects = (await open(`${path}/json`)).json;
          assert.deepEqual([cells.length, objects.length], [rows.length, rows.length], words);
          for (const at of small.withheld_rows) {
            assert.equal(count(csv[at].slice(keyCount), (cell) => cell !== ""), 0, words);
            assert.equal(count(cells[at].slice(keyCount), (cell) => cell !== ""), 0, words);
            assert.equal(count(Object.values(objects[at]).slice(keyCount), (cell) => cell !== null && cell !== ""), 0, words);
          }
          if (!months) check(csv, about);
        }
      }
      assert.ok(withheld > 100 && merged > 0, `the questions had small groups: ${withheld} withheld, ${merged} merged`);
      // Who logs in reads all of it.
      const whole = (await api("POST", `/api/card/${questions[0].card.id}/query`, {})).json.data;
      assert.ok(whole.small_cells === undefined && whole.rows.every((row) => !row.includes(null)));
    });
  },

  "totals of a pivot table do not give away what is withheld in it": async () => {
    await sample(async ({ open, table, field, save, publish, protect }) => {
      const person = { "source-field": field("ORDERS", "USER_ID") };
      const breakout = [["field", field("PEOPLE", "STATE"), person], ["field", field("ORDERS", "QUANTITY"), null]];
      const card = await save("Croisé", { "source-table": table("ORDERS"), breakout, aggregation: [["count"]] }, { display: "pivot" });
      const { id, uuid, dashcards } = await publish([card]);
      const path = `/api/public/pivot/dashboard/${uuid}/dashcard/${dashcards[0].id}/card/${card.id}`;
      const before = (await open(path)).json.data;
      const part = before.cols.findIndex((one) => one.name === "pivot-grouping");
      await protect("dashboard", id, { below: 11, how: "merge" });
      const after = (await open(path)).json.data;
      assert.equal(after.rows.length, before.rows.length);
      assert.ok(before.rows.some((row) => row[part] === 0 && last(row) < 11));
      for (const row of after.rows.filter((one) => one[part] !== 0)) assert.equal(last(row), null);
      for (const row of after.rows.filter((one) => last(one) !== null)) assert.ok(last(row) >= 11);
      for (const key of [0, 1])
        for (const value of new Set(after.rows.filter((one) => one[part] === 0).map((one) => one[key]))) {
          const line = after.rows.filter((one) => one[part] === 0 && one[key] === value);
          assert.notEqual(line.length > 1 ? count(line, (one) => last(one) === null) : 0, 1, `${value} has one withheld cell only`);
        }
    });
  },

  "what cannot be counted is not shown, and the number of a page neither": async () => {
    await sample(async ({ server, api, open, table, field, save, publish, protect }) => {
      const orders = table("ORDERS");
      const quantity = ["field", field("ORDERS", "QUANTITY"), null];
      const grouped = { "source-table": orders, breakout: [quantity], aggregation: [["count"]] };
      const tens = ["<", ["field", field("ORDERS", "ID"), null], 4];
      const cards = {
        rows: await save("Lignes", { "source-table": table("PEOPLE"), limit: 5 }),
        groups: await save("Groupes de groupes", { "source-query": grouped, aggregation: [["avg", ["field", "count", { "base-type": "type/Integer" }]]] }),
        part: await save("En partie", { ...grouped, aggregation: [["count-where", tens]] }),
        case: await save("Cas", { ...grouped, expressions: { few: ["case", [[tens, 1]], { default: 0 }] }, aggregation: [["sum", ["expression", "few"]]] }),
        along: await save("Cumul", { ...grouped, aggregation: [["cum-count"]] }),
        sql: await save("SQL", { query: "select plan, count(*) as n, max(id) as top from accounts group by plan union all select 'rare', 3, 7 union all select 'seul', 9, 8" }),
        number: await save("Combien de commandes", { "source-table": orders, aggregation: [["count"]], filter: tens }, { display: "scalar" }),
        names: await save("Noms", { "source-table": table("PEOPLE"), breakout: [["field", field("PEOPLE", "NAME"), null]] }),
      };
      const { id, uuid, dashcards } = await publish(Object.values(cards));
      const path = (card) => `/api/public/dashboard/${uuid}/dashcard/${dashcards.find((one) => one.card_id === card.id).id}/card/${card.id}`;
      const page = async () => (await open(`/public/dashboard/${uuid}`, { accept: "text/html" })).text;
      assert.match(await page(), /printed-number">3</);
      await protect("dashboard", id, { below: 5 });
      const why = { rows: "rows", groups: "groups", part: "part", case: "part", along: "part", sql: "sql" };
      for (const [name, word] of Object.entries(why)) {
        const { data, status } = (await open(path(cards[name]))).json;
        assert.deepEqual([status, data.rows, data.small_cells.unknown], ["completed", [], word], name);
        assert.equal((await open(`${path(cards[name])}/csv`)).text.trim().split("\n").length, 1, name);
      }
      const number = await open(path(cards.number));
      assert.deepEqual(number.json.data.rows, [[null]]);
      const printed = await page();
      assert.match(printed, /printed-number">(Masqué|Withheld)</);
      assert.doesNotMatch(printed, /printed-number">3</);
      const names = (await open(path(cards.names))).json.data;
      assert.ok(names.small_cells.left_out > 1000 && names.rows.length < 100, JSON.stringify(names.small_cells));
      // The owner says which column of the SQL counts.
      await protect("dashboard", id, { below: 5, count_columns: { [cards.sql.id]: "n" } });
      const sql = (await open(path(cards.sql))).json.data;
      assert.deepEqual(sql.rows.find((row) => row[0] === "rare"), ["rare", null, null]);
      assert.deepEqual(sql.rows.find((row) => row[0] === "seul"), ["seul", null, null]);
      assert.ok(sql.rows.some((row) => row[1] > 5));
      await protect("dashboard", id, { below: 5, count_columns: { [cards.sql.id]: "nowhere" } });
      assert.equal((await open(path(cards.sql))).json.data.small_cells.unknown, "sql");
      // A question that asks for more keeps it on the dashboard of another.
      await protect("dashboard", id, null);
      assert.deepEqual((await open(path(cards.number))).json.data.rows, [[3]]);
      await protect("card", cards.number.id, { below: 4 });
      assert.deepEqual((await open(path(cards.number))).json.data.rows, [[null]]);
      const alone = (await api("POST", `/api/card/${cards.number.id}/public_link`)).json.uuid;
      assert.deepEqual((await open(`/api/public/card/${alone}/query`)).json.data.rows, [[null]]);
      const list = (await api("GET", "/api/vigie/share")).json;
      assert.deepEqual(list.find((one) => one.model === "card" && one.id === cards.number.id).small_cells, { below: 4, how: "withhold", count_columns: {} });
      for (const wrong of [{ below: 1 }, { below: "5" }, { below: 5, how: "round" }, { below: 5, count_columns: { a: "n" } }, { below: 5, count_columns: { 1: 2 } }, 5])
        assert.equal((await api("PUT", `/api/vigie/share/card/${cards.number.id}`, { small_cells: wrong })).status, 400, JSON.stringify(wrong));
      assert.ok(server.base);
    });
  },
};
