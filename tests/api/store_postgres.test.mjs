// What changes most in the app database, with that on PostgreSQL: there, people and background work really meet.
import assert from "node:assert/strict";
import { withPostgres } from "./postgres.mjs";
import { tests as dashboards } from "./dashboard.test.mjs";
import { tests as home } from "./home.test.mjs";
import { tests as metadata } from "./metadata.test.mjs";
import { call, setUp, startServer } from "./server.mjs";

async function onPostgres(run) {
  await withPostgres(async (url) => {
    process.env.VIGIE_TEST_APP = url;
    try {
      await run();
    } finally {
      delete process.env.VIGIE_TEST_APP;
    }
  });
}

const again = (list) => async () =>
  onPostgres(async () => {
    for (const [name, run] of Object.entries(list))
      try {
        await run();
      } catch (error) {
        error.message = `${name}: ${error.message}`;
        throw error;
      }
  });

export const tests = {
  "dashboards, as on SQLite": again(dashboards),
  "the first page, as on SQLite": again(home),
  "tables and fields, as on SQLite": again(metadata),

  "people may change tables while they are read anew": async () => {
    await onPostgres(async () => {
      const server = await startServer();
      try {
        const session = await setUp(server);
        const api = (method, path, body) => call(server, method, path, { session, body });
        const { tables } = (await api("GET", "/api/database/1/metadata")).json;
        const orders = tables.find((one) => one.name === "ORDERS");
        const order = orders.fields.map((one) => one.id);
        for (let round = 0; round < 6; round += 1) {
          const asked = [api("POST", "/api/database/1/sync_schema")];
          for (let i = 0; i < 4; i += 1)
            asked.push(api("PUT", `/api/table/${orders.id}/fields/order`, i % 2 ? [...order].reverse() : order), api("PUT", `/api/field/${order[i]}`, { description: `${round}` }), api("PUT", "/api/database/1", { caveats: `${round}` }));
          for (const { status, text } of await Promise.all(asked)) assert.equal(status, 200, text);
        }
        assert.equal((await api("GET", "/api/database/1")).json.caveats, "5");
      } finally {
        await server.stop();
      }
    });
  },
};
