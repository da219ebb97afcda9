// Questions and what is published, beside a yardstick in the same run:
//   a million rows of ten columns as CSV beside psql \copy, and as a workbook;
//   twenty people on a dashboard of twenty cards, from what is kept and without;
//   a public card of some 20 KB beside nginx with the same bytes (bench/http), at 64 and 512 connections;
//   a public dashboard of twenty cards for 200 readers, the source stopped half-way.
// ROWS and SECONDS may be set. VIGIE_BIN says which program.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { call, setUp, startServer } from "../tests/api/server.mjs";
import { withPostgres, sql } from "../tests/api/postgres.mjs";

const ROWS = Number(process.env.ROWS ?? 1000000);
const SECONDS = Number(process.env.SECONDS ?? 10);
const now = () => Number(process.hrtime.bigint()) / 1e6;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const percentile = (list, part) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
const memory = (server, key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${server.child.pid}/status`, "utf8"))[1]) / 1024;

const schema = `create table big as select i as id, i * 7 as n, (i % 1000) / 7.0::float8 as f, (i * 1.25)::numeric(12,2) as d, 'name ' || i as t,
  timestamp '2020-01-01' + i * interval '1 minute' as ts, date '2020-01-01' + (i % 1000)::int as dd, i % 2 = 0 as b, md5(i::text) as h,
  'Ville de Saint-' || (i % 977) as v from generate_series(1, ${ROWS}) i; analyze big;`;

async function files(server, session, url, id) {
  const query = { database: id, type: "native", native: { query: "select * from big" } };
  const path = join(server.folder, "rows");
  const fetch = (format) => execFileSync("curl", ["-fsS", "-o", path, "-H", `X-Metabase-Session: ${session}`, "-H", "Content-Type: application/json", "-d", JSON.stringify({ query }), `${server.base}/api/dataset/${format}`]);
  const timed = (run) => { const start = now(); run(); return now() - start; };
  const ratios = [];
  timed(() => fetch("csv"));
  const before = memory(server, "VmRSS");
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, memory(server, "VmRSS"))), 20);
  for (let round = 0; round < 5; round += 1) {
    const copy = timed(() => execFileSync("psql", ["-qX", url, "-c", `\\copy (select * from big) to '${path}' csv header`]));
    // The watcher needs the loop: the child runs beside it.
    const start = now();
    await new Promise((resolve, reject) => spawn("curl", ["-fsS", "-o", path, "-H", `X-Metabase-Session: ${session}`, "-H", "Content-Type: application/json", "-d", JSON.stringify({ query }), `${server.base}/api/dataset/csv`]).on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`curl ${code}`)))));
    const ours = now() - start;
    ratios.push(ours / copy);
    console.log(`csv: ${(ours / 1000).toFixed(2)} s beside psql \\copy ${(copy / 1000).toFixed(2)} s: ${(ours / copy).toFixed(2)}`);
  }
  console.log(`csv: median ratio ${median(ratios).toFixed(2)} (limit 1.3), ${before.toFixed(1)} MB resident before, at most ${most.toFixed(1)} MB while it ran (limit 32)`);
  most = 0;
  const start = now();
  await new Promise((resolve) => spawn("curl", ["-fsS", "-o", path, "-H", `X-Metabase-Session: ${session}`, "-H", "Content-Type: application/json", "-d", JSON.stringify({ query }), `${server.base}/api/dataset/xlsx`]).on("exit", resolve));
  console.log(`xlsx: ${((now() - start) / 1000).toFixed(2)} s, at most ${most.toFixed(1)} MB (limit 64)`);
  clearInterval(watch);
  rmSync(path, { force: true });
}

async function makeDashboard(server, session, id) {
  const api = (method, path, body) => call(server, method, path, { session, body });
  const made = (await api("POST", "/api/dashboard", { name: "Vingt cartes" })).json;
  const dashcards = [];
  for (let i = 0; i < 20; i += 1) {
    const query = `select date_trunc('day', ts) as jour, count(*) as nombre, sum(d) as total, avg(f) as moyenne from big where id % 20 = ${i} group by 1 order by 1 limit 400`;
    const card = (await api("POST", "/api/card", { name: `Carte ${i}`, display: "line", visualization_settings: {}, dataset_query: { database: id, type: "native", native: { query } } })).json;
    dashcards.push({ id: -1 - i, card_id: card.id, row: Math.floor(i / 2) * 4, col: (i % 2) * 12, size_x: 12, size_y: 4, parameter_mappings: [], visualization_settings: {} });
  }
  const dashboard = (await api("PUT", `/api/dashboard/${made.id}`, { dashcards })).json;
  const { uuid } = (await api("POST", `/api/dashboard/${made.id}/public_link`)).json;
  const card = (await api("POST", `/api/card/${dashboard.dashcards[0].card_id}/public_link`)).json.uuid;
  return { dashboard, uuid, card };
}

async function people(server, session, dashboard, anew) {
  const times = [];
  const until = now() + SECONDS * 1000;
  const one = async () => {
    while (now() < until) {
      const start = now();
      const answer = await call(server, "POST", `/api/vigie/dashboard/${dashboard.id}/cards`, { session, body: { ignore_cache: anew } });
      if (answer.text.trim().split("\n").length !== 20 || answer.text.includes('"status":"failed"')) throw new Error(answer.text.slice(0, 300));
      times.push(now() - start);
    }
  };
  await Promise.all(Array.from({ length: 20 }, one));
  console.log(`20 people on 20 cards, ${anew ? "each question run anew (shared when asked at once)" : "from what is kept"}: ${(times.length / SECONDS).toFixed(1)} dashboards a second, median ${median(times).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms, ${memory(server, "VmRSS").toFixed(1)} MB resident`);
}

async function readers(server, uuid, stop) {
  const times = [];
  let failed = 0;
  const until = now() + SECONDS * 1000;
  const one = async () => {
    while (now() < until) {
      const start = now();
      const answer = await call(server, "GET", `/api/public/dashboard/${uuid}/cards`);
      failed += answer.status === 200 && answer.text.trim().split("\n").length === 20 && !answer.text.includes('"failed"') ? 0 : 1;
      times.push(now() - start);
      await wait(50);
    }
  };
  setTimeout(stop, (SECONDS * 1000) / 2);
  await Promise.all(Array.from({ length: 200 }, one));
  console.log(`200 readers of a public dashboard, the source stopped half-way: ${times.length} pages, ${failed} failed (limit 0), median ${median(times).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms, ${memory(server, "VmRSS").toFixed(1)} MB resident (limit 96)`);
}

await withPostgres(async (url, stop) => {
  sql(url, schema);
  const server = await startServer();
  try {
    const session = await setUp(server);
    const { hostname, port, pathname, username, password } = new URL(url);
    const details = { host: hostname, port: Number(port), dbname: pathname.slice(1), user: username, password };
    const { id } = (await call(server, "POST", "/api/database", { session, body: { name: "pg", engine: "postgres", details } })).json;
    await wait(3000);
    await files(server, session, url, id);
    const { dashboard, uuid, card } = await makeDashboard(server, session, id);
    await people(server, session, dashboard, true);
    await call(server, "PUT", "/api/cache", { session, body: { model: "root", model_id: 0, strategy: { type: "duration", duration: 1, unit: "hours" } } });
    await people(server, session, dashboard, false);
    const publicCard = `${server.base}/api/public/card/${card}/query`;
    await call(server, "PUT", "/api/setting/public-cache-seconds", { session, body: { value: 3600 } });
    const size = (await call(server, "GET", publicCard.slice(server.base.length))).text.length;
    for (const connections of [64, 512]) {
      console.log(`a public card of ${(size / 1024).toFixed(0)} KB, ${connections} connections:`);
      execFileSync("bench/http", [publicCard], { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, CONNECTIONS: String(connections), IDLE: "0", ROUNDS: "3" } });
    }
    await call(server, "PUT", "/api/setting/public-cache-seconds", { session, body: { value: 1 } });
    await call(server, "DELETE", "/api/cache", { session, body: { model: "root", model_id: [0] } });
    await readers(server, uuid, stop);
  } finally {
    await server.stop();
  }
});
