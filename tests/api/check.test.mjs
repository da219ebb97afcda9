// What to look at again before or after publishing: each kind of finding, and none without a reason.
import assert from "node:assert/strict";
import { call, setUp, startServer } from "./server.mjs";

async function sample(run) {
  const server = await startServer();
  try {
    const session = await setUp(server);
    const api = (method, path, body) => call(server, method, path, { session, body });
    const tables = (await api("GET", "/api/database/1/metadata")).json.tables;
    const table = (name) => tables.find((one) => one.name === name).id;
    const field = (name, column) => tables.find((one) => one.name === name).fields.find((one) => one.name === column).id;
    const save = async (name, dataset_query, more = {}) => {
      const made = await api("POST", "/api/card", { name, description: "Dit ce qu’il montre", display: "table", visualization_settings: {}, dataset_query: { database: 1, ...dataset_query }, ...more });
      assert.equal(made.status, 200, made.text);
      return made.json;
    };
    const mbql = (name, query, more) => save(name, { type: "query", query }, more);
    const sql = (name, native, more) => save(name, { type: "native", native }, more);
    const check = async (model, id) => {
      const answer = await api("GET", `/api/vigie/share/check/${model}/${id}`);
      assert.equal(answer.status, 200, answer.text);
      return answer.json;
    };
    const kinds = async (model, id) => (await check(model, id)).findings.map((one) => [one.kind, one.what]);
    await run({ server, api, table, field, mbql, sql, check, kinds });
  } finally {
    await server.stop();
  }
}

export const tests = {
  "each kind of finding is found, and says what to do in two languages": async () => {
    await sample(async ({ api, table, field, mbql, sql, check, kinds }) => {
      const orders = table("ORDERS");
      const good = { "source-table": orders, breakout: [["field", field("PRODUCTS", "CATEGORY"), { "source-field": field("ORDERS", "PRODUCT_ID") }]], aggregation: [["count"]] };
      assert.deepEqual(await kinds("card", (await mbql("Bien", good)).id), []);

      const people = await mbql("Gens", { "source-table": table("PEOPLE"), fields: ["NAME", "EMAIL", "BIRTH_DATE", "STATE"].map((name) => ["field", field("PEOPLE", name), null]) });
      const found = await check("card", people.id);
      assert.deepEqual(found.findings.map((one) => [one.level, one.kind, one.what, one.about]), [
        ["danger", "personal-column", "Name", "name"],
        ["danger", "personal-column", "Email", "email"],
        ["danger", "personal-column", "Birth Date", "birth"],
        ["warning", "raw-rows", null, null],
      ]);
      assert.deepEqual(found.levels, { danger: 3, warning: 1, notice: 0 });
      assert.deepEqual([found.model, found.id, found.is_public, found.is_embeddable, found.small_cells], ["card", people.id, false, false, null]);
      assert.equal(found.findings[1].text.en, "The column Email looks like an e-mail address.");
      assert.equal(found.findings[1].text.fr, "La colonne Email ressemble à une adresse de courriel.");
      for (const one of found.findings) assert.ok(one.card_id === people.id && one.card_name === "Gens" && one.todo.en.endsWith(".") && one.todo.fr.endsWith("."));
      // Names of products are no names of people; counts of people name nobody; years are no birthdays.
      const products = await mbql("Produits", { "source-table": table("PRODUCTS"), breakout: [["field", field("PRODUCTS", "TITLE"), null]], aggregation: [["count"]] });
      assert.deepEqual(await kinds("card", products.id), []);
      const years = await mbql("Années", { "source-table": table("PEOPLE"), breakout: [["field", field("PEOPLE", "BIRTH_DATE"), { "temporal-unit": "year" }]], aggregation: [["distinct", ["field", field("PEOPLE", "EMAIL"), null]]] });
      assert.deepEqual(await kinds("card", years.id), []);

      const query = "select name as nom_complet, state, ssn from (select p.*, 'x' as ssn from people p) where state = {{état}} and source = {{source}} limit 3";
      const tags = { état: { id: "a", name: "état", "display-name": "État", type: "text", required: true }, source: { id: "b", name: "source", "display-name": "Source", type: "text", default: "Google" } };
      const raw = await sql("SQL", { query, "template-tags": tags });
      assert.deepEqual(new Set((await kinds("card", raw.id)).map(([kind]) => kind)), new Set(["broken", "unfilled-tag", "open-tag"]));
      const filled = await sql("SQL rempli", { query: query.replace("{{état}}", "'TX'"), "template-tags": { source: tags.source } });
      assert.deepEqual(await kinds("card", filled.id), [["personal-column", "nom_complet"], ["personal-column", "ssn"], ["sql-rows", null], ["open-tag", "source"]]);

      const broken = await sql("Cassée", { query: "select count(*) from nowhere" });
      assert.deepEqual((await kinds("card", broken.id)).map(([kind]) => kind), ["broken"]);
      await api("PUT", `/api/card/${broken.id}`, { archived: true });
      assert.deepEqual((await kinds("card", broken.id)).map(([kind]) => kind), ["archived"]);
      const bare = await mbql("Nue", good, { description: null, visualization_settings: { column_settings: { '["name","count"]': { link_url: "http://example.org/x" } } } });
      assert.deepEqual(await kinds("card", bare.id), [["http-link", "http://example.org/x"], ["no-description", null]]);
      const coloured = { series_settings: { count: { color: "#ffe08a" }, sum: { color: "#1f5a99" } }, "pie.colors": { CA: "#FFFF00", TX: "#222222" }, "table.column_formatting": [{ columns: ["count"], color: "#ffeeee" }], "graph.colors": "#fff" };
      assert.deepEqual(await kinds("card", (await mbql("Pâle", good, { visualization_settings: coloured })).id), [["faint-colour", "#ffe08a"], ["faint-colour", "#FFFF00"]]);
      assert.deepEqual(await kinds("card", (await mbql("Adresse", good, { description: "voir http://example.org/y." })).id), [["http-link", "http://example.org/y."]]);
    });
  },

  "a dashboard is looked at with its cards, filters, texts and small groups": async () => {
    await sample(async ({ api, table, field, mbql, sql, check, kinds }) => {
      const person = { "source-field": field("ORDERS", "USER_ID") };
      const grouped = await mbql("Par état", { "source-table": table("ORDERS"), breakout: [["field", field("PEOPLE", "STATE"), person]], aggregation: [["count"]] });
      const plans = await sql("Formules", { query: "select plan, count(*) as n from accounts where 1 = 1 [[and plan = {{plan}}]] [[and id < {{most}}]] group by plan", "template-tags": { plan: { id: "t", name: "plan", "display-name": "Plan", type: "text" }, most: { id: "u", name: "most", "display-name": "Most", type: "number" } } });
      const parameters = [
        { id: "p1", name: "Courriel", slug: "courriel", type: "string/=" },
        { id: "p2", name: "Formule", slug: "formule", type: "category" },
        { id: "p3", name: "Libre", slug: "libre", type: "string/contains", values_query_type: "none" },
      ];
      const dimension = (name) => ["dimension", ["field", field("PEOPLE", name), person]];
      const made = (await api("POST", "/api/dashboard", { name: "Tableau", parameters })).json;
      const dashcards = [
        { id: -1, card_id: grouped.id, row: 0, col: 0, size_x: 6, size_y: 4, visualization_settings: { "card.title": " " }, parameter_mappings: [{ parameter_id: "p1", card_id: grouped.id, target: dimension("EMAIL") }, { parameter_id: "p3", card_id: grouped.id, target: dimension("NAME") }] },
        { id: -2, card_id: plans.id, row: 0, col: 6, size_x: 6, size_y: 4, parameter_mappings: [{ parameter_id: "p2", card_id: plans.id, target: ["variable", ["template-tag", "plan"]] }] },
        { id: -3, card_id: null, row: 4, col: 0, size_x: 6, size_y: 1, visualization_settings: { virtual_card: { display: "link" }, link: { url: "http://example.org/" } } },
        { id: -4, card_id: null, row: 5, col: 0, size_x: 6, size_y: 1, visualization_settings: { virtual_card: { display: "text" }, text: "[ici](http://example.org/t)" } },
        { id: -5, card_id: null, row: 6, col: 0, size_x: 6, size_y: 1, visualization_settings: { virtual_card: { display: "iframe" }, iframe: '<iframe src="http://example.org/f"></iframe>' } },
        { id: -6, card_id: null, row: 7, col: 0, size_x: 6, size_y: 1, visualization_settings: { virtual_card: { display: "text" }, text: "[là](https://example.org/)" } },
      ];
      const put = await api("PUT", `/api/dashboard/${made.id}`, { dashcards });
      assert.equal(put.status, 200, put.text);
      assert.deepEqual(await kinds("dashboard", made.id), [
        ["personal-values", "Courriel"],
        ["http-link", "http://example.org/"],
        ["http-link", "http://example.org/t"],
        ["http-link", "http://example.org/f"],
        ["no-description", null],
        ["no-title", null],
        ["open-tag", "plan"],
      ]);
      await api("POST", `/api/dashboard/${made.id}/public_link`);
      await api("PUT", `/api/vigie/share/dashboard/${made.id}`, { small_cells: { below: 10 } });
      const after = await check("dashboard", made.id);
      assert.deepEqual([after.is_public, after.small_cells.below], [true, 10]);
      assert.deepEqual(after.findings.filter((one) => one.kind === "small-cells-unknown").map((one) => [one.card_id, one.what]), [[plans.id, "sql"]]);
      await api("PUT", `/api/vigie/share/dashboard/${made.id}`, { small_cells: { below: 10, count_columns: { [plans.id]: "n" } } });
      assert.ok(!(await kinds("dashboard", made.id)).some(([kind]) => kind === "small-cells-unknown"));
      assert.equal((await api("GET", "/api/vigie/share/check/dashboard/9999")).status, 404);
      assert.equal((await api("GET", `/api/vigie/share/check/collection/${made.id}`)).status, 404);
    });
  },
};
