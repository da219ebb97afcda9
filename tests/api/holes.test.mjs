// Ways in that other tools have had, one test for each class: what was once an advisory elsewhere is
// tried here. Classes that have tests of their own are not repeated: attaching and loading
// (tests/unit/driver_sqlite.c, driver_servers.c), rows and SQL without a right (rows.test.mjs), the
// set-up token (session.test.mjs), password routes beside a provider (sso.test.mjs), what is said of
// failures in public (share.test.mjs, fuzz.test.mjs), the chain of the audit log (admin.test.mjs).
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import net from "node:net";
import { ADMIN, call, invite, setUp, startServer } from "./server.mjs";

const RAW = [{ select: ["*"], from: ["core_user"] }, ["raw", "1=1"], [["raw", "1; drop table core_user"]], { raw: "1=1" }, { value: { "$ne": null } }, true, 1e99];

async function withServer(run, options) {
  const server = await startServer(options);
  try {
    const session = await setUp(server);
    const api = (method, path, body) => call(server, method, path, { session, body });
    await run({ server, session, api, open: (path, method = "GET", body) => call(server, method, path, { body }) });
  } finally {
    await server.stop();
  }
}

// A request line as it is, with nothing made tidy on the way.
function raw(server, target) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(new URL(server.base).port), "127.0.0.1");
    let text = "";
    socket.on("connect", () => socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`));
    socket.on("data", (data) => (text += data));
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
  });
}

export const tests = {
  "an object where a text is expected never becomes SQL of the app database": async () => {
    await withServer(async ({ api, open }) => {
      for (const value of RAW) {
        for (const [path, body] of [
          ["/api/session/reset_password", { token: value, password: "another1horse" }],
          ["/api/session/forgot_password", { email: value }],
          ["/api/session", { username: value, password: value }],
        ]) {
          const answer = await open(path, "POST", body);
          assert.ok([400, 401].includes(answer.status), `${path} ${JSON.stringify(value)}: ${answer.status} ${answer.text}`);
          assert.doesNotMatch(answer.text, /core_user|select|syntax/i);
        }
      }
      assert.equal((await api("GET", "/api/user/current")).json.email, ADMIN.email);
    });
  },

  "a value of a public filter is a value, whatever its shape": async () => {
    await withServer(async ({ api, open }) => {
      const { tables } = (await api("GET", "/api/database/1/metadata")).json;
      const people = tables.find((one) => one.name === "PEOPLE");
      const source = people.fields.find((one) => one.name === "SOURCE").id;
      const parameters = [{ id: "p", slug: "p", name: "P", type: "string/=", target: ["dimension", ["field", source, null]] }];
      const query = { "source-table": people.id, aggregation: [["count"]], breakout: [["field", source, null]] };
      const card = (await api("POST", "/api/card", { name: "Gens", display: "table", visualization_settings: {}, parameters, dataset_query: { database: 1, type: "query", query } })).json;
      const { uuid } = (await api("POST", `/api/card/${card.id}/public_link`)).json;
      const ask = (value) => open(`/api/public/card/${uuid}/query?parameters=${encodeURIComponent(JSON.stringify([{ id: "p", value }]))}`);
      const all = (await ask(undefined)).json.data.rows.map((row) => row[0]);
      assert.deepEqual((await ask("Google")).json.data.rows.map((row) => row[0]), ["Google"]);
      for (const value of [...RAW, "x' or '1'='1", ["x') union select password from core_user --"]]) {
        const answer = await ask(value);
        assert.ok(answer.status === 202 || answer.status === 400, answer.text);
        assert.doesNotMatch(answer.text, /core_user|\$2|union/);
        for (const row of answer.json?.data?.rows ?? []) assert.ok(all.includes(row[0]));
      }
    });
  },

  "the app database is no source, under any of its names": async () => {
    await withServer(async ({ server, api }) => {
      for (const db of ["vigie.db", "./vigie.db", "VIGIE.DB", "vigie.db-wal", `${server.folder}/vigie.db`, "../vigie.db", "file:vigie.db", "vigie.db?mode=rw"])
        for (const [engine, details] of [["sqlite", { db }], ["duckdb", { database_file: db }]]) {
          const answer = await api("POST", "/api/database", { name: "X", engine, details });
          assert.equal(answer.status, 400, `${engine} ${db}: ${answer.text}`);
        }
      const attached = await api("POST", "/api/dataset", { database: 1, type: "native", native: { query: `attach '${server.folder}/vigie.db' as app` } });
      assert.equal(attached.json.status, "failed");
    });
  },

  "options of a driver are a fixed list, in the set-up too": async () => {
    const server = await startServer();
    try {
      const token = (await call(server, "GET", "/api/session/properties")).json["setup-token"];
      const evil = { engine: "h2", name: "x", details: { db: "zip:/app/metabase.jar!/sample-database.db;TRACE_LEVEL_SYSTEM_OUT=1\\;CREATE TRIGGER X" } };
      const tried = await call(server, "POST", "/api/setup/validate", { body: { token, details: evil } });
      assert.ok(tried.status >= 400, tried.text);
      const made = await call(server, "POST", "/api/setup", { body: { token, user: { ...ADMIN, first_name: "A", last_name: "B" }, prefs: { site_name: "X" }, database: evil } });
      assert.equal(made.status, 200, made.text);
      const list = (await call(server, "GET", "/api/database", { session: made.json.id })).json.data;
      assert.deepEqual(list.map((one) => one.engine), ["sqlite"]);
      // Used once, it is nothing.
      assert.equal((await call(server, "POST", "/api/setup", { body: { token, user: { ...ADMIN, email: "b@example.org", first_name: "A", last_name: "B" }, prefs: { site_name: "X" } } })).status, 403);
      for (const engine of ["postgres", "mysql", "clickhouse", "sqlite"]) {
        const answer = await call(server, "POST", "/api/database", { session: made.json.id, body: { name: "X", engine, details: { host: "127.0.0.1", port: 1, dbname: "x", user: "x", db: "x", "init-script": "x", socketFactory: "java.lang.Runtime" } } });
        assert.equal(answer.status, 400, engine);
      }
    } finally {
      await server.stop();
    }
  },

  "no address in here that a user gives is fetched": async () => {
    await withServer(async ({ server, session, open }) => {
      let asked = 0;
      const bait = net.createServer((socket) => {
        asked += 1;
        socket.destroy();
      });
      await new Promise((resolve) => bait.listen(0, "127.0.0.1", resolve));
      const url = `http://127.0.0.1:${bait.address().port}/x`;
      for (const address of ["file:///etc/passwd", url, url.replace("http", "https")]) {
        for (const [means, status] of [[{}, 401], [{ session }, 400]]) {
          const answer = await call(server, "GET", `/api/geojson?url=${encodeURIComponent(address)}`, means);
          assert.equal(answer.status, status);
          assert.doesNotMatch(answer.text, /root:/);
        }
        const put = await call(server, "PUT", "/api/setting/custom-geojson", { session, body: { value: { x: { name: "X", url: address, region_key: "a", region_name: "b" } } } });
        assert.equal(put.status, 400, address);
      }
      for (const path of ["/api/channel/test", "/api/notification/send", "/api/pulse/test"]) assert.equal((await call(server, "POST", path, { session, body: { type: "channel/http", details: { url } } })).status, 404, path);
      assert.equal((await open("/api/geojson/x")).status, 401);
      assert.equal((await call(server, "GET", "/api/geojson/x", { session })).status, 404);
      bait.close();
      assert.equal(asked, 0);
    });
  },

  "who may ask less is shown less, whatever memo they name": async () => {
    await withServer(async ({ server, session, api }) => {
      const { tables } = (await api("GET", "/api/database/1/metadata")).json;
      const people = tables.find((one) => one.name === "PEOPLE");
      const source = people.fields.find((one) => one.name === "SOURCE").id;
      const groups = (await api("GET", "/api/permissions/group")).json;
      const everybody = groups.find((one) => one.name === "All Users").id;
      const graph = (await api("GET", "/api/permissions/graph")).json;
      graph.groups[everybody] = { 1: { "view-data": "unrestricted", "create-queries": "query-builder" } };
      await api("PUT", "/api/permissions/graph", graph);
      await api("POST", "/api/vigie/row-filter", { group_id: everybody, table_id: people.id, field_id: source, operator: "=", value: "Google" });
      const reader = await invite(server, session, "reader@example.org");
      const body = { database: 1, type: "query", query: { "source-table": people.id, breakout: [["field", source, null]] }, dashboard_load_id: "one", cache_key: "one", "user-parameters": [{ dashboard_load_id: "one" }] };
      assert.ok((await api("POST", "/api/dataset", body)).json.data.rows.length > 1);
      assert.deepEqual((await call(server, "POST", "/api/dataset", { session: reader.session, body })).json.data.rows, [["Google"]]);
    });
  },

  "no secret is shipped: each server makes its own, and none signs frames": async () => {
    const secrets = [];
    for (let i = 0; i < 2; i += 1)
      await withServer(async ({ server, session, api, open }) => {
        const ids = [];
        for (const email of ["a@example.org", "b@example.org"]) ids.push((await api("POST", "/api/user", { email })).json.invite_url);
        assert.notEqual(ids[0].split("/").at(-1).split("_")[1], ids[1].split("/").at(-1).split("_")[1]);
        secrets.push(session, ...ids.map((one) => one.replace(server.base, "")));
        await api("PUT", "/api/setting/enable-embedding-static", { value: true });
        for (const secret of ["", "null", "undefined", "0".repeat(64), "secret"]) {
          const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
          const text = `${encode({ alg: "HS256" })}.${encode({ resource: { dashboard: 1 }, params: {} })}`;
          const token = `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
          const answer = await open(`/api/embed/dashboard/${token}`);
          assert.equal(answer.status, 400, answer.text);
          assert.doesNotMatch(answer.text, /Tableau|Embedding is not enabled for this object/);
        }
      });
    assert.equal(new Set(secrets).size, secrets.length);
  },

  "files are those of the program: no path leads out of them": async () => {
    await withServer(async ({ server }) => {
      for (const path of ["/app/../../../../etc/passwd", "/app/%2e%2e/%2e%2e/etc/passwd", "/app/..%2f..%2fetc/passwd", "/public/plugins/text/../../../../../etc/passwd", "//etc/passwd", "/app/....//....//etc/passwd", "/app/%00/etc/passwd", "/app/vigie.db", "/../vigie.db"]) {
        const answer = await raw(server, path);
        assert.match(answer, /^HTTP\/1\.1 (400|404|200|30\d)/, path);
        assert.doesNotMatch(answer, /root:.*:0:0:|SQLite format/, path);
      }
    });
  },

  "a page of another site cannot act with somebody's cookie": async () => {
    await withServer(async ({ server }) => {
      const login = await call(server, "POST", "/api/session", { body: { username: ADMIN.email, password: ADMIN.password } });
      const cookie = login.headers.get("set-cookie");
      assert.match(cookie, /HttpOnly/i);
      assert.match(cookie, /SameSite=Lax/i);
      const name = cookie.split(";")[0];
      // What a form of another site can send without asking: no JSON, and so nothing happens.
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"]) {
        const answer = await call(server, "POST", "/api/collection", { headers: { cookie: name, "content-type": type, origin: "https://evil.example" }, body: '{"name":"Piège"}' });
        assert.ok(answer.status >= 400, `${type}: ${answer.status}`);
      }
      const cors = await call(server, "OPTIONS", "/api/collection", { headers: { origin: "https://evil.example", "access-control-request-method": "POST" } });
      assert.equal(cors.headers.get("access-control-allow-origin"), null);
    });
  },
};
