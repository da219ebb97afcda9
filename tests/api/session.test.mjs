// Set-up, log-in, log-out, passwords and links, as Metabase's clients do it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ADMIN, call, invite, setUp, startServer } from "./server.mjs";

const server = (options, run) => async () => {
  const started = await startServer(options);
  try {
    await run(started);
  } finally {
    await started.stop();
  }
};

export const tests = {
  "the set-up happens once, and its token is gone then": server({}, async (s) => {
    const before = await call(s, "GET", "/api/session/properties");
    const token = before.json["setup-token"];
    assert.match(token, /^[0-9a-f-]{36}$/);
    assert.match((await call(s, "GET", "/")).text, new RegExp(`"setup-token":"${token}"`));
    const body = { token: "wrong", user: { email: "a@example.org", password: "correct1horse" }, prefs: { site_name: "X" } };
    assert.equal((await call(s, "POST", "/api/setup", { body })).json.errors.token, "Token does not match the setup token.");
    const session = await setUp(s);
    const after = await call(s, "GET", "/api/session/properties");
    assert.equal(after.json["setup-token"], null);
    assert.equal(after.json["has-user-setup"], true);
    assert.equal(after.json["site-name"], "Essai");
    assert.equal((await call(s, "POST", "/api/setup", { body: { ...body, token } })).status, 403);
    const me = await call(s, "GET", "/api/user/current", { session });
    assert.equal(me.json.email, ADMIN.email);
    assert.equal(me.json.is_superuser, true);
    assert.deepEqual(me.json.group_ids, [1, 2]);
  }),
  "of two set-ups at once only one succeeds": server({}, async (s) => {
    const token = (await call(s, "GET", "/api/session/properties")).json["setup-token"];
    const answers = await Promise.all([1, 2, 3].map((n) => call(s, "POST", "/api/setup", { body: { token, user: { email: `a${n}@example.org`, password: "correct1horse" }, prefs: { site_name: "X" } } })));
    assert.deepEqual(answers.map((one) => one.status).sort(), [200, 403, 403]);
  }),
  "a token of the operator is shown nowhere and needed": server({ env: { VIGIE_SETUP_TOKEN: "from-the-operator" } }, async (s) => {
    assert.equal((await call(s, "GET", "/api/session/properties")).json["setup-token"], null);
    assert.ok(!(await call(s, "GET", "/")).text.includes("from-the-operator"));
    const body = { token: "from-the-operator", user: { email: "a@example.org", password: "correct1horse" }, prefs: { site_name: "X" } };
    assert.equal((await call(s, "POST", "/api/setup", { body })).status, 200);
  }),
  "log-in gives a session by cookie and header, log-out ends it": server({}, async (s) => {
    await setUp(s);
    const login = await call(s, "POST", "/api/session", { body: { username: "ADMIN@example.org", password: ADMIN.password, remember: true } });
    assert.equal(login.status, 200);
    const cookie = login.headers.getSetCookie().find((one) => one.startsWith("metabase.SESSION="));
    assert.match(cookie, /HttpOnly/);
    assert.match(cookie, /SameSite=Lax/);
    assert.match(cookie, /Max-Age=1209600/);
    assert.ok(cookie.includes(login.json.id));
    assert.equal((await call(s, "GET", "/api/user/current", { headers: { cookie: `metabase.SESSION=${login.json.id}` } })).status, 200);
    assert.equal((await call(s, "DELETE", "/api/session", { session: login.json.id })).status, 204);
    const gone = await call(s, "GET", "/api/user/current", { session: login.json.id });
    assert.deepEqual([gone.status, gone.text], [401, "Unauthenticated"]);
    assert.equal((await call(s, "DELETE", "/api/session")).status, 404);
  }),
  "a wrong password and an unknown person look the same": server({}, async (s) => {
    await setUp(s);
    const wrong = await call(s, "POST", "/api/session", { body: { username: ADMIN.email, password: "wrong1horse" } });
    const nobody = await call(s, "POST", "/api/session", { body: { username: "nobody@example.org", password: "wrong1horse" } });
    assert.equal(wrong.status, 401);
    assert.equal(wrong.json.errors.password, "did not match stored password");
    assert.deepEqual([nobody.status, nobody.text], [wrong.status, wrong.text]);
  }),
  "guessing is slowed down per account, and says how long": server({}, async (s) => {
    await setUp(s);
    let last;
    for (let i = 0; i < 7; i += 1) last = await call(s, "POST", "/api/session", { body: { username: ADMIN.email, password: `wrong${i}horse` } });
    assert.equal(last.status, 400);
    assert.match(last.json.errors.username, /You must wait \d+ seconds/);
    assert.ok(Number(last.headers.get("retry-after")) >= 1);
    const right = await call(s, "POST", "/api/session", { body: { username: ADMIN.email, password: ADMIN.password } });
    assert.equal(right.status, 400);
  }),
  "a cookie sent along by another site changes nothing": server({}, async (s) => {
    const session = await setUp(s);
    const headers = { cookie: `metabase.SESSION=${session}`, "sec-fetch-site": "cross-site" };
    assert.equal((await call(s, "PUT", "/api/setting/site-name", { headers, body: { value: "x" } })).status, 403);
    assert.equal((await call(s, "PUT", "/api/setting/site-name", { headers: { ...headers, "sec-fetch-site": "same-origin" }, body: { value: "x" } })).status, 204);
  }),
  "an invitation is a link that works once, and sets a strong password": server({}, async (s) => {
    const admin = await setUp(s);
    const made = await call(s, "POST", "/api/user", { session: admin, body: { email: "new@example.org", first_name: "N" } });
    const token = /reset_password\/([^#]+)#new/.exec(made.json.invite_url)[1];
    const valid = () => call(s, "GET", `/api/session/password_reset_token_valid?token=${token}`);
    assert.equal((await valid()).json.valid, true);
    for (const password of ["short1", "nodigitshere", "password1", "new@example.org"])
      assert.ok((await call(s, "POST", "/api/session/reset_password", { body: { token, password } })).json.errors.password, password);
    const done = await call(s, "POST", "/api/session/reset_password", { body: { token, password: "correct2horse" } });
    assert.equal(done.json.success, true);
    assert.equal((await call(s, "GET", "/api/user/current", { session: done.json.session_id })).json.email, "new@example.org");
    assert.equal((await valid()).json.valid, false);
    assert.equal((await call(s, "POST", "/api/session/reset_password", { body: { token, password: "correct3horse" } })).status, 400);
  }),
  "a forgotten password tells nobody who has an account": server({ env: { VIGIE_MAIL_FOLDER: "" } }, async (s) => {
    await setUp(s);
    for (const email of [ADMIN.email, "nobody@example.org"]) {
      const answer = await call(s, "POST", "/api/session/forgot_password", { body: { email } });
      assert.deepEqual([answer.status, answer.text], [204, ""]);
    }
    let last;
    for (let i = 0; i < 8; i += 1) last = await call(s, "POST", "/api/session/forgot_password", { body: { email: "nobody@example.org" } });
    assert.equal(last.status, 429);
    assert.ok(last.headers.get("retry-after"));
  }),
  "mails carry the links, in the reader's language": async () => {
    const { mkdtempSync, rmSync } = await import("node:fs");
    const { tmpdir } = await import("node:os");
    const mails = mkdtempSync(join(tmpdir(), "vigie-mail-"));
    const s = await startServer({ env: { VIGIE_MAIL_FOLDER: mails, MB_SITE_URL: "https://stats.example.org/x/" } });
    try {
      const admin = await setUp(s);
      const made = await call(s, "POST", "/api/user", { session: admin, body: { email: "new@example.org" } });
      assert.equal(made.json.invite_url, null);
      await call(s, "POST", "/api/session/forgot_password", { body: { email: ADMIN.email } });
      const arrived = () => readdirSync(mails).filter((name) => name.endsWith(".eml"));
      for (let i = 0; i < 200 && arrived().length < 2; i += 1) await new Promise((resolve) => setTimeout(resolve, 20));
      const texts = arrived().map((name) => readFileSync(join(mails, name), "utf8"));
      const invitation = texts.find((text) => text.includes("To: new@example.org"));
      assert.match(invitation, /Vous êtes invité à rejoindre Essai/);
      assert.match(invitation, /https:\/\/stats\.example\.org\/x\/auth\/reset_password\/\S+#new/);
      const reset = texts.find((text) => text.includes(`To: ${ADMIN.email}`));
      const token = /reset_password\/(\S+)/.exec(reset)[1];
      const old = await call(s, "POST", "/api/session", { body: { username: ADMIN.email, password: ADMIN.password } });
      assert.equal((await call(s, "POST", "/api/session/reset_password", { body: { token, password: "correct4horse" } })).status, 200);
      assert.equal((await call(s, "GET", "/api/user/current", { session: old.json.id })).status, 401);
    } finally {
      await s.stop();
      rmSync(mails, { recursive: true, force: true });
    }
  },
  "one's own password needs the old one; an administrator's word is enough for others": server({}, async (s) => {
    const admin = await setUp(s);
    const other = await invite(s, admin, "other@example.org", "another1horse");
    const change = (session, id, body) => call(s, "PUT", `/api/user/${id}/password`, { session, body });
    assert.equal((await change(other.session, other.id, { password: "another2horse" })).status, 400);
    assert.equal((await change(other.session, other.id, { password: "another2horse", old_password: "wrong" })).status, 400);
    const done = await change(other.session, other.id, { password: "another2horse", old_password: "another1horse" });
    assert.equal(done.json.success, true);
    assert.equal((await call(s, "GET", "/api/user/current", { session: other.session })).status, 401);
    assert.equal((await call(s, "GET", "/api/user/current", { session: done.json.session_id })).status, 200);
    assert.equal((await change(done.json.session_id, 1, { password: "another3horse" })).status, 403);
    assert.equal((await change(admin, other.id, { password: "another3horse" })).status, 204);
  }),
  "the log holds no secret": server({ env: { VIGIE_LOG_LEVEL: "debug" } }, async (s) => {
    const admin = await setUp(s);
    const made = await call(s, "POST", "/api/user", { session: admin, body: { email: "new@example.org" } });
    const token = /reset_password\/([^#]+)#new/.exec(made.json.invite_url)[1];
    await call(s, "GET", `/auth/reset_password/${token}`);
    await call(s, "GET", `/api/session/password_reset_token_valid?token=${token}`);
    const key = (await call(s, "POST", "/api/api-key", { session: admin, body: { name: "k", group_id: 2 } })).json.unmasked_key;
    await call(s, "GET", "/api/user/current", { key });
    await call(s, "PUT", "/api/email", { session: admin, body: { "email-smtp-password": "smtp-secret-9" } });
    for (const secret of [admin, token, key, ADMIN.password, "smtp-secret-9"]) {
      assert.ok(!s.err.includes(secret), "in the log");
      assert.ok(!s.out.includes(secret), "in the audit lines");
    }
    assert.match(s.err, /path=\/auth\/reset_password\/:token/);
  }),
};
