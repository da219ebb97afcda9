// What programs see of the server as such: errors by their literal texts, headers, sub-path, stop.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { call, setUp, startServer } from "./server.mjs";

const server = (options, run) => async () => {
  const started = await startServer(options);
  try {
    await run(started);
  } finally {
    await started.stop();
  }
};

// Raw bytes in, raw bytes out, until the server closes.
function raw(base, bytes) {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = "";
    socket.on("data", (data) => (text += data.toString("latin1")));
    socket.on("end", () => resolve(text));
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
  });
}

export const tests = {
  "errors have the texts that clients compare": server({}, async (s) => {
    const session = await setUp(s);
    const texts = async (method, path, options) => {
      const answer = await call(s, method, path, options);
      return [answer.status, answer.text];
    };
    assert.deepEqual(await texts("GET", "/api/user/current"), [401, "Unauthenticated"]);
    assert.deepEqual(await texts("GET", "/api/nothing"), [404, "API endpoint does not exist."]);
    assert.deepEqual(await texts("PATCH", "/api/user/current"), [404, "API endpoint does not exist."]);
    assert.deepEqual(await texts("GET", "/api/database/77", { session }), [404, "Not found."]);
    assert.deepEqual(await texts("POST", "/api/session", { body: "{" }).then(([status]) => status), 400);
    const missing = await call(s, "POST", "/api/session", { body: { username: "x" } });
    assert.deepEqual(missing.json, { errors: { password: "value is required." }, "specific-errors": { password: ["value is required."] } });
  }),
  "metrics count requests, latencies, workers, cache and memory": server({}, async (s) => {
    await call(s, "GET", "/api/session/properties");
    const { text } = await call(s, "GET", "/metrics");
    const value = (name) => Number(new RegExp(`^vigie_${name} (\\S+)$`, "m").exec(text)?.[1]);
    assert.ok(value('requests_total{class="2xx"}') >= 1);
    assert.ok(value("request_seconds_count") >= 1);
    // The request before may still be on its way out.
    assert.ok(value('workers{class="interactive",state="running"}') >= 1);
    assert.ok(value("settings_cache_reads_total") > 0 && value("settings_cache_reloads_total") >= 1);
    assert.ok(value("resident_bytes") > 1e6);
  }),
  "health answers GET and HEAD, with and without a slash": server({}, async (s) => {
    for (const path of ["/api/health", "/api/health/"]) assert.deepEqual((await call(s, "GET", path)).json, { status: "ok" });
    const head = await fetch(`${s.base}/api/health`, { method: "HEAD" });
    assert.deepEqual([head.status, await head.text(), head.headers.get("content-length")], [200, "", "15"]);
  }),
  "pages carry a strict policy with a nonce, answers forbid frames": server({}, async (s) => {
    const one = await call(s, "GET", "/auth/login");
    const two = await call(s, "GET", "/auth/login");
    const nonce = (answer) => /style-src 'self' 'nonce-([^']+)'/.exec(answer.headers.get("content-security-policy"))[1];
    assert.notEqual(nonce(one), nonce(two));
    assert.ok(one.text.includes(nonce(one)));
    assert.match(one.headers.get("content-security-policy"), /default-src 'none'; script-src 'self';/);
    assert.ok(!/<script(?![^>]*(src=|type="application\/json"))/.test(one.text), "an inline script");
    assert.ok(!/ style="/.test(one.text), "an inline style");
    assert.ok(!one.text.includes("%BASE%") && !one.text.includes("BASE%"), "an unfilled hole");
    const health = await call(s, "GET", "/api/health");
    assert.equal(health.headers.get("x-frame-options"), "DENY");
    assert.equal(health.headers.get("x-content-type-options"), "nosniff");
  }),
  "assets are compressed, tagged and kept for ever": server({}, async (s) => {
    const page = await call(s, "GET", "/");
    const path = /src="([^"]+\.js)"/.exec(page.text)[1];
    const get = (headers) => fetch(s.base + path, { headers: { "accept-encoding": "identity", ...headers } });
    const plain = await get({});
    const etag = plain.headers.get("etag");
    assert.match(plain.headers.get("cache-control"), /immutable/);
    assert.match(plain.headers.get("vary"), /accept-encoding/i);
    assert.equal((await get({ "if-none-match": etag })).status, 304);
    assert.equal((await get({ "accept-encoding": "br" })).headers.get("content-encoding"), "br");
    assert.equal((await get({ "accept-encoding": "gzip, br;q=0" })).headers.get("content-encoding"), "gzip");
    assert.equal((await fetch(`${s.base}/app/a/../../etc/passwd`)).status, 404);
    assert.equal((await call(s, "GET", "/app/a/nothing.js")).status, 404);
  }),
  "every file of the page arrives whole in every coding": server({}, async (s) => {
    const page = await call(s, "GET", "/");
    const paths = [...new Set([...page.text.matchAll(/"([^"]*\/app\/a\/[^"]+)"/g)].map((match) => match[1]))];
    assert.ok(paths.some((path) => path.endsWith(".woff2")) && paths.length > 4, paths.join(" "));
    for (const path of paths) {
      const bytes = async (coding) => Buffer.from(await (await fetch(s.base + path, { headers: { "accept-encoding": coding } })).arrayBuffer());
      const plain = await bytes("identity");
      assert.ok(plain.length > 0, path);
      for (const coding of ["gzip", "br", "gzip, deflate, br, zstd"]) assert.ok(plain.equals(await bytes(coding)), `${path} as ${coding}`);
    }
  }),
  "nothing published is a friendly page on the public plane, with the strictest policy": server({}, async (s) => {
    for (const path of ["/public/dashboard/00000000-0000-4000-8000-000000000000", "/public/nothing", "/embed/nothing"]) {
      const page = await call(s, "GET", path, { headers: { accept: "text/html" } });
      assert.equal(page.status, 404);
      assert.match(page.text, /"kind":"missing"/);
      assert.ok(!page.headers.get("content-security-policy").includes("nonce"));
      assert.equal(page.headers.get("set-cookie"), null);
      assert.equal((await call(s, "GET", path)).text, "Not found.");
    }
  }),
  "an unknown page is friendly to people and plain to programs": server({}, async (s) => {
    const person = await call(s, "GET", "/nowhere", { headers: { accept: "text/html" } });
    assert.equal(person.status, 404);
    assert.match(person.text, /<!doctype html>/i);
    assert.deepEqual([(await call(s, "GET", "/nowhere")).status, (await call(s, "GET", "/nowhere")).text], [404, "API endpoint does not exist."]);
  }),
  "every page that the app draws is a page of the server too": server({}, async (s) => {
    const drawn = ["app", "pages"].map((file) => readFileSync(new URL(`../../web/src/entries/app/${file}.tsx`, import.meta.url), "utf8")).join("");
    const paths = [...drawn.matchAll(/<Route path="([^"]+)"/g)].map((found) => found[1].replace(/:\w+/g, "1").replace(/\*\??/, "x"));
    assert.ok(paths.length > 15);
    for (const path of paths) assert.equal((await call(s, "GET", path, { headers: { accept: "text/html" } })).status, 200, path);
  }),
  "it lives below a path": server({ args: ["--base-path", "/stats"] }, async (s) => {
    const origin = new URL(s.base).origin;
    assert.equal((await fetch(`${origin}/stats/api/health`)).status, 200);
    assert.equal((await fetch(`${origin}/api/health`)).status, 404);
    const page = await (await fetch(`${origin}/stats/`)).text();
    const path = /src="([^"]+\.js)"/.exec(page)[1];
    assert.ok(path.startsWith("/stats/app/a/"), path);
    assert.equal((await fetch(origin + path)).status, 200);
    const token = JSON.parse(await (await fetch(`${origin}/stats/api/session/properties`)).text())["setup-token"];
    const done = await fetch(`${origin}/stats/api/setup`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ token, user: { email: "a@example.org", password: "correct1horse" }, prefs: { site_name: "X" } }) });
    assert.match(done.headers.getSetCookie().find((one) => one.startsWith("metabase.SESSION")), /Path=\/stats/);
  }),
  "only trusted proxies are believed": async () => {
    const seen = async (args, forwarded) => {
      const s = await startServer({ args });
      try {
        const answer = await call(s, "POST", "/api/session", { body: { username: "x", password: "y" }, headers: { "x-forwarded-for": forwarded } });
        assert.equal(answer.status, 401);
        return /login\.refused address=(\S+)/.exec(s.err)[1];
      } finally {
        await s.stop();
      }
    };
    assert.equal(await seen([], "203.0.113.9"), "127.0.0.1");
    assert.equal(await seen(["--trusted-proxies", "127.0.0.0/8"], "203.0.113.9"), "203.0.113.9");
    assert.equal(await seen(["--trusted-proxies", "127.0.0.0/8"], "203.0.113.9, 198.51.100.7"), "198.51.100.7");
  },
  "ambiguous requests are refused": server({}, async (s) => {
    const refused = [
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
      "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/health HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
      "GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /%2e%2e/etc HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n",
    ];
    for (const bytes of refused) {
      const text = await raw(s.base, bytes);
      assert.match(text, /^HTTP\/1\.1 4\d\d /, bytes);
      assert.equal(text.match(/HTTP\/1\.1 /g).length, 1, `answered twice: ${bytes}`);
    }
  }),
  "it stops at once when idle, and with exit code 0": async () => {
    const s = await startServer();
    const began = Date.now();
    assert.equal(await s.stop(), 0);
    assert.ok(Date.now() - began < 10_000);
    assert.match(s.err, /server\.stopped/);
  },
};
