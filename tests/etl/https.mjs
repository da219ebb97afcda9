// A web server with a certificate of its own authority, which answers well and badly.
//   node https.mjs FOLDER RULES-FILE    FOLDER gets ca.pem, stranger.pem and port
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";

const [folder, rules] = process.argv.slice(2);
const at = (name) => join(folder, name);
const openssl = (...words) => execFileSync("openssl", words, { stdio: "ignore" });
const authority = (name) =>
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`, "-keyout", at(`${name}.key`), "-out", at(`${name}.pem`));

authority("ca");
authority("stranger");
writeFileSync(at("names"), "subjectAltName=DNS:localhost\n");
openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", at("server.key"), "-out", at("server.csr"));
openssl("x509", "-req", "-in", at("server.csr"), "-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-CAcreateserial", "-days", "2", "-extfile", at("names"), "-out", at("server.pem"));

const moved = (location) => (res) => res.writeHead(302, { location }).end();
const answers = {
  "/rules.yml": (res) => res.end(readFileSync(rules)),
  "/moved": moved("/rules.yml"),
  "/loop": moved("/loop"),
  "/plain": moved("http://localhost:1/rules.yml"),
  "/page": (res) => res.end("<html><body>Not found</body></html>"),
  "/big": (res) => res.end("# ".padEnd(2 * 1024 * 1024, "x")),
  "/slow": () => {},
};
const server = createServer({ key: readFileSync(at("server.key")), cert: readFileSync(at("server.pem")) }, (req, res) => {
  const answer = answers[req.url];
  if (answer) answer(res);
  else res.writeHead(404).end("tables: []\n");
});
server.listen(0, "127.0.0.1", () => writeFileSync(at("port"), String(server.address().port)));
