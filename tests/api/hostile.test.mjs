// For every route and every field it takes: an object, an array, a number, null, a huge text and the
// wrong kind give a 400 that names the field, never SQL, never a 500.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rightBody } from "./bodies.mjs";
import { call, setUp, startServer } from "./server.mjs";

const routes = JSON.parse(execFileSync(process.env.VIGIE_BIN, ["dev", "routes", "--json"]));
const huge = "x".repeat(3_000_000);
const values = {
  object: { toString: "x", "$ne": null, select: ["raw", "1; drop table core_user"] },
  array: [["raw", "1=1"], { a: 1 }],
  number: 3.5,
  text: "' or 1=1 --",
  boolean: true,
  null: null,
  huge,
};
const fits = {
  string: ["text", "huge"],
  integer: [],
  number: ["number"],
  boolean: ["boolean"],
  integers: [],
  strings: [],
  object: ["object"],
};
function* cases(fields, path = []) {
  for (const field of fields) {
    if (field.kind === "ignored") continue;
    for (const [name, value] of Object.entries(values)) {
      const accepted = field.kind === "json" ? field.shapes.includes(name) || (name === "huge" && field.shapes.includes("text")) : fits[field.kind].includes(name);
      if (value === null && field.nullable) continue;
      yield { path: [...path, field.key], name, value, mayPass: accepted && !field.choices && name !== "huge", field };
    }
    if (field.kind === "object") yield* cases(field.fields, [...path, field.key]);
  }
}

function put(body, path, value) {
  const copy = structuredClone(body);
  let at = copy;
  for (const key of path.slice(0, -1)) at = at[key];
  at[path.at(-1)] = value;
  return copy;
}

const leak = /(select|insert|update|delete)\s.+\s(from|into|set|where)\s|sqlite|syntax error|core_user|\/src\/|\.c:\d+|stack/i;

function checkAnswer(answer, route, one) {
  const what = `${route.method} ${route.path} ${one.path.join(".")} = ${one.name}: ${answer.status} ${answer.text.slice(0, 300)}`;
  assert.ok(answer.status < 500, what);
  assert.ok(answer.status < 400 || !leak.test(answer.text), `leaks: ${what}`);
  if (one.mayPass) return;
  assert.ok(answer.status === 400 || answer.status === 413, what);
  if (answer.status === 400) {
    assert.ok(answer.json?.errors, what);
    const named = Object.keys(answer.json.errors)[0];
    const fitting = one.path.join(".").startsWith(named) || named === one.path.at(-1) || fill(route.path).endsWith(`/${named}`);
    assert.ok(fitting, `names ${named}: ${what}`);
  }
}

async function eachRoute(kind, run) {
  const server = await startServer({ env: { MB_SITE_URL: "http://localhost" } });
  let count = 0;
  try {
    const session = await setUp(server);
    for (const route of routes.filter((one) => one[kind].length > 0)) count += await run(server, session, route);
  } finally {
    assert.equal(await server.stop(), 0, server.err);
  }
  assert.ok(!/AddressSanitizer|runtime error/.test(server.err), server.err);
  return count;
}

const fill = (path) => path.replace(/:id/g, "1").replace(/:key/g, "site-name").replace(/:[a-z]+/g, "x");

export const tests = {
  "a wrong value in a body is a 400 that names its field": async () => {
    const count = await eachRoute("body", async (server, session, route) => {
      const body = rightBody(route.body);
      let done = 0;
      for (const one of cases(route.body)) {
        // Without rights where a wrong value would pass and change the account that asks.
        const means = one.mayPass && route.need !== "nothing" ? {} : { session };
        checkAnswer(await call(server, route.method, fill(route.path), { ...means, body: put(body, one.path, one.value) }), route, { ...one, mayPass: one.mayPass });
        done += 1;
      }
      return done;
    });
    assert.ok(count > 300, `only ${count} cases`);
  },
  "a wrong value in a query string is a 400 that names its field": async () => {
    await eachRoute("query", async (server, session, route) => {
      for (const field of route.query) {
        for (const value of ["' or 1=1 --", "[1]", "{}", "x".repeat(5000), "9".repeat(30), "%00"]) {
          const path = `${fill(route.path)}?${field.key}=${value === "%00" ? value : encodeURIComponent(value)}`;
          const answer = await call(server, route.method, path, { session });
          assert.ok(answer.status < 500 && !leak.test(answer.text), `${path}: ${answer.status} ${answer.text}`);
          if (field.kind !== "string") assert.ok([400, 414].includes(answer.status), `${path}: ${answer.status}`);
        }
      }
      return 1;
    });
  },
  "a body that is no object, no JSON or too deep is a 4xx": async () => {
    await eachRoute("body", async (server, session, route) => {
      for (const body of ["[]", "1", "\"x\"", "{", "{\"a\":1,\"a\":2}", "[".repeat(500), "\u0000", "{\"token\":\"\\u0000\"}"]) {
        const answer = await call(server, route.method, fill(route.path), { session, body });
        assert.ok(answer.status >= 400 && answer.status < 500, `${route.path} ${body.slice(0, 20)}: ${answer.status} ${answer.text}`);
      }
      const form = await call(server, route.method, fill(route.path), { session, body: "a=1", headers: { "content-type": "text/plain" } });
      assert.ok([400, 415].includes(form.status), `${route.path} as text: ${form.status}`);
      return 1;
    });
  },
  "a wrong value in a path is a 404": async () => {
    const server = await startServer();
    try {
      const session = await setUp(server);
      for (const route of routes.filter((one) => one.path.includes(":id") && one.method === "GET"))
        for (const id of ["0", "-1", "x", "1.5", "99999999999999999999", "1%20or%201=1", "null", "[]", "987654321"]) {
          const path = route.path.replace(":id", id).replace(/:[a-z]+/g, "x");
          const answer = await call(server, "GET", path, { session });
          assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status} ${answer.text}`);
        }
    } finally {
      await server.stop();
    }
  },
};
