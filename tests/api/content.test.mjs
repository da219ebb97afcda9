// Content as files: an export, an import into an empty instance, an export again; what is refused.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call, setUp, startServer } from "./server.mjs";
import { zip } from "./zip.mjs";

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text);
  return answer.json;
};

/** The whole of a folder: path to text. */
const filesOf = (folder) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );

/** Two instances with the same sample database. */
const pair = (run) => async () => {
  const servers = [await startServer(), await startServer()];
  const folder = mkdtempSync(join(tmpdir(), "vigie-content-"));
  try {
    const sides = [];
    for (const server of servers) {
      const id = await setUp(server);
      const admin = (method, path, body) => call(server, method, path, { session: id, body });
      const [database] = ok(await admin("GET", "/api/database?include=tables")).data;
      const tables = Object.fromEntries(database.tables.map((one) => [one.name.toLowerCase(), one.id]));
      const fields = async (name) => Object.fromEntries(ok(await admin("GET", `/api/table/${tables[name]}/query_metadata`)).fields.map((one) => [one.name.toLowerCase(), one.id]));
      sides.push({ server, session: id, admin, database, tables, fields });
    }
    await run({ from: sides[0], to: sides[1], folder });
  } finally {
    for (const server of servers) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  for (const server of servers) assert.ok(!/AddressSanitizer|runtime error/.test(server.err), server.err);
};

/** The command line beside a running server. */
const vigie = (side, ...args) => {
  const done = spawnSync(process.env.VIGIE_BIN, ["content", ...args, "--data", side.server.folder], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, VIGIE_LOG_LEVEL: "warn" },
  });
  return { code: done.status, out: done.stdout.replace(/^\{"audit".*\n/gm, ""), err: done.stderr };
};

/** A collection with what refers to what in every way that files know. */
async function fill({ admin, database, tables, fields }) {
  const make = async (path, body) => ok(await admin("POST", path, body));
  const orders = await fields("orders");
  const products = await fields("products");
  const top = await make("/api/collection", { name: "Ventes", description: "Tout ce qui se vend" });
  const below = await make("/api/collection", { name: "Détails: été", parent_id: top.id });
  const query = (body) => ({ database: database.id, type: "query", query: { "source-table": tables.orders, ...body } });
  const segment = await make("/api/segment", { name: "Grandes", table_id: tables.orders, definition: { "source-table": tables.orders, filter: [">", ["field", orders.total, null], 100] } });
  const snippet = await make("/api/native-query-snippet", { name: "chères", content: "total > 100", description: null });
  const card = (name, more) => make("/api/card", { name, display: "table", visualization_settings: {}, collection_id: top.id, ...more });
  const model = await card("Commandes propres", { type: "model", dataset_query: query({ filter: ["segment", segment.id] }) });
  const byMonth = await card("Commandes par mois", {
    display: "line",
    dataset_query: query({ aggregation: [["sum", ["field", orders.total, null]]], breakout: [["field", orders.created_at, { "temporal-unit": "month" }]], filter: ["=", ["field", products.category, { "source-field": orders.product_id }], "Gadget"] }),
    visualization_settings: { "graph.dimensions": ["CREATED_AT"], column_settings: { [`["ref",["field",${orders.total},null]]`]: { number_style: "currency" }, '["name","sum"]': { decimals: 2 } } },
    collection_position: 1,
  });
  const onModel = await card("Sur le modèle", { collection_id: below.id, dataset_query: { database: database.id, type: "query", query: { "source-table": `card__${model.id}`, aggregation: [["count"]] } } });
  const sql = await card("En SQL", {
    dataset_query: {
      database: database.id,
      type: "native",
      native: {
        query: `-- des commandes\nselect count(*) from {{#${onModel.id}-sur-le-modele}} as x, orders\n  where {{snippet: chères}} [[and exists (select 1 from products where {{cat}})]] [[and total > {{least}}]]\n`,
        "template-tags": {
          [`#${onModel.id}-sur-le-modele`]: { id: "t1", name: `#${onModel.id}-sur-le-modele`, "display-name": "Sur", type: "card", "card-id": onModel.id },
          "snippet: chères": { id: "t2", name: "snippet: chères", "display-name": "S", type: "snippet", "snippet-name": "chères", "snippet-id": snippet.id },
          cat: { id: "t3", name: "cat", "display-name": "Cat", type: "dimension", dimension: ["field", products.category, null], "widget-type": "string/=" },
          least: { id: "t4", name: "least", "display-name": "Au moins", type: "number", default: "10" },
        },
      },
    },
  });
  const other = await make("/api/dashboard", { name: "Cible", collection_id: below.id });
  const board = await make("/api/dashboard", {
    name: "Suivi",
    collection_id: top.id,
    parameters: [{ id: "p1", name: "Catégorie", slug: "categorie", type: "string/=", values_source_type: "card", values_source_config: { card_id: onModel.id, value_field: ["field", "CATEGORY", { "base-type": "type/Text" }] } }],
  });
  const put = ok(
    await admin("PUT", `/api/dashboard/${board.id}`, {
      tabs: [{ id: -1, name: "Vue" }, { id: -2, name: "Détail" }],
      dashcards: [
        { id: -1, card_id: byMonth.id, dashboard_tab_id: -1, row: 1, col: 0, size_x: 12, size_y: 6, series: [{ id: onModel.id }], parameter_mappings: [{ parameter_id: "p1", card_id: byMonth.id, target: ["dimension", ["field", products.category, { "source-field": orders.product_id }]] }], visualization_settings: { click_behavior: { type: "link", linkType: "dashboard", targetId: other.id, parameterMapping: {} } } },
        { id: -2, card_id: null, dashboard_tab_id: -1, row: 0, col: 0, size_x: 24, size_y: 1, visualization_settings: { text: "# Titre\n\nDes *mots*: oui", virtual_card: { display: "text" } } },
        { id: -3, card_id: sql.id, dashboard_tab_id: -2, row: 0, col: 4, size_x: 8, size_y: 4 },
      ],
    }),
  );
  const inside = await make("/api/card", { name: "Dedans", display: "scalar", visualization_settings: {}, dashboard_id: board.id, dataset_query: query({ aggregation: [["count"]] }) });
  return { top, below, segment, snippet, model, byMonth, onModel, sql, board: put, inside, other };
}

export const tests = {
  "what is exported is imported elsewhere, and exported to the same bytes": pair(async ({ from, to, folder }) => {
    const made = await fill(from);
    const [first, second] = [join(folder, "a"), join(folder, "b")];
    /* The numbers of the other side are others. */
    const rows = async (side, id) => ok(await side.admin("POST", `/api/card/${id}/query`), 202).data.rows;
    for (let i = 0; i < 3; i += 1) ok(await to.admin("POST", "/api/card", { name: "x", display: "table", visualization_settings: {}, dataset_query: { database: to.database.id, type: "query", query: { "source-table": to.tables.people } } }));
    const exported = vigie(from, "export", first);
    assert.deepEqual([exported.code, exported.err], [0, ""], exported.out);
    const files = filesOf(first);
    assert.equal(Object.keys(files).length, 11, Object.keys(files).join("\n"));
    assert.match(files["collections/main/ventes/en_sql.yaml"], /\n {6}select count\(\*\) from \{\{#[\w-]{21}-sur-le-modele\}\} as x, orders\n/);
    assert.match(files["collections/main/ventes/commandes_par_mois.yaml"], /aggregation: \[\[sum, \[field, \[Sample Database, null, ORDERS, TOTAL\], null\]\]\]/);
    for (const [path, text] of Object.entries(files)) assert.ok(!/uuid|created_at|creator|updated/.test(text), path);

    const plan = vigie(to, "import", first, "--dry-run");
    assert.deepEqual([plan.code, plan.err], [2, ""]);
    assert.match(plan.out, /11 created, 0 changed, 0 put into the trash, 0 unchanged \(nothing was done\)/);
    assert.equal(ok(await to.admin("GET", "/api/collection")).filter((one) => one.name === "Ventes").length, 0);
    const done = vigie(to, "import", first);
    assert.deepEqual([done.code, done.err], [0, ""], done.out);
    assert.equal(vigie(to, "import", first, "--dry-run").code, 0);
    vigie(to, "export", second, "--collection", made.top.entity_id);
    const again = filesOf(second);
    assert.deepEqual(again, files);

    /* It is not only the same text: it gives the same rows, and leads to the same places. */
    for (const card of [made.model, made.byMonth, made.onModel, made.sql, made.inside]) {
      const there = ok(await to.admin("GET", `/api/card/${card.entity_id}`));
      assert.notEqual(there.id, card.id);
      assert.deepEqual(await rows(to, there.id), await rows(from, card.id), card.name);
    }
    const board = ok(await to.admin("GET", `/api/dashboard/${made.board.entity_id}`));
    const click = board.dashcards.find((one) => one.card_id && one.series.length > 0).visualization_settings.click_behavior;
    assert.equal(click.targetId, ok(await to.admin("GET", `/api/dashboard/${made.other.entity_id}`)).id);
    assert.deepEqual(board.tabs.map((one) => one.name), ["Vue", "Détail"]);

    /* The same as an archive, over HTTP. */
    const archive = await fetch(`${from.server.base}/api/vigie/content/files?collection=${made.top.id}`, { headers: { "x-metabase-session": from.session } });
    assert.deepEqual([archive.status, archive.headers.get("content-type")], [200, "application/zip"]);
    assert.match(archive.headers.get("content-disposition"), /Ventes\.zip/);
    const send = async (bytes, query = "") => {
      const form = new FormData();
      form.append("file", new Blob([bytes]), "content.zip");
      const answer = await fetch(`${to.server.base}/api/vigie/content/files${query}`, { method: "POST", headers: { "x-metabase-session": to.session }, body: form });
      return { status: answer.status, text: await answer.clone().text(), json: await answer.json() };
    };
    assert.deepEqual(ok(await send(await archive.arrayBuffer())), { unchanged: 11, created: 0, changed: 0, trashed: 0, managed: 0, problems: [], more_problems: 0, steps: [] });
    const path = "collections/main/ventes/commandes_par_mois.yaml";
    const changed = zip({ ...files, [path]: files[path].replace("Gadget", "Widget").replace("display: line", "display: area") });
    for (const query of ["?dry_run=true", ""]) {
      const { changed: count, steps } = ok(await send(changed, query));
      assert.deepEqual([count, steps.length, steps[0].act, steps[0].path, steps[0].name, steps[0].changes.map((one) => one.key)], [1, 1, "changed", path, "Commandes par mois", ["display", "dataset_query"]]);
      assert.deepEqual([steps[0].changes[0].before, steps[0].changes[0].after], ["line", "area"]);
    }
    assert.equal(ok(await to.admin("GET", `/api/card/${made.byMonth.entity_id}`)).display, "area");

    // Managed by files: people read, administrators too, and the files still change it.
    const card = `/api/card/${made.byMonth.entity_id}`;
    const place = ok(await to.admin("GET", card));
    const within = ok(await to.admin("GET", `/api/collection/${made.below.entity_id}`));
    assert.deepEqual([ok(await send(changed, "?managed=true&dry_run=true")).managed, ok(await to.admin("GET", card)).is_remote_synced], [2, false]);
    assert.equal(ok(await send(changed, "?managed=true")).managed, 2);
    assert.equal(ok(await send(changed, "?managed=true")).managed, 0);
    const seen = ok(await to.admin("GET", card));
    assert.deepEqual([seen.is_remote_synced, seen.can_write, seen.collection.is_remote_synced], [true, false, true]);
    const refused = async (method, where, body) => {
      const answer = await call(to.server, method, where, { session: to.session, body, headers: { "x-metabase-locale": "fr" } });
      assert.equal(answer.status, 400, `${method} ${where}: ${answer.text}`);
      assert.deepEqual([answer.json.message, answer.json.hint], ["This collection is managed by a repository.", "Modifiez ses fichiers et importez-les, ou faites-la libérer par un administrateur\u00a0: Administration, Contenu en fichiers."]);
    };
    await refused("PUT", `/api/card/${place.id}`, { name: "Autrement" });
    await refused("DELETE", `/api/card/${place.id}`);
    await refused("POST", "/api/card", { name: "Neuve", display: "table", visualization_settings: {}, collection_id: within.id, dataset_query: place.dataset_query });
    await refused("PUT", `/api/dashboard/${board.id}`, { archived: true });
    await refused("PUT", `/api/collection/${within.id}`, { name: "Autrement" });
    await refused("POST", "/api/collection", { name: "Dedans", parent_id: place.collection_id });
    await refused("POST", "/api/revision/revert", { entity: "card", id: place.id, revision_id: ok(await to.admin("GET", `/api/revision?entity=card&id=${place.id}`))[0].id });
    assert.equal(ok(await send(await (await fetch(archive.url, { headers: { "x-metabase-session": from.session } })).arrayBuffer())).changed, 1, "files still do");
    ok(await to.admin("POST", `/api/card/${place.id}/public_link`));
    const freed = ok(await to.admin("PUT", `/api/collection/${place.collection_id}`, { is_remote_synced: false }));
    assert.deepEqual([freed.is_remote_synced, freed.can_write], [false, true]);
    assert.equal(ok(await to.admin("PUT", `/api/card/${place.id}`, { description: "à nouveau" })).description, "à nouveau");
    ok(await send(changed));

    const wrong = zip({ ...files, [path]: files[path].replace("ORDERS, TOTAL]", "ORDERS, TOTALE]") });
    const problems = [{ path, line: 9, message: "there is no field TOTALE in ORDERS of Sample Database" }];
    assert.deepEqual(ok(await send(wrong, "?dry_run=true")).problems.slice(0, 1), problems);
    assert.match(ok(await send(wrong), 400).errors.file, /commandes_par_mois\.yaml: there is no field TOTALE/);
    ok(await send("no archive"), 415);
    ok(await send(zip({ "README.md": "x" })), 400);
    ok(await to.admin("GET", "/api/vigie/content/files?collection=987654"), 404);

    const history = ok(await to.admin("GET", `/api/revision?entity=dashboard&id=${board.id}`));
    assert.deepEqual([history.length, history[0].is_creation], [1, true]);
  }),
};
