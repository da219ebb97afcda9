// The public plane under mutated requests: every public and embed route of a live server, thousands
// of times. Nothing but documented refusals, and never a word of what is behind.
//
//     node tests/api/run.mjs fuzz 20000        so many requests; 3000 otherwise
//     VIGIE_FUZZ_SEED=7 ...                    others than usual
//
// A request follows from the seed and its number alone: a failure names both.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { rmSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { call, setUp, startServer } from "./server.mjs";

const SEED = Number(process.env.VIGIE_FUZZ_SEED ?? 2028);
const REQUESTS = Number(process.argv[3] ?? 3000);
const SECRET = "5c1a6b7d8e9f00112233445566778899aabbccddeeff00112233445566778899";
const PASSWORD = "une phrase de passe";
const AT_ONCE = 8;
const PATIENCE = 20_000;

// ------------------------------------------------------------------------------------ chance

function dice(seed) {
  let state = (seed >>> 0) || 1;
  const next = () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  for (let i = 0; i < 8; i += 1) next();
  const roll = (below) => next() % below;
  roll.pick = (list) => list[roll(list.length)];
  return roll;
}

const base64 = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

function sign(payload, head = { alg: "HS256", typ: "JWT" }, secret = SECRET) {
  const body = `${base64(head)}.${base64(payload)}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

// ------------------------------------------------------------------------------------ what is there

// Words of the tables, of the question texts, of the people and of the place: of none of them is
// anything published. Requests hold none of them either, so that an echo is no leak.
const FORBIDDEN = [
  /\bselect\b/i, /\bfrom (accounts|people|orders|vault)\b/i, /\bACCOUNTS\b/, /\bPEOPLE\b/, /\bORDERS\b/, /vault/i, /hidden_column/i,
  /LEGACY_PLAN/, /PASSWORD_HASH/i, /admin@example\.org/, /sqlite/i, /no such (table|column)/i, /syntax error/i, /stacktrace|stack_trace/,
  /\/(src|tmp|home|work|var)\//, /\.c:\d+/, /0x[0-9a-f]{8}/, /AddressSanitizer|runtime error/, /"(database_id|table_id|creator_id|collection_id|json_query|native_form|result_metadata)"/,
  /source-table|"dimension"/, new RegExp(SECRET), new RegExp(PASSWORD),
];

async function world() {
  const server = await startServer({ env: { VIGIE_LOG_LEVEL: "error" } });
  const session = await setUp(server);
  const api = async (method, path, body) => {
    const answer = await call(server, method, path, { session, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  };
  const vault = join(server.folder, "vault.db");
  execFileSync("python3", ["-c", "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('create table vault (hidden_column text)'); d.commit()", vault]);
  const away = (await api("POST", "/api/database", { name: "Ailleurs", engine: "sqlite", details: { db: "vault.db" } })).id;
  rmSync(vault); // before anything of it is asked: what was answered once may be shown again
  await api("PUT", "/api/setting/embedding-secret-key", { value: SECRET });
  await api("PUT", "/api/setting/enable-embedding-static", { value: true });
  const { tables } = await api("GET", "/api/database/1/metadata");
  const field = (table, name) => tables.find((one) => one.name === table).fields.find((one) => one.name === name).id;
  const source = ["field", field("PEOPLE", "SOURCE"), { "source-field": field("ORDERS", "USER_ID") }];
  const save = (name, dataset_query, more = {}) => api("POST", "/api/card", { name, display: "table", visualization_settings: {}, dataset_query: { database: 1, ...dataset_query }, ...more });
  const tags = { plan: { id: "t1", name: "plan", "display-name": "Plan", type: "text" }, most: { id: "t2", name: "most", "display-name": "Most", type: "number" } };
  const cards = [
    await save("Par source", { type: "query", query: { "source-table": tables.find((one) => one.name === "ORDERS").id, aggregation: [["count"]], breakout: [source] } }),
    await save("Formules", { type: "native", native: { query: "select plan as formule, count(*) as n from accounts where 1 = 1 [[and plan = {{plan}}]] [[and id < {{most}}]] group by plan", "template-tags": tags } }),
    await save("Fausse", { type: "native", native: { query: "select hidden_column from vault_of_none" } }),
    await save("Ailleurs", { database: away, type: "native", native: { query: "select hidden_column from vault" } }),
    await save("Croisée", { type: "query", query: { "source-table": tables.find((one) => one.name === "ORDERS").id, aggregation: [["count"]], breakout: [source, ["field", field("ORDERS", "QUANTITY"), null]] } }, { display: "pivot" }),
  ];
  const parameters = [{ id: "p1", name: "Source", slug: "source", type: "string/=" }, { id: "p2", name: "Formule", slug: "formule", type: "category" }, { id: "p3", name: "Rien", slug: "rien", type: "category" }];
  const dashboard = async () => {
    const { id } = await api("POST", "/api/dashboard", { name: "Tableau", parameters });
    const mappings = [[{ parameter_id: "p1", card_id: cards[0].id, target: ["dimension", source] }], [{ parameter_id: "p2", card_id: cards[1].id, target: ["variable", ["template-tag", "plan"]] }]];
    return api("PUT", `/api/dashboard/${id}`, { dashcards: cards.map((card, i) => ({ id: -1 - i, card_id: card.id, row: i, col: 0, size_x: 6, size_y: 1, parameter_mappings: mappings[i] ?? [] })) });
  };
  const boards = [await dashboard(), await dashboard()];
  const uuids = { card: [], dashboard: [] };
  for (const card of cards) uuids.card.push((await api("POST", `/api/card/${card.id}/public_link`)).uuid);
  for (const board of boards) uuids.dashboard.push((await api("POST", `/api/dashboard/${board.id}/public_link`)).uuid);
  for (const card of cards) await api("PUT", `/api/card/${card.id}`, { enable_embedding: true, embedding_params: { plan: "enabled", most: "locked" } });
  await api("PUT", `/api/dashboard/${boards[0].id}`, { enable_embedding: true, embedding_params: { source: "enabled", formule: "locked" } });
  await api("PUT", `/api/vigie/share/dashboard/${boards[1].id}`, { password: PASSWORD, small_cells: { below: 5, how: "merge" } });
  const plans = new Set((await api("POST", `/api/card/${cards[1].id}/query`, {})).data.rows.map((row) => row[0]));
  return { server, cards, boards, uuids, plans };
}

// ------------------------------------------------------------------------------------ requests

const ODD_TEXTS = [
  "", " ", "0", "-1", "1e309", "99999999999999999999", "null", "true", "[]", "{}", "' or 1=1 --", "\" or \"\"=\"", "x'); drop table x; --", "{{plan}}", "[[and 1=1]]", "${7*7}", "%", "_", "\\",
  "../../etc/passwd", "..%2f..%2f", "%00", "%c0%ae%c0%ae/", "%ff%fe", "é", "\u202e", "🦉", "A".repeat(300), "A".repeat(5000), "text\r\nX-Odd: 1", "<script>x</script>", "\u0000",
];
const ODD_HEADERS = [
  ["Accept-Encoding", "gzip"], ["Accept-Encoding", "gzip;q=0, identity;q=0, *;q=0"], ["Accept-Encoding", ",,,;;"], ["Range", "bytes=0-5"], ["Range", "bytes=-99999999999"],
  ["If-None-Match", "*"], ["If-None-Match", "\"x\", W/\"y\""], ["If-Modified-Since", "yesterday"], ["Host", "evil.example"], ["Host", ""], ["X-Forwarded-For", "127.0.0.1, ::1"], ["X-Forwarded-Proto", "javascript"],
  ["X-Forwarded-Host", "evil.example"], ["Authorization", "Basic"], ["Authorization", "Basic !!!!"], ["Authorization", "Basic eDp5"], ["Authorization", "Bearer x"], ["Cookie", "metabase.SESSION=x; a=b; ;;"],
  ["X-Metabase-Session", "00000000-0000-4000-8000-000000000000"], ["X-API-Key", "mb_x"], ["Accept", "text/html"], ["Accept", "application/xml"], ["Accept-Language", "zz-ZZ;q=9"], ["Referer", "https://a\"><b"],
  ["Sec-Fetch-Dest", "iframe"], ["Expect", "100-continue"], ["Expect", "nothing"], ["Content-Type", "text/plain"], ["Content-Type", "application/x-www-form-urlencoded"], ["Content-Type", "application/json; charset=utf-7"],
  ["Transfer-Encoding", "chunked"], ["Transfer-Encoding", "gzip, chunked"], ["Content-Length", "-1"], ["Content-Length", "5"], ["Connection", "Upgrade"], ["Upgrade", "h2c"], ["X-Long", "y".repeat(9000)], [" Odd", "1"], ["Odd\tName", "1"],
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "G\u0001T", "PROPFIND"];

function oddValue(roll, depth = 0) {
  const kind = roll(depth > 3 ? 5 : 8);
  if (kind === 0) return null;
  if (kind === 1) return roll(2) === 0;
  if (kind === 2) return roll.pick([0, -1, 1.5, 1e300, 9007199254740993, -9223372036854775808, 2 ** 63]);
  if (kind < 5) return roll.pick(ODD_TEXTS);
  if (kind === 5) return Array.from({ length: roll(5) }, () => oddValue(roll, depth + 1));
  const keys = ["id", "slug", "value", "target", "type", "options", "$ne", "toString", "__proto__", "plan"];
  return Object.fromEntries(Array.from({ length: roll(4) }, () => [roll.pick(keys), oddValue(roll, depth + 1)]));
}

function parametersOf(roll) {
  const one = () => ({ id: roll.pick(["p1", "p2", "p3", "t1", "t2", "x", 5]), ...(roll(4) === 0 ? { target: oddValue(roll), type: roll.pick(ODD_TEXTS) } : {}), value: roll(3) === 0 ? roll.pick(["Google", ["Basic"], 3]) : oddValue(roll) });
  return roll(5) === 0 ? oddValue(roll) : Array.from({ length: roll(4) }, one);
}

function claims(roll, { boards, cards }, what) {
  const id = what === "dashboard" ? boards[0].id : roll.pick(cards).id;
  const made = { resource: { [what]: id }, params: what === "dashboard" ? { formule: "Basic" } : { most: 5 }, exp: 4102444800 };
  const odd = roll(12);
  if (odd === 0) made.resource = oddValue(roll);
  if (odd === 1) made.resource[what] = oddValue(roll);
  if (odd === 2) made.params = oddValue(roll);
  if (odd === 3) made.params[roll.pick(["source", "formule", "plan", "most", "rien", "x"])] = oddValue(roll);
  if (odd === 4) made.exp = oddValue(roll);
  if (odd === 5) made._embedding_params = oddValue(roll);
  if (odd === 6) delete made[roll.pick(["resource", "params", "exp"])];
  if (odd === 7) return sign(made, oddValue(roll));
  if (odd === 8) return sign(made, { alg: roll.pick(["none", "HS512", "RS256", ""]) });
  if (odd === 9) return sign(oddValue(roll));
  return sign(made);
}

function goodRequest(roll, place) {
  const { boards, cards, uuids } = place;
  const doors = ["public", "embed"];
  const door = roll.pick(doors);
  const what = roll.pick(["card", "dashboard"]);
  const board = roll.pick(boards);
  const key = door === "public" ? roll.pick(uuids[what]) : claims(roll, place, what === "card" ? "question" : "dashboard");
  const shown = roll.pick(board.dashcards);
  const api = `/api/${door}`;
  const file = roll.pick(["csv", "json", "xlsx"]);
  const parts = what === "card"
    ? ["", "/query", `/query/${file}`, "/params/t1/values", "/params/t1/search/ba"]
    : ["", "/cards", `/dashcard/${shown.id}/card/${shown.card_id}`, `/dashcard/${shown.id}/card/${shown.card_id}/${file}`, "/params/p1/values", "/params/p2/values", "/params/p1/search/oo"];
  const pages = { card: "question", dashboard: "dashboard" };
  const path = roll.pick([
    () => `${api}/${what}/${key}${roll.pick(parts)}`,
    () => `${api}/${what}/${key}${roll.pick(parts)}`,
    () => `${api}/pivot/${what}/${key}${what === "card" ? "/query" : `/dashcard/${shown.id}/card/${shown.card_id}`}`,
    () => `/${door}/${pages[what]}/${key}${roll(4) === 0 ? `.${file}` : ""}`,
    () => `/${door}/${roll.pick(ODD_TEXTS)}`,
  ])();
  const post = door === "public" && path.endsWith(`/${file}`) && roll(3) === 0;
  const query = roll(2) === 0 ? [["parameters", JSON.stringify(parametersOf(roll))]] : [];
  return { method: post ? "POST" : "GET", path, query, headers: [], body: post ? JSON.stringify({ parameters: parametersOf(roll) }) : undefined, words: cards.length };
}

const MUTATIONS = [
  (roll, one) => (one.method = roll.pick(METHODS)),
  (roll, one) => {
    const parts = one.path.split("/");
    parts[1 + roll(parts.length - 1)] = roll.pick(ODD_TEXTS);
    one.path = parts.join("/");
  },
  (roll, one) => {
    const parts = one.path.split("/");
    parts.splice(1 + roll(parts.length - 1), roll(2), ...(roll(2) === 0 ? [roll.pick(parts)] : []));
    one.path = parts.join("/");
  },
  (roll, one) => {
    const at = roll(one.path.length);
    one.path = one.path.slice(0, at) + roll.pick(["%", "%2", "%2f", "%252f", "//", "/./", "/../", ";x=1", "\u0001", "?", "#", "&", "\\", "%e2%80%ae"]) + one.path.slice(at + roll(2));
  },
  (roll, one) => {
    const at = roll(one.path.length);
    one.path = one.path.slice(0, at) + String.fromCharCode(33 + roll(90)) + one.path.slice(at + 1);
  },
  (roll, one) => (one.path = one.path.replace(/[a-z]/g, (letter) => (roll(6) === 0 ? letter.toUpperCase() : letter))),
  (roll, one) => one.query.push([roll.pick(["parameters", "source", "formule", "plan", "most", "rien", "format_rows", "pivot_results", "x", "", "%"]), roll.pick(ODD_TEXTS)]),
  (roll, one) => one.query.push(["parameters", JSON.stringify(oddValue(roll))]),
  (roll, one) => (one.query = Array.from({ length: 300 }, () => ["source", "Google"])),
  (roll, one) => one.headers.push(roll.pick(ODD_HEADERS)),
  (roll, one) => one.headers.push(roll.pick(ODD_HEADERS), roll.pick(ODD_HEADERS)),
  (roll, one) => (one.body = roll.pick(["{", "[]", "null", "[[[[", JSON.stringify(oddValue(roll)), "a=b&parameters=[", "\u0000", "x".repeat(70000)])),
  (roll, one) => (one.body = JSON.stringify({ parameters: parametersOf(roll), format_rows: oddValue(roll), visualization_settings: oddValue(roll) })),
];

// Bytes as they go over the wire: what is odd is kept odd.
function wire({ method, path, query, headers, body }, port) {
  const search = query.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join("&");
  const target = `${path}${search === "" ? "" : `?${search}`}`.replace(/[\r\n ]/g, "%20");
  const lines = [`${method} ${target} HTTP/1.1`];
  if (!headers.some(([name]) => name === "Host")) lines.push(`Host: 127.0.0.1:${port}`);
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  if (body !== undefined && !headers.some(([name]) => /^(Content-Length|Transfer-Encoding)$/.test(name))) lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  if (body !== undefined && !headers.some(([name]) => name === "Content-Type")) lines.push("Content-Type: application/json");
  return Buffer.from(`${lines.join("\r\n")}\r\nConnection: close\r\n\r\n${body ?? ""}`, "utf8");
}

function send(port, bytes, waits) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1");
    const chunks = [];
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error("no answer in time"));
    }, PATIENCE);
    // A body that never comes is waited for: then the end of ours says that it will not. Otherwise an
    // end would say that nobody waits for the answer.
    socket.on("connect", () => (waits ? socket.end(bytes) : socket.write(bytes)));
    socket.on("data", (data) => chunks.push(data));
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks));
    });
  });
}

function unchunk(body) {
  const parts = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf("\r\n", at);
    const size = end < 0 ? 0 : parseInt(body.subarray(at, end).toString("latin1"), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 4 + size;
  }
  return Buffer.concat(parts);
}

function readAnswer(bytes) {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return { status: 0, head: bytes.toString("latin1"), text: "" };
  const head = bytes.subarray(0, end).toString("latin1");
  let body = bytes.subarray(end + 4);
  if (/transfer-encoding: chunked/i.test(head)) body = unchunk(body);
  try {
    if (/content-encoding: gzip/i.test(head) && body.length > 0) body = gunzipSync(body);
  } catch {
    // A file that broke off: what came of it is looked at as it is.
  }
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), head, text: body.toString("utf8") };
}

// ------------------------------------------------------------------------------------ what must hold

const STATUSES = new Set([0, 100, 200, 202, 204, 206, 302, 304, 308, 400, 401, 404, 405, 406, 410, 411, 413, 414, 415, 416, 417, 429, 431, 501, 505]);
// The front-end's own scripts are the same for everybody.
const isAsset = (head) => /content-type: (text\/javascript|text\/css|font|image)/i.test(head);

function checkAnswer(answer, { plans }, words) {
  assert.ok(STATUSES.has(answer.status), `${words}: ${answer.status} ${answer.text.slice(0, 400)}`);
  if (isAsset(answer.head)) return;
  // The app says which of its own files it may need: "select-DiKJbcDA.js" is one.
  const text = answer.text.replace(/<script type="application\/json" id="parts">[^<]*<\/script>/, "");
  for (const pattern of FORBIDDEN) {
    const found = pattern.exec(answer.head) ?? pattern.exec(text);
    assert.equal(found, null, `${words}: the answer holds ${found?.[0]}\n${answer.head}\n${text.slice(Math.max(0, (found?.index ?? 0) - 200), (found?.index ?? 0) + 200)}`);
  }
  // No value of a filter makes rows of its own.
  if (answer.status === 202 && answer.text.includes('"FORMULE"'))
    for (const row of JSON.parse(answer.text).data.rows) assert.ok(plans.has(row[0]), `${words}: a row ${JSON.stringify(row)}`);
}

const isAlive = ({ child }) => child.exitCode === null && child.signalCode === null;

export const tests = {
  [`no mutated request of strangers finds a way in, seed ${SEED}`]: async () => {
    const place = await world();
    const { server } = place;
    const port = Number(new URL(server.base).port);
    const seen = new Map();
    try {
      let next = 0;
      const work = async () => {
        while (next < REQUESTS) {
          const number = next++;
          const roll = dice(SEED * 1_000_003 + number * 7919);
          const one = goodRequest(roll, place);
          for (let i = roll(4); i > 0; i -= 1) roll.pick(MUTATIONS)(roll, one);
          const bytes = wire(one, port);
          const words = `seed ${SEED}, request ${number}: ${JSON.stringify(bytes.toString("utf8").slice(0, 1500))}`;
          const waits = one.headers.some(([name]) => /^(Content-Length|Transfer-Encoding|Expect|Upgrade)$/.test(name));
          const answer = await send(port, bytes, waits).then(readAnswer, (error) => assert.fail(`${words}: ${error.message}`));
          assert.ok(isAlive(server), `${words}: the server ended`);
          checkAnswer(answer, place, words);
          seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      assert.equal((await call(server, "GET", "/api/health")).status, 200);
    } catch (error) {
      throw new Error(`${error.message}\n${server.err.slice(-5000)}`);
    } finally {
      if (isAlive(server)) assert.equal(await server.stop(), 0, server.err);
    }
    assert.doesNotMatch(server.err, /AddressSanitizer|LeakSanitizer|runtime error/);
    // Requests must come through, or nothing was tried.
    for (const status of [200, 202, 400, 404]) assert.ok((seen.get(status) ?? 0) > REQUESTS / 100, `status ${status}: ${JSON.stringify([...seen])}`);
    if (process.env.VIGIE_FUZZ_SEED) console.log(JSON.stringify([...seen].sort((a, b) => a[0] - b[0])));
  },
};
