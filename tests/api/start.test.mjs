// Starting: before the app database is there, twice at once on PostgreSQL, and with it gone later.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { withPostgres } from "./postgres.mjs";
import { ADMIN, call, setUp, startServer } from "./server.mjs";

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export const tests = {
  "it answers before the app database is there": async () => {
    const [port, away] = [await freePort(), await freePort()];
    const child = spawn(process.env.VIGIE_BIN, ["serve", "--port", String(port), "--database-url", `postgres://u:secret-7@127.0.0.1:${away}/x`], { stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    child.stderr.on("data", (data) => (log += data));
    try {
      let health;
      for (let i = 0; i < 200 && !health; i += 1) health = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => new Promise((resolve) => setTimeout(resolve, 20)));
      assert.equal(health.status, 503);
      assert.equal((await health.json()).status, "initializing");
      const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: "text/html" } });
      assert.equal(page.status, 503);
      assert.match(await page.text(), /http-equiv="refresh"/);
      const api = await fetch(`http://127.0.0.1:${port}/api/user/current`);
      assert.equal(api.status, 503);
      assert.ok(api.headers.get("retry-after"));
    } finally {
      child.kill("SIGKILL");
    }
    assert.ok(!log.includes("secret-7"));
  },
  "two copies may start at once on PostgreSQL, and agree": async () => {
    await withPostgres(async (url) => {
      const env = { DATABASE_URL: url, MB_ENCRYPTION_SECRET_KEY: "a passphrase of some length" };
      const [one, two] = await Promise.all([startServer({ env }), startServer({ env })]);
      try {
        const token = async (s) => (await call(s, "GET", "/api/session/properties")).json["setup-token"];
        assert.equal(await token(one), await token(two));
        const session = await setUp(one);
        assert.equal((await call(two, "GET", "/api/user/current", { session })).json.email, ADMIN.email);
        assert.equal((await call(two, "GET", "/api/database", { session })).json.total, 1);
        await call(one, "PUT", "/api/setting/site-name", { session, body: { value: "Ailleurs" } });
        let name;
        for (let i = 0; i < 60 && name !== "Ailleurs"; i += 1) {
          name = (await call(two, "GET", "/api/session/properties")).json["site-name"];
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        assert.equal(name, "Ailleurs");
      } finally {
        assert.deepEqual(await Promise.all([one.stop(), two.stop()]), [0, 0]);
      }
    });
  },
  "a sample whose file is gone is made again": async () => {
    const first = await startServer({ keep: true });
    const session = await setUp(first);
    await first.stop();
    rmSync(join(first.folder, "sample-database.db"));
    const second = await startServer({ args: ["--data", first.folder] });
    try {
      const [sample] = (await call(second, "GET", "/api/database", { session })).json.data;
      await call(second, "POST", `/api/database/${sample.id}/sync_schema`, { session });
      assert.ok(existsSync(join(first.folder, "sample-database.db")));
    } finally {
      await second.stop();
      rmSync(first.folder, { recursive: true, force: true });
    }
  },
  "when its database goes away it says so": async () => {
    await withPostgres(async (url, stop) => {
      const s = await startServer({ env: { DATABASE_URL: url } });
      try {
        const session = await setUp(s);
        stop();
        const gone = await call(s, "GET", "/api/user/current", { session });
        assert.equal(gone.status, 503, gone.text);
        assert.ok(!/select|password|postgres:\/\//i.test(gone.text), gone.text);
        assert.equal((await call(s, "GET", "/api/health")).status, 200);
      } finally {
        assert.equal(await s.stop(), 0, s.err);
      }
    });
  },
};
