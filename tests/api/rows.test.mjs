// Rows and columns that a group may not see: no question, in any language and any form of answer,
// shows a foreign row.
import assert from "node:assert/strict";
import { call, invite, setUp, startServer } from "./server.mjs";

// The same questions at each run: a failure can be repeated.
function dice(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

async function filtered(run) {
  const server = await startServer();
  try {
    const session = await setUp(server);
    const api = (method, path, body, as = session) => call(server, method, path, { session: as, body });
    const tables = (await api("GET", "/api/database/1/metadata")).json.tables;
    const table = (name) => tables.find((one) => one.name === name);
    const field = (name, column) => table(name).fields.find((one) => one.name === column).id;
    const reader = await invite(server, session, "reader@example.org");
    const groups = (await api("GET", "/api/permissions/group")).json;
    const everybody = groups.find((one) => one.name === "All Users").id;
    const graph = (await api("GET", "/api/permissions/graph")).json;
    graph.groups[everybody] = { 1: { "view-data": "unrestricted", "create-queries": "query-builder", download: { schemas: "full" } } };
    assert.equal((await api("PUT", "/api/permissions/graph", graph)).status, 200);
    await run({ server, session, api, as: (method, path, body) => api(method, path, body, reader.session), reader, table, field, everybody });
  } finally {
    await server.stop();
  }
}

export const tests = {
  "no random question shows a foreign row, in any form": async () => {
    await filtered(async ({ api, as, table, field, everybody }) => {
      const source = field("PEOPLE", "SOURCE");
      const made = await api("POST", "/api/vigie/row-filter", { group_id: everybody, table_id: table("PEOPLE").id, field_id: source, operator: "=", value: "Google" });
      assert.equal(made.status, 200, made.text);
      const people = table("PEOPLE").id;
      const orders = table("ORDERS").id;
      const user = field("ORDERS", "USER_ID");
      const roll = dice(2026);
      const pick = (list) => list[roll(list.length)];
      const own = ["field", source, null];
      const joined = ["field", source, { "join-alias": "P" }];
      const implied = ["field", source, { "source-field": user }];
      const condition = ["=", ["field", user, null], ["field", field("PEOPLE", "ID"), { "join-alias": "P" }]];
      const join = (strategy) => [{ "source-table": people, alias: "P", strategy, condition, fields: "all" }];
      const shapes = [
        () => ({ "source-table": people, fields: [own], filter: pick([undefined, ["!=", own, "Google"], ["or", ["=", own, "Twitter"], ["not-null", own]], ["not", ["=", own, "Google"]]]) }),
        () => ({ "source-table": people, breakout: [own], aggregation: [pick([["count"], ["distinct", ["field", field("PEOPLE", "ID"), null]], ["max", ["field", field("PEOPLE", "ID"), null]]])] }),
        () => ({ "source-table": orders, joins: join(pick(["inner-join", "left-join"])), breakout: [joined], aggregation: [["count"]] }),
        () => ({ "source-table": orders, breakout: [implied], aggregation: [["count"]] }),
        () => ({ "source-query": { "source-table": people }, breakout: [["field", "SOURCE", { "base-type": "type/Text" }]], aggregation: [["count"]] }),
        () => ({ "source-table": people, expressions: { other: ["concat", own, ""] }, breakout: [["expression", "other"]], aggregation: [["count"]] }),
        () => ({ "source-query": { "source-table": orders, joins: join("left-join"), limit: 500 }, breakout: [["field", "SOURCE", { "base-type": "type/Text" }]], aggregation: [["count"]] }),
      ];
      const allowed = new Set(["Google", null]);
      const column = (data) => data.cols.findIndex((one) => /source|other/i.test(one.name));
      for (let i = 0; i < 60; i += 1) {
        const query = pick(shapes)();
        const question = { database: 1, type: "query", query };
        // An administrator asks first, so that his answer is kept.
        await api("POST", "/api/dataset", question);
        const answer = await as("POST", "/api/dataset", question);
        assert.equal(answer.json.status, "completed", `${JSON.stringify(query)}\n${answer.text}`);
        const at = column(answer.json.data);
        for (const row of answer.json.data.rows) assert.ok(allowed.has(row[at]), `${JSON.stringify(query)} shows ${row[at]}`);
        if (i % 6 === 0) {
          const csv = await as("POST", "/api/dataset/csv", { query: question });
          assert.doesNotMatch(csv.text, /Twitter|Facebook|Organic|Affiliate/, JSON.stringify(query));
        }
      }
      // SQL could read anything: it is refused to whom rows are hidden.
      assert.equal((await as("POST", "/api/dataset", { database: 1, type: "native", native: { query: "select * from people" } })).status, 403);
      // A saved question shows its reader their own rows, and the values of its filters too.
      const collection = (await api("POST", "/api/collection", { name: "Pour tous" })).json.id;
      const graph = (await api("GET", "/api/collection/graph")).json;
      graph.groups[everybody][collection] = "read";
      await api("PUT", "/api/collection/graph", graph);
      const card = (await api("POST", "/api/card", { name: "Gens", display: "table", collection_id: collection, visualization_settings: {}, parameters: [{ id: "s", slug: "s", name: "S", type: "string/=", target: ["dimension", own] }], dataset_query: { database: 1, type: "query", query: { "source-table": people, breakout: [own], aggregation: [["count"]] } } })).json;
      const saved = await as("POST", `/api/card/${card.id}/query`, {});
      assert.deepEqual(saved.json.data?.rows.map((row) => row[0]), ["Google"], saved.text);
      assert.deepEqual((await as("GET", `/api/card/${card.id}/params/s/values`)).json.values, [["Google"]]);
      const nested = await as("POST", "/api/dataset", { database: 1, type: "query", query: { "source-table": `card__${card.id}` } });
      assert.deepEqual(nested.json.data?.rows.map((row) => row[0]), ["Google"], nested.text);
    });
  },

  "rows by an attribute of the person, and none without it": async () => {
    await filtered(async ({ api, as, reader, table, field, everybody }) => {
      const plan = field("ACCOUNTS", "PLAN");
      await api("POST", "/api/vigie/row-filter", { group_id: everybody, table_id: table("ACCOUNTS").id, field_id: plan, operator: "=", user_attribute: "plan" });
      const ask = async () => (await as("POST", "/api/dataset", { database: 1, type: "query", query: { "source-table": table("ACCOUNTS").id, breakout: [["field", plan, null]], aggregation: [["count"]] } })).json.data.rows.map((row) => row[0]);
      assert.deepEqual(await ask(), []);
      const id = (await as("GET", "/api/user/current")).json.id;
      assert.equal((await api("PUT", `/api/user/${id}`, { login_attributes: { plan: "Premium" } })).status, 200);
      assert.deepEqual(await ask(), ["Premium"]);
      assert.ok(reader);
    });
  },

  "a hidden column is nowhere": async () => {
    await filtered(async ({ api, as, table, field, everybody }) => {
      const email = field("PEOPLE", "EMAIL");
      assert.equal((await api("POST", "/api/vigie/hidden-field", { group_id: everybody, field_id: email })).status, 200);
      const all = await as("POST", "/api/dataset", { database: 1, type: "query", query: { "source-table": table("PEOPLE").id, limit: 2 } });
      assert.ok(!all.json.data.cols.some((one) => one.name === "EMAIL"));
      assert.doesNotMatch(all.text, /@/);
      const named = await as("POST", "/api/dataset", { database: 1, type: "query", query: { "source-table": table("PEOPLE").id, fields: [["field", email, null]] } });
      assert.equal(named.json.status, "failed");
      assert.equal((await as("GET", `/api/field/${email}`)).status, 404);
      assert.ok(!(await as("GET", `/api/table/${table("PEOPLE").id}/query_metadata`)).text.includes('"EMAIL"'));
      assert.ok((await api("POST", "/api/dataset", { database: 1, type: "query", query: { "source-table": table("PEOPLE").id, limit: 1 } })).text.includes("EMAIL"));
    });
  },
};
