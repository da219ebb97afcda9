// The history of questions: the slow ones, those that failed, and nothing for people who are no administrators.
import assert from "node:assert/strict";
import { call, setUp, startServer } from "./server.mjs";

const history = async (s, session, query, isThere) => {
  for (let i = 0; i < 200; i++) {
    const answer = await call(s, "GET", `/api/vigie/execution${query}`, { session });
    assert.equal(answer.status, 200);
    if (isThere(answer.json)) return answer.json;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the question is not in the history");
};

export const tests = {
  "failed questions are listed with their reason, and slow ones by their time": async () => {
    const s = await startServer();
    try {
      const session = await setUp(s);
      const ask = (query) => call(s, "POST", "/api/dataset", { session, body: { database: 1, type: "native", native: { query } } });
      await ask("select 1");
      await ask("select * from nowhere_at_all");
      const all = await history(s, session, "", (lines) => lines.length >= 2);
      assert.deepEqual(all.map(({ error }) => error === null), [false, true]);
      const failed = await history(s, session, "?failed=true", (lines) => lines.length > 0);
      assert.equal(failed.length, 1);
      assert.match(failed[0].error, /nowhere_at_all/);
      assert.equal(failed[0].executor, all[1].executor);
      assert.ok(failed[0].executor.includes("@"));
      assert.equal(failed[0].database_id, 1);
      assert.deepEqual((await call(s, "GET", "/api/vigie/execution?least_ms=3600000", { session })).json, []);
      assert.equal((await call(s, "GET", "/api/vigie/execution?limit=1", { session })).json.length, 1);
      assert.equal((await call(s, "GET", "/api/vigie/execution?limit=0", { session })).status, 400);
      assert.equal((await call(s, "GET", "/api/vigie/execution")).status, 401);
    } finally {
      assert.equal(await s.stop(), 0);
    }
  },
};
