// Files become tables: CSV of several habits, Excel, more rows later; what is wrong is told by line and column.
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { sql, withPostgres } from "./postgres.mjs";
import { call, invite, setUp, startServer } from "./server.mjs";
import { zip } from "./zip.mjs";

async function onUploads(run) {
  await withPostgres(async (url) => {
    sql(url, "create schema files; create table other (a int)");
    const server = await startServer();
    const { hostname, port, pathname, username, password } = new URL(url);
    try {
      const session = await setUp(server);
      const details = { host: hostname, port: Number(port), dbname: pathname.slice(1), user: username, password };
      const api = (method, path, body) => call(server, method, path, { session, body });
      const { id } = (await api("POST", "/api/database", { name: "pg", engine: "postgres", details })).json;
      for (let i = 0; i < 200 && (await api("GET", `/api/database/${id}`)).json.initial_sync_status !== "complete"; i += 1) await wait(50);
      const send = async (name, content, { path = "/api/upload/csv", collection = "root", as = session } = {}) => {
        const form = new FormData();
        if (collection !== null) form.append("collection_id", String(collection));
        form.append("file", new Blob([content]), name);
        const response = await fetch(server.base + path, { method: "POST", body: form, headers: { "x-metabase-session": as } });
        const text = await response.text();
        return { status: response.status, text, table: Number(response.headers.get("metabase-table-id")), json: text.startsWith("{") || /^\d+$/.test(text) ? JSON.parse(text) : undefined };
      };
      const rowsOf = async (card) => (await api("POST", `/api/card/${card}/query`)).json.data;
      await run({ server, session, url, id, api, send, rowsOf });
      assert.ok(!/AddressSanitizer|runtime error/.test(server.err), server.err);
    } finally {
      await server.stop();
    }
  });
}

const allow = (api, id) => api("PUT", `/api/vigie/database/${id}/uploads`, { enabled: true, schema_name: "files", table_prefix: "up_" });

const FRENCH = 'Commune;Code INSEE;Population;Part (%);Ouvert;Relevé le;Remarque\r\n"Saint-Étienne";"04070";"174 082";12,5;oui;31/01/2024;"Il dit ""oui"";\nvraiment"\r\nL\'Île;01004;1 234 567;-0,25;non;01/02/2024;\r\n';

const excel = zip({
  "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns:r="r"><workbookPr/><sheets><sheet name="Un" sheetId="1" r:id="rId3"/></sheets></workbook>',
  "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="styles.xml"/><Relationship Id="rId3" Target="worksheets/sheet1.xml"/></Relationships>',
  "xl/sharedStrings.xml": '<sst count="5"><si><t>Nom</t></si><si><t>Né le</t></si><si><r><t>Zo</t></r><r><t>ë &amp; Cie</t></r></si><si><t>Montant</t></si><si><t>Vu à</t></si></sst>',
  "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0.00&quot; jours&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="165"/></cellXfs></styleSheet>',
  "xl/worksheets/sheet1.xml":
    '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c></row><row r="2"/>' +
    '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" s="1"><v>44957</v></c><c r="D3" s="3"><v>12.5</v></c><c r="E3" s="2"><v>44957.5</v></c></row>' +
    '<row r="4"><c r="A4" t="inlineStr"><is><t>Ana</t></is></c><c r="B4" s="1"><v>1</v></c><c r="D4"><v>3</v></c><c r="E4" t="e"><v>#N/A</v></c></row></sheetData></worksheet>',
});

export const tests = {
  "a French file becomes a table with types, a model over it, and titles as they were": async () => {
    await onUploads(async ({ url, id, api, send, rowsOf }) => {
      const early = await send("communes.csv", FRENCH);
      assert.equal(early.status, 400, early.text);
      assert.match(early.text, /No database takes files yet/);
      assert.equal((await allow(api, id)).status, 200);
      const shown = (await api("GET", `/api/database/${id}`)).json;
      assert.deepEqual([shown.uploads_enabled, shown.uploads_schema_name, shown.uploads_table_prefix, shown.can_upload], [true, "files", "up_", true]);
      const made = await send("Communes d'été.csv", FRENCH);
      assert.equal(made.status, 200, made.text);
      const { cols, rows } = await rowsOf(made.json);
      assert.deepEqual(cols.map((one) => one.display_name).slice(1), ["Commune", "Code INSEE", "Population", "Part (%)", "Ouvert", "Relevé le", "Remarque"]);
      // The number of a row is for its details only.
      assert.deepEqual(cols.slice(0, 2).map((one) => one.visibility_type), ["details-only", "normal"]);
      assert.deepEqual(cols.map((one) => one.base_type).slice(1), ["type/Text", "type/Text", "type/BigInteger", "type/Float", "type/Boolean", "type/Date", "type/Text"]);
      assert.deepEqual(rows, [
        [1, "Saint-Étienne", "04070", 174082, 12.5, true, "2024-01-31T00:00:00Z", 'Il dit "oui";\nvraiment'],
        [2, "L'Île", "01004", 1234567, -0.25, false, "2024-02-01T00:00:00Z", null],
      ]);
      const card = (await api("GET", `/api/card/${made.json}`)).json;
      assert.deepEqual([card.type, card.name, card.table_id], ["model", "Communes d'été", made.table]);
      const table = (await api("GET", `/api/table/${made.table}`)).json;
      assert.match(table.name, /^up_communes_d_ete_\d{14}_[0-9a-f]{4}$/);
      assert.deepEqual([table.is_upload, table.schema], [true, "files"]);
      assert.equal(sql(url, `select count(*) from files.${table.name}`), "2");
    });
  },

  "Excel: shared texts, dates by their format, empty rows and columns": async () => {
    await onUploads(async ({ id, api, send, rowsOf }) => {
      await allow(api, id);
      const made = await send("gens.xlsx", excel);
      assert.equal(made.status, 200, made.text);
      const { cols, rows } = await rowsOf(made.json);
      assert.deepEqual(cols.map((one) => one.display_name).slice(1), ["Nom", "Né le", "column_3", "Montant", "Vu à"]);
      assert.deepEqual(rows, [
        [1, "Zoë & Cie", "2023-01-31T00:00:00Z", null, 12.5, "2023-01-31T12:00:00Z"],
        [2, "Ana", "1899-12-31T00:00:00Z", null, 3, null],
      ]);
      const question = { database: 1, type: "native", native: { query: "select 1 as a, 'été' as b, date('2024-02-29') as c union all select 2, 'x', null" } };
      const response = await api("POST", "/api/dataset/csv", { query: question });
      assert.equal((await send("copie.csv", response.text)).status, 200);
    });
  },

  "what our own Excel files hold comes back": async () => {
    await onUploads(async ({ server, session, id, api, send, rowsOf }) => {
      await allow(api, id);
      const question = { database: 1, type: "native", native: { query: "select 1 as a, 'été' as b, 2.5 as c union all select 2, 'x', -1" } };
      const response = await fetch(`${server.base}/api/dataset/xlsx`, { method: "POST", headers: { "x-metabase-session": session, "content-type": "application/json" }, body: JSON.stringify({ query: question }) });
      assert.equal(response.status, 200);
      const made = await send("retour.xlsx", await response.arrayBuffer());
      assert.equal(made.status, 200, made.text);
      assert.deepEqual((await rowsOf(made.json)).rows.map((row) => row.slice(1)), [[1, "été", 2.5], [2, "x", -1]]);
    });
  },

  "letters of Windows, tabs, and other programs' habits": async () => {
    await onUploads(async ({ id, api, send, rowsOf }) => {
      await allow(api, id);
      const western = await send("ouest.csv", Buffer.from("nom;prix\nCaf\xe9;3,50 \x80\n", "latin1"));
      assert.deepEqual((await rowsOf(western.json)).rows, [[1, "Café", "3,50 €"]]);
      const tabs = await send("tabs.tsv", "\uFEFFa\tb\tc\n1,234.5\t2024-01-01T10:00:00Z\t1e3\n7\t2024-01-01T12:00:00+02:00\t2\n\n");
      const { cols, rows } = await rowsOf(tabs.json);
      assert.deepEqual(cols.slice(1).map((one) => one.base_type), ["type/Float", "type/DateTimeWithLocalTZ", "type/Text"]);
      assert.deepEqual(rows.map((row) => row[1]), [1234.5, 7]);
      assert.deepEqual(rows.map((row) => new Date(row[2]).toISOString()), ["2024-01-01T10:00:00.000Z", "2024-01-01T10:00:00.000Z"]);
    });
  },

  "more rows are added or put in place, and must fit": async () => {
    await onUploads(async ({ url, id, api, send, rowsOf }) => {
      await allow(api, id);
      const made = await send("ventes.csv", "Produit,Prix\na,1.5\nb,2\n");
      const path = (kind) => ({ path: `/api/table/${made.table}/${kind}-csv`, collection: null });
      const more = await send("suite.csv", "prix,produit\n3,c\n", path("append"));
      assert.equal(more.status, 204, more.text);
      assert.deepEqual((await rowsOf(made.json)).rows.map((row) => row.slice(1)), [["a", 1.5], ["b", 2], ["c", 3]]);
      for (const [content, words] of [
        ["produit,prix,extra\nd,1,2\n", /table lacks extra/],
        ["produit\nd\n", /file lacks prix/],
        ["produit,prix\nd,cher\n", /column prix has values/],
        ["produit,prix\nd,1,5\n", /line 2 has 3 values/],
      ]) {
        const refused = await send("faux.csv", content, path("append"));
        assert.equal(refused.status, 400, refused.text);
        assert.match(refused.text, words);
      }
      assert.equal((await rowsOf(made.json)).rows.length, 3);
      assert.equal((await send("neuf.csv", "produit,prix\nz,9\n", path("replace"))).status, 204);
      assert.deepEqual((await rowsOf(made.json)).rows.map((row) => row.slice(1)), [["z", 9]]);
      const tables = (await api("GET", `/api/database/${id}/metadata`)).json.tables;
      const other = tables.find((one) => one.name === "other").id;
      assert.equal((await send("x.csv", "a\n1\n", { path: `/api/table/${other}/append-csv`, collection: null })).status, 400);
      assert.equal(sql(url, "select count(*) from other"), "0");
    });
  },

  "what cannot be read says why, and leaves nothing": async () => {
    await onUploads(async ({ url, id, api, send }) => {
      await allow(api, id);
      const bomb = zip({ "xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>' });
      for (const [name, content, words] of [
        ["vide.csv", "", /empty/],
        ["seul.csv", "a,b\n", /no rows/],
        ["guillemet.csv", 'a,b\n1,"x\n', /line 2: a quote/],
        ["vieux.xls", Buffer.from("\xd0\xcf\x11\xe0....", "latin1"), /before 2007/],
        ["seize.csv", Buffer.from("\xff\xfea\0", "latin1"), /UTF-16/],
        ["casse.xlsx", excel.subarray(0, excel.length - 40), /damaged/],
        ["autre.xlsx", zip({ "a.txt": "x" }), /no Excel table/],
        ["entites.xlsx", bomb, /document type/],
      ]) {
        const refused = await send(name, content);
        assert.ok([400, 415].includes(refused.status), `${name} ${refused.status} ${refused.text}`);
        assert.match(refused.text, words, name);
      }
      // Every cut of a file is refused or read, and never more than that.
      for (let length = 40; length < excel.length; length += 37) assert.ok((await send("coupe.xlsx", excel.subarray(0, length))).status < 500);
      for (let i = 30; i < excel.length; i += 61) {
        const changed = Buffer.from(excel);
        changed[i] ^= 0x55;
        const answer = await send("change.xlsx", changed);
        assert.ok(answer.status < 500, `byte ${i}: ${answer.status} ${answer.text}`);
      }
      sql(url, "set client_min_messages = warning; drop schema files cascade");
      const gone = await send("a.csv", "a\n1\n");
      assert.equal(gone.status, 502, gone.text);
      assert.match(gone.text, /schema \\"files\\" does not exist/);
    });
  },

  "only those who may ask and write there send files; one database at a time takes them": async () => {
    await onUploads(async ({ server, session, id, api, send }) => {
      await allow(api, id);
      assert.equal((await api("PUT", "/api/vigie/database/1/uploads", { enabled: true })).status, 400);
      const stranger = (await invite(server, session, "zoe@example.org")).session;
      const graph = (await api("GET", "/api/permissions/graph")).json;
      await api("PUT", "/api/permissions/graph", { revision: graph.revision, groups: { 1: { [id]: { "view-data": "unrestricted", "create-queries": "no" } } } });
      assert.equal((await send("a.csv", "a\n1\n", { as: stranger })).status, 403);
      assert.equal((await send("a.csv", "a\n1\n", { as: "nobody" })).status, 401);
      assert.equal((await send("a.csv", "a\n1\n", { collection: 999 })).status, 403);
      assert.equal((await api("PUT", `/api/vigie/database/${id}/uploads`, { enabled: false })).status, 200);
      assert.equal((await send("a.csv", "a\n1\n")).status, 400);
    });
  },
};
