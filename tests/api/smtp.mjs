// A small mail server for tests: plain, STARTTLS or TLS from the first byte, with log-in.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer, TLSSocket } from "node:tls";

export function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), "vigie-cert-"));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert], { stdio: "ignore" });
  return { key, cert, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

// security: "none", "starttls" or "tls". Resolves to { port, mails, close }.
export function startMailServer({ security = "none", certificate, user, password } = {}) {
  const mails = [];
  const tls = certificate && { key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) };

  function talk(socket, encrypted) {
    let text = "";
    let body = null;
    let asked = false;
    let mail = { encrypted, user: null, to: [] };
    const say = (line) => socket.write(`${line}\r\n`);
    const extensions = () => ["250-localhost", ...(tls && security === "starttls" && !encrypted ? ["250-STARTTLS"] : []), ...(user ? ["250-AUTH PLAIN"] : []), "250 8BITMIME"];

    function login(credentials) {
      const [, name, secret] = Buffer.from(credentials, "base64").toString().split("\0");
      asked = false;
      mail.user = name;
      say(name === user && secret === password ? "235 welcome" : "535 wrong");
    }

    function command(line) {
      if (asked) return login(line);
      const verb = line.split(" ")[0].toUpperCase();
      if (verb === "EHLO") return socket.write(`${extensions().join("\r\n")}\r\n`);
      if (verb === "STARTTLS") {
        say("220 go");
        socket.removeAllListeners("data");
        const secure = new TLSSocket(socket, { isServer: true, ...tls });
        secure.on("error", () => {});
        return talk(secure, true);
      }
      if (verb === "AUTH") {
        const [, , credentials] = line.split(" ");
        if (credentials) return login(credentials);
        asked = true;
        return say("334 ");
      }
      if (verb === "MAIL") return say(user && mail.user !== user ? "530 log in first" : "250 ok");
      if (verb === "RCPT") {
        mail.to.push(line);
        return say("250 ok");
      }
      if (verb === "DATA") {
        body = "";
        return say("354 go on");
      }
      if (verb === "QUIT") {
        say("221 bye");
        return socket.end();
      }
      return say("250 ok");
    }

    socket.on("error", () => {});
    socket.on("data", (data) => {
      text += data.toString("utf8");
      for (let end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n")) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (body === null) command(line);
        else if (line === ".") {
          mails.push({ ...mail, body });
          body = null;
          mail = { ...mail, to: [] };
          say("250 taken");
        } else body += `${line}\n`;
      }
    });
    if (!encrypted || security === "tls") say("220 localhost");
  }

  const server = security === "tls" ? createTlsServer(tls, (socket) => talk(socket, true)) : createServer((socket) => talk(socket, false));
  server.on("tlsClientError", () => {});
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({ port: server.address().port, mails, close: () => server.close() })));
}
