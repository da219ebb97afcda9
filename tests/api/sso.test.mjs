// Log-in with a scripted OpenID Connect provider that signs with real keys, and lies when told to.
import assert from "node:assert/strict";
import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { call, setUp, startServer } from "./server.mjs";

const base64 = (data) => Buffer.from(data).toString("base64url");

async function startProvider() {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = { claims: {}, person: undefined, key: "rsa", codes: new Map(), alg: undefined };
  const sign = (payload) => {
    const alg = provider.alg ?? (provider.key === "ec" ? "ES256" : "RS256");
    const data = `${base64(JSON.stringify({ alg, kid: provider.key === "ec" ? "e" : "r" }))}.${base64(JSON.stringify(payload))}`;
    if (alg === "none") return `${data}.AA`;
    const key = { rsa, ec, stranger }[provider.key].privateKey;
    return `${data}.${base64(createSign("sha256").update(data).sign(provider.key === "ec" ? { key, dsaEncoding: "ieee-p1363" } : key))}`;
  };
  const http = createServer(async (req, res) => {
    const url = new URL(req.url, provider.issuer);
    const json = (body, status = 200) => res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (url.pathname === "/.well-known/openid-configuration")
      return json({ issuer: provider.issuer, authorization_endpoint: `${provider.issuer}/authorize`, token_endpoint: `${provider.issuer}/token`, jwks_uri: `${provider.issuer}/keys`, userinfo_endpoint: `${provider.issuer}/person` });
    if (url.pathname === "/keys")
      return json({ keys: [{ ...rsa.publicKey.export({ format: "jwk" }), kid: "r" }, { ...ec.publicKey.export({ format: "jwk" }), kid: "e" }] });
    if (url.pathname === "/token") {
      let text = "";
      for await (const part of req) text += part;
      const form = new URLSearchParams(text);
      const begun = provider.codes.get(form.get("code"));
      const fits = begun && createHash("sha256").update(form.get("code_verifier")).digest("base64url") === begun.challenge;
      if (!fits || form.get("client_secret") !== "s3cret&=é" || form.get("client_id") !== "vigie") return json({ error: "invalid_grant" }, 400);
      const now = Date.now() / 1000;
      return json({ access_token: "access", id_token: sign({ iss: provider.issuer, aud: "vigie", sub: "u1", exp: now + 60, iat: now, nonce: begun.nonce, ...provider.claims }) });
    }
    if (url.pathname === "/person") return res.writeHead(200, { "content-type": "application/jwt" }).end(sign(provider.person));
    return json({}, 404);
  });
  await new Promise((done) => http.listen(0, "127.0.0.1", done));
  provider.issuer = `http://127.0.0.1:${http.address().port}`;
  provider.stop = () => new Promise((done) => http.close(done));
  return provider;
}

// What a browser does: out with a cookie, back with a code.
async function logIn(server, provider, { redirect = "/dashboard/1", state, cookie } = {}) {
  const out = await call(server, "GET", `/auth/sso?redirect=${encodeURIComponent(redirect)}`);
  assert.equal(out.status, 302, out.text);
  const url = new URL(out.headers.get("location"));
  const kept = out.headers.getSetCookie().find((one) => one.startsWith("vigie.SSO"));
  assert.match(kept, /HttpOnly/i);
  const code = randomBytes(8).toString("hex");
  provider.codes.set(code, { challenge: url.searchParams.get("code_challenge"), nonce: url.searchParams.get("nonce") });
  const back = await call(server, "GET", `/auth/sso/callback?code=${code}&state=${state ?? url.searchParams.get("state")}`, { headers: { cookie: cookie ?? kept.split(";")[0] } });
  const session = /metabase\.SESSION=([^;]+)/.exec(back.headers.getSetCookie().join(";"))?.[1];
  return { out: url, back, session };
}

const withProvider = (extra, run) => async () => {
  const provider = await startProvider();
  const server = await startServer({ env: { VIGIE_OIDC_ISSUER: provider.issuer, VIGIE_OIDC_CLIENT_ID: "vigie", VIGIE_OIDC_CLIENT_SECRET: "s3cret&=é", ...extra } });
  try {
    await run(server, provider);
  } finally {
    await server.stop();
    await provider.stop();
  }
  assert.ok(!/AddressSanitizer|runtime error/.test(server.err), server.err);
};

export const tests = {
  "somebody new logs in, with names, groups and attributes": withProvider({ VIGIE_OIDC_GROUPS: "equipe=3" }, async (server, provider) => {
    const admin = await setUp(server);
    assert.equal((await call(server, "POST", "/api/permissions/group", { session: admin, body: { name: "Équipe" } })).json.id, 3);
    for (const key of ["rsa", "ec"]) {
      provider.key = key;
      provider.claims = { email: "Ada@beta.gouv.fr", given_name: "Ada", family_name: "L", groups: key === "rsa" ? ["equipe", "x"] : [], dept: "75" };
      const { out, back, session } = await logIn(server, provider);
      assert.equal(out.searchParams.get("code_challenge_method"), "S256");
      assert.deepEqual([back.status, back.headers.get("location")], [302, "/dashboard/1"], back.text);
      const user = (await call(server, "GET", "/api/user/current", { session })).json;
      assert.deepEqual([user.email, user.first_name, user.sso_source, user.group_ids.includes(3)], ["ada@beta.gouv.fr", "Ada", "oidc", key === "rsa"]);
      assert.equal(user.jwt_attributes.dept, "75");
    }
  }),
  "a provider that keeps the address to itself is asked for it, as ProConnect wants": withProvider({}, async (server, provider) => {
    await setUp(server);
    provider.person = { sub: "u1", email: "grace@beta.gouv.fr", given_name: "Grace", usual_name: "Hopper" };
    const { back, session } = await logIn(server, provider);
    assert.equal(back.status, 302, back.text);
    const user = (await call(server, "GET", "/api/user/current", { session })).json;
    assert.equal(user.common_name, "Grace Hopper");
    provider.person = { ...provider.person, sub: "u2" };
    assert.equal((await logIn(server, provider)).back.status, 401);
  }),
  "tokens that are not right are refused": withProvider({ VIGIE_OIDC_DOMAINS: "beta.gouv.fr" }, async (server, provider) => {
    await setUp(server);
    const good = { email: "a@beta.gouv.fr" };
    const refused = async (what, claims, change = {}, options = {}) => {
      Object.assign(provider, { claims: { ...good, ...claims }, key: "rsa", alg: undefined, ...change });
      const { back, session } = await logIn(server, provider, options);
      assert.deepEqual([back.status, session], [401, undefined], `${what}: ${back.status} ${back.text}`);
    };
    await refused("signed by a stranger", {}, { key: "stranger" });
    await refused("not signed", {}, { alg: "none" });
    await refused("another algorithm", {}, { alg: "HS256" });
    await refused("expired", { exp: Date.now() / 1000 - 3600 });
    await refused("another issuer", { iss: "https://example.org" });
    await refused("another audience", { aud: ["x"] });
    await refused("another nonce", { nonce: "x" });
    await refused("not verified", { email_verified: false });
    await refused("another domain", { email: "a@beta.gouv.fr.example.org" });
    await refused("another state", {}, {}, { state: "x" });
    await refused("no cookie", {}, {}, { cookie: "x=y" });
    provider.claims = good;
    Object.assign(provider, { key: "rsa", alg: undefined });
    const elsewhere = await logIn(server, provider, { redirect: "//example.org" });
    assert.deepEqual([elsewhere.back.status, elsewhere.back.headers.get("location")], [302, "/"], elsewhere.back.text);
  }),
  "without accounts for all, only those who were invited": withProvider({ VIGIE_OIDC_CREATE: "false" }, async (server, provider) => {
    const admin = await setUp(server);
    provider.claims = { email: "new@example.org" };
    assert.equal((await logIn(server, provider)).back.status, 401);
    const made = await call(server, "POST", "/api/user", { session: admin, body: { email: "new@example.org" } });
    assert.equal((await logIn(server, provider)).back.status, 302);
    await call(server, "DELETE", `/api/user/${made.json.id}`, { session: admin });
    assert.equal((await logIn(server, provider)).back.status, 401);
  }),
  "when it is the only way in there are no routes for passwords": withProvider({ VIGIE_OIDC_ONLY: "true" }, async (server) => {
    const admin = await setUp(server);
    for (const [method, path] of [["POST", "/api/session"], ["POST", "/api/session/forgot_password"], ["POST", "/api/session/reset_password"], ["POST", "/api/session/password-check"], ["PUT", "/api/user/1/password"]]) {
      const answer = await call(server, method, path, { session: admin, body: {} });
      assert.deepEqual([answer.status, answer.text], [404, "API endpoint does not exist."], path);
    }
    // Somebody new is invited to the site, and to no password.
    const invited = await call(server, "POST", "/api/user", { session: admin, body: { email: "new@example.org" } });
    assert.equal(new URL(invited.json.invite_url).pathname, "/", invited.text);
    assert.doesNotMatch(invited.text, /reset_password|#new/);
    const properties = (await call(server, "GET", "/api/session/properties")).json;
    assert.deepEqual([properties["enable-password-login"], properties["oidc-enabled"]], [false, true]);
  }),
  "without a provider there is no such route": async () => {
    const server = await startServer();
    try {
      assert.equal((await call(server, "GET", "/auth/sso/callback")).status, 404);
    } finally {
      await server.stop();
    }
  },
};
