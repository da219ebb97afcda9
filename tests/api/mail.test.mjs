// Mail through a real conversation: plain, STARTTLS, TLS, log-in, and what goes wrong.
import assert from "node:assert/strict";
import { ADMIN, call, setUp, startServer } from "./server.mjs";
import { makeCertificate, startMailServer } from "./smtp.mjs";

async function send(security, { serverSecurity = security, user, password, wrong = false, trust = true, environment = false } = {}) {
  const certificate = makeCertificate();
  const mail = await startMailServer({ security: serverSecurity, certificate, user, password });
  const settings = {
    "email-smtp-host": "localhost",
    "email-smtp-port": mail.port,
    "email-smtp-security": security,
    "email-smtp-username": user ?? null,
    "email-smtp-password": wrong ? "not-it" : (password ?? null),
    "email-from-address": "vigie@example.org",
    "email-from-name": "Équipe données",
  };
  const fixed = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null).map(([key, value]) => [`MB_${key.toUpperCase().replaceAll("-", "_")}`, String(value)]));
  const server = await startServer({ env: { ...(trust ? { VIGIE_MAIL_CA_FILE: certificate.cert } : {}), ...(environment ? fixed : {}) } });
  try {
    const session = await setUp(server);
    if (!environment) assert.equal((await call(server, "PUT", "/api/email", { session, body: settings })).status, 200);
    const answer = await call(server, "POST", "/api/email/test", { session });
    return { answer, mails: mail.mails, log: server.err };
  } finally {
    await server.stop();
    mail.close();
    certificate.remove();
  }
}

export const tests = {
  "a test mail arrives in the clear, by STARTTLS and by TLS": async () => {
    for (const security of ["none", "starttls", "tls"]) {
      const { answer, mails } = await send(security, { user: "u", password: "p ä" });
      assert.deepEqual([answer.status, answer.json], [200, { ok: true }], `${security}: ${answer.text}`);
      assert.equal(mails.length, 1);
      assert.equal(mails[0].encrypted, security !== "none");
      assert.ok(mails[0].to[0].includes(ADMIN.email));
      assert.match(mails[0].body, /^From: =\?UTF-8\?B\?[^?]+\?= <vigie@example\.org>$/m);
      assert.match(mails[0].body, /^Content-Type: text\/plain; charset=utf-8$/m);
      // In the language of who tries it.
      assert.match(mails[0].body, /Ce message d’essai est arrivé|Q2UgbWVzc2FnZSBk|Ce message d=E2=80=99essai/);
    }
  },
  "the mail server may come from the environment": async () => {
    const { answer, mails } = await send("starttls", { user: "u", password: "secret-5", environment: true });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(mails.length, 1);
  },
  "a server that offers no STARTTLS gets nothing": async () => {
    const { answer, mails } = await send("starttls", { serverSecurity: "none" });
    assert.ok(answer.json.errors["email-smtp-security"], answer.text);
    assert.equal(mails.length, 0);
  },
  "a certificate that nobody vouches for is refused": async () => {
    const { answer, mails } = await send("tls", { trust: false });
    assert.ok(answer.json.errors["email-smtp-security"], answer.text);
    assert.equal(mails.length, 0);
  },
  "a wrong password is named, and shown nowhere": async () => {
    const { answer, mails, log } = await send("starttls", { user: "u", password: "right-6", wrong: true });
    assert.match(answer.json.errors["email-smtp-username"], /^le serveur de messagerie n’a pas pris le message\u00a0: /);
    assert.equal(answer.json.hint, "Vérifiez l’utilisateur et le mot de passe du serveur de messagerie.");
    assert.equal(mails.length, 0);
    assert.ok(!answer.text.includes("not-it") && !log.includes("not-it"));
  },
};
