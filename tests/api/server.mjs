// Starts the real server on a free port with a fresh data folder, and talks to it.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const binary = process.env.VIGIE_BIN;

let apps = 0;

/** Where the app database is: a new one of the PostgreSQL server that VIGIE_TEST_APP names, else a file in the data folder. */
function appDatabase() {
  const url = process.env.VIGIE_TEST_APP;
  if (!url) return {};
  apps += 1;
  execFileSync("psql", ["-qX", url, "-c", `create database app_${apps}`]);
  return { VIGIE_DATABASE_URL: url.replace(/[^/]*$/, `app_${apps}`) };
}

export async function startServer(options = {}) {
  const folder = mkdtempSync(join(tmpdir(), "vigie-api-"));
  const args = ["serve", "--data", folder, "--listen", "127.0.0.1:0", ...(options.args ?? [])];
  const child = spawn(binary, args, {
    env: { PATH: process.env.PATH, ASAN_OPTIONS: process.env.ASAN_OPTIONS ?? "", UBSAN_OPTIONS: process.env.UBSAN_OPTIONS ?? "", ...appDatabase(), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const server = { child, folder, out: "", err: "", base: "" };
  child.stderr.on("data", (data) => (server.err += data));
  await new Promise((resolve, reject) => {
    child.stdout.on("data", (data) => {
      server.out += data;
      const found = /listens on (http:\S+?)\/?\n/.exec(server.out);
      if (found) {
        server.base = found[1];
        resolve();
      }
    });
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}\n${server.err}`)));
  });
  server.stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners("exit");
      child.on("exit", (code) => {
        if (!options.keep) rmSync(folder, { recursive: true, force: true });
        resolve(code);
      });
      child.kill("SIGTERM");
    });
  return server;
}

// One request; the body is JSON unless it is text already.
export async function call(server, method, path, { body, headers = {}, session, key } = {}) {
  const sent = { ...headers };
  if (body !== undefined && sent["content-type"] === undefined) sent["content-type"] = "application/json";
  if (session) sent["x-metabase-session"] = session;
  if (key) sent["x-api-key"] = key;
  const response = await fetch(server.base + path, {
    method,
    headers: sent,
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    redirect: "manual",
  });
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

export const ADMIN = { email: "admin@example.org", password: "correct1horse" };

export async function setUp(server) {
  const properties = await call(server, "GET", "/api/session/properties");
  const answer = await call(server, "POST", "/api/setup", {
    body: {
      token: properties.json["setup-token"],
      user: { ...ADMIN, first_name: "Ada", last_name: "Lovelace", password_confirm: ADMIN.password },
      prefs: { site_name: "Essai", site_locale: "fr", allow_tracking: false },
      database: null,
      invite: null,
    },
  });
  if (answer.status !== 200) throw new Error(`set-up failed: ${answer.status} ${answer.text}`);
  return answer.json.id;
}

// Somebody without rights: invited, the link accepted. Their session.
export async function invite(server, admin, email, password = "another1horse") {
  const user = await call(server, "POST", "/api/user", { session: admin, body: { email } });
  const token = /reset_password\/([^#]+)#new/.exec(user.json.invite_url)[1];
  const reset = await call(server, "POST", "/api/session/reset_password", { body: { token, password } });
  return { id: user.json.id, session: reset.json.session_id };
}
