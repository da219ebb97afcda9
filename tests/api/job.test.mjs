// Periodic work over HTTP: what there is, run now, history, and its line in the audit log.
import assert from "node:assert/strict";
import { call, setUp, startServer } from "./server.mjs";

// A slow machine may miss a turn, and says so; that is no run.
const ended = async (s, session, name) => {
  for (let i = 0; i < 200; i++) {
    const history = await call(s, "GET", `/api/vigie/job/${name}/history`, { session });
    const last = history.json.find((run) => run.status !== "missed");
    if (last?.ended_at) return last;
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
      assert.deepEqual(names, ["sweep-sessions", "sweep-versions", "sweep-visits", "sync-1"]);
      assert.equal(before.json[0].last_run, null);
      assert.equal(before.json[0].problem, null);
      assert.ok(Date.parse(before.json[0].next_run) > Date.now());
      const run = await call(s, "POST", "/api/vigie/job/sync-1/run", { session });
      assert.deepEqual([run.status, run.json.name, run.json.status, run.json.cause], [200, "sync-1", "running", "person"]);
      const last = await ended(s, session, "sync-1");
      assert.deepEqual([last.id, last.status], [run.json.id, "done"]);
      assert.match(last.message, /^\d+ tables, 0 new, 0 gone, \d+ columns$/);
      const after = await call(s, "GET", "/api/vigie/job", { session });
      assert.equal(after.json.at(-1).last_run.id, run.json.id);
      assert.equal((await call(s, "POST", "/api/vigie/job/nonsense/run", { session })).status, 404);
      const audit = await call(s, "GET", "/api/activity/audit?topic=job-run", { session });
      assert.deepEqual(audit.json.data.map((line) => line.details), [{ name: "sync-1" }]);
      assert.equal((await call(s, "POST", "/api/vigie/job/sweep-versions/run", { session })).status, 200);
      assert.equal((await ended(s, session, "sweep-versions")).status, "done");
    } finally {
      assert.equal(await s.stop(), 0);
    }
  },

  "an administrator gives a job another schedule": async () => {
    const s = await startServer();
    try {
      const session = await setUp(s);
      const put = (name, body) => call(s, "PUT", `/api/vigie/job/${name}/schedule`, { session, body });
      const before = (await call(s, "GET", "/api/vigie/job", { session })).json.at(-1);
      const given = await put("sync-1", { schedule: "15 4 * * 1", timezone: "Europe/Paris", make_up: true });
      assert.equal(given.status, 200);
      assert.deepEqual([given.json.schedule, given.json.timezone, given.json.make_up, given.json.schedule_given], ["15 4 * * 1", "Europe/Paris", true, true]);
      assert.equal((await call(s, "GET", "/api/vigie/job", { session })).json.at(-1).schedule, "15 4 * * 1");
      assert.equal((await put("sync-1", { schedule: "" })).json.next_run, null);
      assert.match((await put("sync-1", { schedule: "%s%n%s * * * *" })).json.errors.schedule, /%s%n/);
      const wrong = await put("sync-1", { schedule: "every day" });
      assert.equal(wrong.status, 400);
      assert.ok(wrong.json.errors.schedule);
      assert.ok((await put("sync-1", { schedule: "@daily", timezone: "Mars/Base" })).json.errors.timezone);
      assert.equal((await put("nonsense", { schedule: "@daily" })).status, 404);
      const back = await put("sync-1", { schedule: null });
      assert.deepEqual([back.json.schedule, back.json.schedule_given], [before.schedule, false]);
    } finally {
      assert.equal(await s.stop(), 0);
    }
  },

  "the server runs anonymized copies and feeds of its folders on their schedules": async () => {
    const { withPostgres, sql } = await import("./postgres.mjs");
    const { mkdtempSync, rmSync, writeFileSync } = await import("node:fs");
    const { join } = await import("node:path");
    const folder = mkdtempSync("/tmp/vigie-rules-");
    const rules = "tables:\n  - {table_name: people, anonymized_column_names: [name]}\n";
    writeFileSync(join(folder, "crm.yml"), `schedule: "* * * * * ?"\ntimezone: Europe/Paris\nmake_up: true\n${rules}`);
    writeFileSync(join(folder, "more.yml"), `apps:\n  one: {source: PEOPLE_URL, schema: first, schedule: "0 3 * * *"}\n  two: {source: NOT_SET}\n${rules}`);
    await withPostgres(async (url) => {
      sql(url, "create role reader; create database target; create table people (id int primary key, name text); insert into people values (1, 'Jeanne')");
      const target = url.replace(/postgres$/, "target");
      const s = await startServer({ args: ["--etl-rules", folder], env: { ORIGIN_DB_URL: url, PEOPLE_URL: url, ETL_DB_URL: target, METABASE_USERNAME: "reader" } });
      try {
        const session = await setUp(s);
        const jobs = (await call(s, "GET", "/api/vigie/job", { session })).json.filter((job) => job.name.startsWith("etl-"));
        const shown = jobs.map((job) => [job.name, job.schedule, job.timezone, job.make_up]).sort();
        assert.deepEqual(shown, [
          ["etl-crm", "* * * * * ?", "Europe/Paris", true],
          ["etl-one", "0 3 * * *", "UTC", false],
          ["etl-two", "", "UTC", false],
        ]);
        assert.match(jobs.find((job) => job.name === "etl-two").problem, /NOT_SET/);
        const last = await ended(s, session, "etl-crm");
        assert.deepEqual([last.status, last.cause, last.rows], ["done", "schedule", 1]);
        assert.match(last.message, /^1 tables, 0 things left out, 0 warnings, 0 to look at$/);
        assert.equal(sql(target, "select name from crm.people"), "[valeur unique anonymisée 1]");
        await call(s, "PUT", "/api/vigie/job/etl-crm/schedule", { session, body: { schedule: "" } });
        await call(s, "POST", "/api/vigie/job/etl-one/run", { session });
        assert.equal((await ended(s, session, "etl-one")).status, "done");
        assert.equal(sql(target, "select count(*) from first.people"), "1");
        await call(s, "POST", "/api/vigie/job/etl-two/run", { session });
        assert.match((await ended(s, session, "etl-two")).message, /NOT_SET/);
      } finally {
        assert.equal(await s.stop(), 0);
      }
    });
    rmSync(folder, { recursive: true });
  },
};
