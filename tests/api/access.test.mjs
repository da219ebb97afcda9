// Every route as nobody, as somebody without rights, as a member of a group, as an administrator and
// by keys, compared with access.txt. A new route fails until it is listed there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rightBody } from "./bodies.mjs";
import { call, invite, setUp, startServer } from "./server.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const routes = JSON.parse(execFileSync(process.env.VIGIE_BIN, ["dev", "routes", "--json"]));
const MISSING = "987654321";

function fill(path) {
  return path.replace(/:id/g, MISSING).replace(/:[a-z]+/g, "nothing").replace(/\*[a-z]+/g, "nothing/here");
}

// What a status says about the right: the door was shut (401, 403) or it was open.
function verdict(status) {
  return status === 401 || status === 403 ? String(status) : "open";
}

async function matrix() {
  const server = await startServer();
  try {
    const admin = await setUp(server);
    const group = await call(server, "POST", "/api/permissions/group", { session: admin, body: { name: "Équipe" } });
    const reader = await invite(server, admin, "reader@example.org");
    const member = await invite(server, admin, "member@example.org");
    await call(server, "POST", "/api/permissions/membership", { session: admin, body: { group_id: group.json.id, user_id: member.id } });
    const key = async (name, id) =>
      (await call(server, "POST", "/api/api-key", { session: admin, body: { name, group_id: id } })).json.unmasked_key;
    const roles = [
      ["nobody", () => ({})],
      ["stranger", () => ({ session: "00000000-0000-4000-8000-000000000000" })],
      ["reader", () => ({ session: reader.session })],
      ["member", () => ({ session: member.session })],
      ["admin", () => ({ session: admin })],
      ["key", await key("group", group.json.id).then((text) => () => ({ key: text }))],
      ["admin-key", await key("admin", 2).then((text) => () => ({ key: text }))],
    ];
    const lines = [];
    for (const route of routes) {
      const verdicts = [];
      for (const [name, means] of roles) {
        // Ending the very session that later rows need would shut all doors.
        const skip = route.method === "DELETE" && route.path === "/api/session" && name !== "nobody" && name !== "stranger";
        const answer = skip ? { status: 200 } : await call(server, route.method, fill(route.path), { ...means(), body: route.method === "GET" ? undefined : rightBody(route.body) });
        assert.ok(answer.status < 500, `${route.method} ${route.path} as ${name}: ${answer.status} ${answer.text}`);
        verdicts.push(`${name}=${verdict(answer.status)}`);
      }
      lines.push(`${route.method} ${route.path} ${route.plane} ${verdicts.join(" ")}`);
    }
    return lines;
  } finally {
    assert.equal(await server.stop(), 0);
  }
}

export const tests = {
  "every route is listed with who may pass": async () => {
    const expected = readFileSync(join(here, "access.txt"), "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const actual = await matrix();
    if (process.env.VIGIE_GOLDEN) {
      const { writeFileSync } = await import("node:fs");
      writeFileSync(join(here, "access.txt"), `# Who may pass which door. A new route fails until it is listed; ./dev golden writes this anew.\n${actual.join("\n")}\n`);
      return;
    }
    assert.deepEqual(actual, expected);
  },
  "no route of the public plane is under /api/session": () => {
    const wrong = routes.filter((route) => route.plane === "public" && route.path.startsWith("/api/session"));
    assert.deepEqual(wrong, []);
  },
  "listeners serve only their planes": async () => {
    const server = await startServer({ args: ["--listen", "127.0.0.1:0/public,127.0.0.1:0/api+admin"] });
    try {
      const [open, closed] = [...server.out.matchAll(/http:\/\/[^/\s]+/g)].map((match) => match[0]);
      const status = async (base, path) => (await fetch(base + path)).status;
      assert.equal(await status(open, "/api/health"), 200);
      for (const path of ["/", "/api/session/properties", "/api/user/current", "/metrics", "/api/setting", "/admin/people"])
        assert.equal(await status(open, path), 404, path);
      assert.equal(await status(closed, "/api/session/properties"), 200);
      assert.equal(await status(closed, "/metrics"), 200);
    } finally {
      await server.stop();
    }
  },
};
