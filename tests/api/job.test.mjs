// Periodic work over HTTP: what there is, run now, history, and its line in the audit log.
import assert from "node:assert/strict";
import { call, setUp, startServer } from "./server.mjs";

const ended = async (s, session, name) => {
  for (let i = 0; i < 100; i++) {
    const history = await call(s, "GET", `/api/vigie/job/${name}/history`, { session });
    if (history.json[0]?.ended_at) return history.json[0];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} does not end`);
};

export const tests = {
  "an administrator sees periodic work, runs it and reads its history": async () => {
    const s = await startServer();
    try {
      const session = await setUp(s);
      const before = await call(s, "GET", "/api/vigie/job", { session });
      const names = before.json.map((job) => job.name);
      assert.deepEqual(names, ["sweep-sessions", "sync-1"]);
      assert.equal(before.json[0].last_run, null);
      assert.equal(before.json[0].problem, null);
      assert.ok(Date.parse(before.json[0].next_run) > Date.now());
      const run = await call(s, "POST", "/api/vigie/job/sync-1/run", { session });
      assert.deepEqual([run.status, run.json.name, run.json.status, run.json.cause], [200, "sync-1", "running", "person"]);
      const last = await ended(s, session, "sync-1");
      assert.deepEqual([last.id, last.status], [run.json.id, "done"]);
      assert.match(last.message, /^\d+ tables, 0 new, 0 gone, \d+ columns$/);
      const after = await call(s, "GET", "/api/vigie/job", { session });
      assert.equal(after.json[1].last_run.id, run.json.id);
      assert.equal((await call(s, "POST", "/api/vigie/job/nonsense/run", { session })).status, 404);
      const audit = await call(s, "GET", "/api/activity/audit?topic=job-run", { session });
      assert.deepEqual(audit.json.data.map((line) => line.details), [{ name: "sync-1" }]);
    } finally {
      assert.equal(await s.stop(), 0);
    }
  },
};
