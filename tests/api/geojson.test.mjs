// Maps that administrators bring: read with care, once; readers are answered from here.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { call, invite, setUp, startServer } from "./server.mjs";
import { makeCertificate } from "./smtp.mjs";

const SECRET = "5c1a6b7d8e9f00112233445566778899aabbccddeeff00112233445566778899";
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const sign = (payload) => {
  const body = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(payload)}`;
  return `${body}.${createHmac("sha256", SECRET).update(body).digest("base64url")}`;
};

const square = (x, y) => [[[x, y, 12.5], [x + 1.123456789, y], [x + 1, y + 1], [x, y]]];
const feature = (code, nom, x) => ({ type: "Feature", id: code, bbox: [1, 2, 3, 4], properties: { code, nom, secret: "s", more: { a: 1 } }, geometry: { type: "Polygon", coordinates: square(x, 45) } });
const epci = () => ({ type: "FeatureCollection", name: "epci", crs: { type: "name" }, features: [feature("01", "Bugey", 4), feature("02", "Vézère", 6), { type: "Feature", properties: null, geometry: null }] });

// A host of maps, whose answers a test writes.
async function startHost(certificate) {
  const host = { asked: [], pages: {} };
  const server = createServer({ key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) }, (req, res) => {
    host.asked.push(req.url);
    const page = host.pages[req.url];
    if (typeof page === "function") return page(res);
    if (page === undefined) return res.writeHead(404).end("no such page, secret words");
    res.writeHead(200, { "content-type": "application/geo+json" }).end(typeof page === "string" || Buffer.isBuffer(page) ? page : JSON.stringify(page));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  host.authority = `localhost:${server.address().port}`;
  host.base = `https://${host.authority}`;
  host.stop = () => new Promise((done) => (server.closeAllConnections(), server.close(done)));
  return host;
}

async function mapped(run, { open = true, env = {} } = {}) {
  const certificate = makeCertificate();
  const host = await startHost(certificate);
  const server = await startServer({ env: { VIGIE_MAP_CA_FILE: certificate.cert, ...(open && { VIGIE_MAP_HOSTS: `other.example ${host.authority}` }), ...(typeof env === "function" ? env(host) : env) } });
  try {
    const session = await setUp(server);
    const api = (method, path, body) => call(server, method, path, { session, body });
    const put = (value) => api("PUT", "/api/setting/custom-geojson", { value });
    const entry = (path, more) => ({ name: "EPCI", url: host.base + path, region_key: "code", region_name: "nom", ...more });
    await run({ server, session, api, put, entry, host });
  } finally {
    await server.stop();
    await host.stop();
    certificate.remove();
  }
}

export const tests = {
  "a map is read when it is set, kept without what nobody needs, and shown to who logs in": async () => {
    await mapped(async ({ server, session, api, put, entry, host }) => {
      host.pages["/epci.json?v=1"] = `\uFEFF${JSON.stringify(epci())}`;
      const seen = await api("GET", `/api/geojson?url=${encodeURIComponent(`${host.base}/epci.json?v=1`)}`);
      assert.equal(seen.status, 200, seen.text);
      assert.deepEqual(seen.json.features[0].properties, { code: "01", nom: "Bugey", secret: "s" });
      assert.deepEqual((await api("GET", "/api/vigie/geojson")).json, []);

      const made = await put({ epci: entry("/epci.json?v=1"), us_states: { name: "United States", url: "app/us.json", builtin: true } });
      assert.equal(made.status, 204, made.text);
      const known = (await api("GET", "/api/session/properties")).json;
      assert.deepEqual(known["custom-geojson"], { epci: entry("/epci.json?v=1") });
      assert.equal(known["custom-geojson-enabled"], true);
      assert.ok(!("custom-geojson" in (await call(server, "GET", "/api/session/properties")).json));
      assert.deepEqual((await api("GET", "/api/setting/custom-geojson")).json, known["custom-geojson"]);

      const asked = host.asked.length;
      const { session: reader } = await invite(server, session, "reader@example.org");
      const shown = await call(server, "GET", "/api/geojson/epci", { session: reader });
      assert.equal(shown.status, 200, shown.text);
      assert.deepEqual(Object.keys(shown.json), ["key", "name", "region_key", "region_name", "type", "features"]);
      assert.deepEqual([shown.json.key, shown.json.name, shown.json.region_key, shown.json.region_name], ["epci", "EPCI", "code", "nom"]);
      assert.deepEqual(shown.json.features[1], { type: "Feature", id: "02", properties: { code: "02", nom: "Vézère" }, geometry: { type: "Polygon", coordinates: [[[6, 45], [7.12346, 45], [7, 46], [6, 45]]] } });
      assert.deepEqual(shown.json.features[2], { type: "Feature", properties: {}, geometry: null });
      const again = await call(server, "GET", "/api/geojson/epci", { session: reader, headers: { "if-none-match": shown.headers.get("etag") } });
      assert.equal(again.status, 304);
      assert.equal((await call(server, "GET", "/api/geojson/epci")).status, 401);
      assert.equal((await call(server, "GET", `/api/geojson?url=${encodeURIComponent(host.base)}`, { session: reader })).status, 403);
      assert.equal((await call(server, "PUT", "/api/setting/custom-geojson", { session: reader, body: { value: {} } })).status, 403);
      assert.equal((await api("GET", "/api/geojson/absent")).status, 404);
      assert.equal(host.asked.length, asked, "a reader made the server ask");

      // What did not change is not read again, unless somebody says so.
      assert.equal((await put({ epci: entry("/epci.json?v=1", { name: "Autre nom" }) })).status, 204);
      assert.equal(host.asked.length, asked);
      assert.notEqual((await call(server, "GET", "/api/geojson/epci", { session: reader })).headers.get("etag"), shown.headers.get("etag"));
      host.pages["/epci.json?v=1"] = { type: "FeatureCollection", features: [feature("03", "Neuf", 5)] };
      assert.equal((await call(server, "POST", "/api/vigie/geojson/epci/read", { session: reader })).status, 403);
      const read = await api("POST", "/api/vigie/geojson/epci/read");
      assert.equal(read.status, 200, read.text);
      assert.deepEqual((await api("GET", "/api/geojson/epci")).json.features.map(({ id }) => id), ["03"]);
      assert.deepEqual((await api("GET", "/api/vigie/geojson")).json, [read.json]);
      host.pages["/epci.json?v=1"] = undefined;
      assert.equal((await api("POST", "/api/vigie/geojson/epci/read")).status, 400);
      assert.equal((await api("GET", "/api/geojson/epci")).status, 200);

      assert.equal((await api("PUT", "/api/setting/custom-geojson-enabled", { value: false })).status, 204);
      assert.equal((await api("GET", "/api/geojson/epci")).status, 400);
      assert.equal((await api("GET", `/api/geojson?url=${encodeURIComponent(host.base)}`)).status, 400);
      assert.equal((await api("PUT", "/api/setting/custom-geojson-enabled", { value: null })).status, 204);
      assert.equal((await put(null)).status, 204);
      assert.equal((await api("GET", "/api/geojson/epci")).status, 404);
      assert.deepEqual((await api("GET", "/api/session/properties")).json["custom-geojson"], {});
    });
  },

  "a file is sent, read by the same rules, and kept": async () => {
    await mapped(async ({ server, session, api, put, entry, host }) => {
      const send = async (key, content, fields = {}, { as = session, name = "quartiers.geojson" } = {}) => {
        const form = new FormData();
        for (const [field, value] of Object.entries({ name: "Quartiers", region_key: "code", region_name: "nom", ...fields })) form.append(field, value);
        if (content !== null) form.append("file", new Blob([content]), name);
        const response = await fetch(`${server.base}/api/vigie/geojson/${key}/file`, { method: "POST", body: form, headers: { "x-metabase-session": as } });
        return { status: response.status, text: await response.text() };
      };
      host.pages["/epci.json"] = epci();
      await put({ epci: entry("/epci.json") });
      const made = await send("quartiers", JSON.stringify(epci()));
      assert.equal(made.status, 200, made.text);
      const known = (await api("GET", "/api/setting/custom-geojson")).json;
      assert.deepEqual(known, { epci: entry("/epci.json"), quartiers: { name: "Quartiers", url: "sent:quartiers.geojson", region_key: "code", region_name: "nom" } });
      const shown = (await api("GET", "/api/geojson/quartiers")).json;
      assert.deepEqual(shown.features.map(({ properties }) => properties), [{ code: "01", nom: "Bugey" }, { code: "02", nom: "Vézère" }, {}]);

      // Its words change without the file, as long as what was kept of it says enough.
      assert.equal((await put({ ...known, quartiers: { ...known.quartiers, name: "Autre", region_key: "nom", region_name: "code" } })).status, 204);
      assert.deepEqual([(await api("GET", "/api/geojson/quartiers")).json].map((one) => [one.name, one.region_key]), [["Autre", "nom"]]);
      assert.match((await put({ ...known, quartiers: { ...known.quartiers, region_key: "secret" } })).text, /property secret/);
      assert.match((await put({ ...known, new: { ...known.quartiers } })).text, /new: its file was not sent/);
      assert.match((await api("POST", "/api/vigie/geojson/quartiers/read")).text, /sent as a file/);
      assert.equal((await send("quartiers", JSON.stringify({ type: "FeatureCollection", features: [feature("03", "Neuf", 5)] }), {}, { name: "../neuf.json" })).status, 200);
      assert.equal((await api("GET", "/api/setting/custom-geojson")).json.quartiers.url, "sent:neuf.json");
      assert.deepEqual((await api("GET", "/api/geojson/quartiers")).json.features.map(({ id }) => id), ["03"]);

      for (const [key, content, fields] of [
        ["quartiers", "<html>", {}],
        ["quartiers", null, {}],
        ["quartiers", JSON.stringify(epci()), { region_key: "insee" }],
        ["quartiers", JSON.stringify(epci()), { name: " " }],
        ["quartiers", JSON.stringify(epci()), { name: "a\0b" }],
        ["a b", JSON.stringify(epci()), {}],
        ["quartiers", `{"type":"FeatureCollection","features":[${" ".repeat(5 * 1024 * 1024)}]}`, {}],
        ["quartiers", Buffer.from([0xff, 0xfe, 0x7b]), {}],
      ]) assert.equal((await send(encodeURIComponent(key), content, fields)).status, 400, String(content).slice(0, 40));
      assert.deepEqual((await api("GET", "/api/geojson/quartiers")).json.features.map(({ id }) => id), ["03"]);
      const { session: reader } = await invite(server, session, "reader@example.org");
      assert.equal((await send("mine", JSON.stringify(epci()), {}, { as: reader })).status, 403);
      assert.equal((await put({})).status, 204);
      assert.equal((await api("GET", "/api/geojson/quartiers")).status, 404);
    });
  },

  "an address is asked with care, and what is no map is refused": async () => {
    await mapped(async ({ server, api, put, entry, host }) => {
      host.pages["/far"] = (res) => res.writeHead(302, { location: "/epci.json" }).end();
      host.pages["/epci.json"] = epci();
      host.pages["/large"] = Buffer.concat([Buffer.from('{"type":"FeatureCollection","features":['), Buffer.alloc(6 * 1024 * 1024, " ")]);
      host.pages["/deep"] = `{"type":"FeatureCollection","features":${"[".repeat(500)}${"]".repeat(500)}}`;
      const wrongs = {
        "/text": "<html>no</html>",
        "/list": [1, 2],
        "/point": { type: "Point", coordinates: [1, 2] },
        "/none": { type: "FeatureCollection", features: [] },
        "/no-list": { type: "FeatureCollection", features: {} },
        "/no-feature": { type: "FeatureCollection", features: [1] },
        "/metres": { type: "FeatureCollection", features: [{ ...feature("01", "a", 1), geometry: { type: "Point", coordinates: [700000, 6600000] } }] },
        "/flat": { type: "FeatureCollection", features: [{ ...feature("01", "a", 1), geometry: { type: "MultiPolygon", coordinates: square(1, 2) } }] },
        "/words": { type: "FeatureCollection", features: [{ ...feature("01", "a", 1), geometry: { type: "Point", coordinates: ["1", 2] } }] },
        "/short": { type: "FeatureCollection", features: [{ ...feature("01", "a", 1), geometry: { type: "Polygon", coordinates: [[[1, 2], [1, 2]]] } }] },
        "/other": { type: "FeatureCollection", features: [{ ...feature("01", "a", 1), geometry: { type: "Circle", coordinates: [1, 2] } }] },
        "/props": { type: "FeatureCollection", features: [{ ...feature("01", "a", 1), properties: [1] }] },
      };
      for (const [path, page] of Object.entries(wrongs)) host.pages[path] = page;
      for (const path of ["/absent", "/far", "/large", "/deep", ...Object.keys(wrongs)]) {
        const refused = await put({ epci: entry(path) });
        assert.equal(refused.status, 400, `${path}: ${refused.text}`);
        assert.match(refused.json.errors["custom-geojson"], /^epci: /);
        assert.doesNotMatch(refused.text, /secret words/);
        assert.equal((await api("GET", `/api/geojson?url=${encodeURIComponent(host.base + path)}`)).status, 400, path);
      }
      assert.match((await put({ epci: entry("/metres") })).text, /WGS 84/);
      assert.match((await put({ epci: entry("/epci.json", { region_key: "insee" }) })).text, /property insee; there are: code, nom, secret/);

      const asked = host.asked.length;
      for (const url of ["http://localhost/x", "file:///etc/passwd", "/etc/passwd", "jar:file:/x", "HTTPS://localhost/x", "https://", "https://user@localhost/x", `https://${host.authority}@example.org/`, "https://localhost\\@example.org/", "https:///x", " https://localhost/"]) {
        const refused = await put({ epci: entry("", { url }) });
        assert.equal(refused.status, 400, url);
        assert.match(refused.json.errors["custom-geojson"], /^epci: the address must/, url);
        assert.match((await api("GET", `/api/geojson?url=${encodeURIComponent(url)}`)).json.errors.url, /^the address must/, url);
      }
      for (const value of [[], "x", 1, true, { "a b": entry("/epci.json") }, { "": entry("/epci.json") }, { x: 1 }, { x: {} }, { x: entry("/epci.json", { name: " " }) }, { x: entry("/epci.json", { url: 1 }) }, { x: entry("/epci.json", { region_key: 1 }) }, Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`k${i}`, entry("/epci.json")]))]) {
        const refused = await put(value);
        assert.equal(refused.status, 400, JSON.stringify(value));
        assert.ok(refused.json.errors["custom-geojson"], refused.text);
      }
      assert.equal(host.asked.length, asked);
      assert.deepEqual((await api("GET", "/api/vigie/geojson")).json, []);
      assert.doesNotMatch(server.err, /secret words/);
    });
  },

  "no private address is asked, whatever its name": async () => {
    await mapped(
      async ({ api, put, entry, host }) => {
        host.pages["/epci.json"] = epci();
        const port = host.authority.split(":")[1];
        for (const name of ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0", "127.1"]) {
          const url = `https://${name}:${port}/epci.json`;
          const refused = await put({ epci: entry("", { url }) });
          assert.equal(refused.status, 400, url);
          assert.equal((await api("GET", `/api/geojson?url=${encodeURIComponent(url)}`)).status, 400);
        }
        for (const url of ["https://169.254.169.254/latest", "https://10.0.0.1/", "https://192.168.1.1/x"])
          assert.match((await put({ epci: entry("", { url }) })).text, /private network/);
        assert.deepEqual(host.asked, []);
      },
      { open: false },
    );
  },

  "a map that the environment names is shown once an administrator had it read": async () => {
    const env = (host) => ({ MB_CUSTOM_GEOJSON: JSON.stringify({ epci: { name: "EPCI", url: `${host.base}/epci.json`, region_key: "code", region_name: null } }) });
    await mapped(
      async ({ api, put, host }) => {
        host.pages["/epci.json"] = epci();
        assert.equal((await api("GET", "/api/geojson/epci")).status, 404);
        assert.equal((await put({})).status, 400);
        assert.equal((await api("GET", "/api/vigie/geojson")).json[0].read_at, null);
        const read = await api("POST", "/api/vigie/geojson/epci/read");
        assert.equal(read.status, 200, read.text);
        assert.ok((await api("GET", "/api/vigie/geojson")).json[0].read_at);
        assert.deepEqual((await api("GET", "/api/geojson/epci")).json.features[0].properties, { code: "01" });
      },
      { env },
    );
  },

  "strangers see the maps of what is published, and no other": async () => {
    await mapped(async ({ server, api, put, entry, host }) => {
      host.pages["/a"] = epci();
      host.pages["/b"] = { type: "FeatureCollection", features: [feature("09", "Autre", 5)] };
      assert.equal((await put({ a: entry("/a"), b: entry("/b") })).status, 204);
      const asked = host.asked.length;
      const open = (path, headers) => call(server, "GET", path, { headers });
      const made = (await api("POST", "/api/card", { name: "Carte", display: "map", visualization_settings: { "map.type": "region", "map.region": "a" }, dataset_query: { database: 1, type: "native", native: { query: "select '01' as code, 4 as n" } } })).json;
      const uuid = (await api("POST", `/api/card/${made.id}/public_link`)).json.uuid;
      const shown = await open(`/api/public/card/${uuid}/geojson/a`);
      assert.equal(shown.status, 200, shown.text);
      assert.deepEqual(shown.json, (await api("GET", "/api/geojson/a")).json);
      for (const path of [`/api/public/card/${uuid}/geojson/b`, `/api/public/card/${uuid}/geojson/us_states`, "/api/public/card/00000000-0000-4000-8000-000000000000/geojson/a"])
        assert.deepEqual([(await open(path)).status, (await open(path)).text], [404, "Not found."], path);

      // On a dashboard, its own settings say which.
      const board = (await api("POST", "/api/dashboard", { name: "Tableau" })).json;
      const place = (settings) => api("PUT", `/api/dashboard/${board.id}`, { dashcards: [{ id: -1, card_id: made.id, row: 0, col: 0, size_x: 12, size_y: 6, visualization_settings: settings, parameter_mappings: [] }] });
      await place({});
      const link = (await api("POST", `/api/dashboard/${board.id}/public_link`)).json.uuid;
      const both = async () => [(await open(`/api/public/dashboard/${link}/geojson/a`)).status, (await open(`/api/public/dashboard/${link}/geojson/b`)).status];
      assert.deepEqual(await both(), [200, 404]);
      await place({ "map.region": "b" });
      assert.deepEqual(await both(), [404, 200]);

      await api("PUT", "/api/setting/embedding-secret-key", { value: SECRET });
      await api("PUT", "/api/setting/enable-embedding-static", { value: true });
      await api("PUT", `/api/card/${made.id}`, { enable_embedding: true });
      await api("PUT", `/api/dashboard/${board.id}`, { enable_embedding: true });
      const card = sign({ resource: { question: made.id }, params: {} });
      const dashboard = sign({ resource: { dashboard: board.id }, params: {} });
      assert.equal((await open(`/api/embed/card/${card}/geojson/a`)).status, 200);
      assert.equal((await open(`/api/embed/card/${card}/geojson/b`)).status, 404);
      assert.equal((await open(`/api/embed/card/${card}x/geojson/a`)).status, 400);
      assert.equal((await open(`/api/embed/dashboard/${dashboard}/geojson/b`)).status, 200);
      assert.equal((await api("GET", `/api/preview_embed/card/${card}/geojson/a`)).status, 200);

      // Forgotten here, forgotten there.
      assert.equal((await put({ b: entry("/b") })).status, 204);
      assert.equal((await open(`/api/public/card/${uuid}/geojson/a`)).status, 404);
      assert.equal(host.asked.length, asked);
      await api("DELETE", `/api/dashboard/${board.id}/public_link`);
      assert.deepEqual(await both(), [404, 404]);
    });
  },
};
