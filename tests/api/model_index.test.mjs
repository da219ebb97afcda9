// Values of models that search finds: for whom the model gives them, and nobody else.
import assert from "node:assert/strict";
import { call, invite, setUp, startServer } from "./server.mjs";

const ended = async (api, name, run) => {
  for (let i = 0; i < 200; i++) {
    const history = await api("GET", `/api/vigie/job/${name}/history`);
    const last = history.json.find(({ id }) => id === run);
    if (last?.ended_at) return last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} does not end`);
};

async function indexed(run) {
  const server = await startServer();
  try {
    const session = await setUp(server);
    const api = (method, path, body, as = session) => call(server, method, path, { session: as, body });
    const tables = (await api("GET", "/api/database/1/metadata")).json.tables;
    const table = (name) => tables.find((one) => one.name === name);
    const field = (name, column) => table(name).fields.find((one) => one.name === column).id;
    const reader = await invite(server, session, "reader@example.org");
    const everybody = (await api("GET", "/api/permissions/group")).json.find((one) => one.name === "All Users").id;
    const grant = async (data) => {
      const graph = (await api("GET", "/api/permissions/graph")).json;
      graph.groups[everybody] = { 1: data };
      const put = await api("PUT", "/api/permissions/graph", graph);
      assert.equal(put.status, 200, put.text);
    };
    await grant({ "view-data": "unrestricted", "create-queries": "query-builder" });
    const model = async (query, more) => {
      const made = await api("POST", "/api/card", { name: "People", type: "model", display: "table", visualization_settings: {}, dataset_query: query, ...more });
      assert.equal(made.status, 200, made.text);
      return made.json.id;
    };
    const people = () => ({ database: 1, type: "query", query: { "source-table": table("PEOPLE").id } });
    const find = async (q, as = session, more = "") => {
      const found = await api("GET", `/api/search?q=${encodeURIComponent(q)}&models=indexed-entity${more}`, undefined, as);
      assert.equal(found.status, 200, found.text);
      return found.json.data;
    };
    const as = (method, path, body) => api(method, path, body, reader.session);
    const native = (query) => ({ database: 1, type: "native", native: { query } });
    await run({ api, as, find, model, people, native, table, field, reader, everybody, grant });
  } finally {
    await server.stop();
  }
}

const refs = (field) => ({ pk_ref: ["field", field("PEOPLE", "ID"), null], value_ref: ["field", field("PEOPLE", "NAME"), null] });

export const tests = {
  "search finds the values of a model, and each has a page": async () => {
    await indexed(async ({ api, as, find, model, people, field, reader, table, everybody }) => {
      const id = await model(people());
      const made = await api("POST", "/api/model-index", { model_id: id, ...refs(field) });
      assert.equal(made.status, 200, made.text);
      assert.deepEqual([made.json.model_id, made.json.state, made.json.error], [id, "indexed", null]);
      assert.deepEqual((await api("GET", `/api/model-index?model_id=${id}`)).json, [made.json]);
      assert.deepEqual((await api("GET", `/api/model-index/${made.json.id}`)).json, made.json);

      const first = (await api("POST", "/api/dataset", { database: 1, type: "query", query: { "source-table": table("PEOPLE").id, limit: 1, filter: ["=", ["field", field("PEOPLE", "ID"), null], 1] } })).json;
      const name = first.data.rows[0][first.data.cols.findIndex((col) => col.name === "NAME")];
      for (const session of [undefined, reader.session]) {
        const [found] = await find(name.toUpperCase(), session);
        assert.deepEqual([found.model, found.id, found.name], ["indexed-entity", 1, name]);
        assert.deepEqual([found.model_id, found.model_name, found.model_index_id], [id, "People", made.json.id]);
        assert.deepEqual(found.pk_ref, refs(field).pk_ref);
      }
      assert.ok((await as("GET", `/api/search?q=${encodeURIComponent(name)}`)).json.data.some((one) => one.model === "indexed-entity" && one.id === 1));
      assert.deepEqual(await find("nobody has this name"), []);

      const page = await as("GET", `/api/automagic-dashboards/model_index/${made.json.id}/primary_key/1`);
      assert.equal(page.status, 200, page.text);
      assert.match(page.json.name, new RegExp(name));
      const shown = [];
      for (const { card } of page.json.dashcards) {
        const answer = await as("POST", "/api/dataset", card.dataset_query);
        assert.equal(answer.json.status, "completed", answer.text);
        shown.push([card.display, answer.json.row_count]);
      }
      assert.deepEqual(shown.map(([display]) => display).sort(), ["object", "scalar"]);
      assert.ok(shown.every(([, count]) => count === 1));
      for (const { url } of [...page.json.related.related, ...page.json.related["zoom-out"]]) {
        const near = await as("GET", `/api/automagic-dashboards${url.replace("/auto/dashboard", "")}`);
        assert.equal(near.status, 200, near.text);
      }
      const needs = await as("GET", `/api/automagic-dashboards/model_index/${made.json.id}/primary_key/1/query_metadata`);
      assert.ok(needs.json.cards.some((card) => card.id === id));
      for (const key of ["999999999", "x", "-1"])
        assert.equal((await as("GET", `/api/automagic-dashboards/model_index/${made.json.id}/primary_key/${key}`)).status, 404);

      const graph = (await api("GET", "/api/collection/graph")).json;
      graph.groups[everybody].root = "read";
      assert.equal((await api("PUT", "/api/collection/graph", graph)).status, 200);
      assert.equal((await as("DELETE", `/api/model-index/${made.json.id}`)).status, 403);
      assert.equal((await as("POST", "/api/model-index", { model_id: id, ...refs(field) })).status, 403);
      assert.ok((await find(name, reader.session)).length > 0);
      assert.equal((await api("DELETE", `/api/model-index/${made.json.id}`)).status, 204);
      assert.equal((await api("GET", `/api/model-index/${made.json.id}`)).status, 404);
      assert.deepEqual(await find(name), []);
    });
  },

  "whoever is given other rows, fewer columns or nothing by the model finds none of its values": async () => {
    await indexed(async ({ api, as, find, model, people, field, reader, everybody, grant, table }) => {
      const folder = (await api("POST", "/api/collection", { name: "Closed" })).json.id;
      const graph = (await api("GET", "/api/collection/graph")).json;
      const id = await model(people());
      const index = (await api("POST", "/api/model-index", { model_id: id, ...refs(field) })).json.id;
      const hidden = async () => {
        assert.deepEqual(await find("a", reader.session), []);
        assert.equal((await as("GET", `/api/automagic-dashboards/model_index/${index}/primary_key/1`)).status >= 403, true);
        assert.ok((await find("a")).length > 0);
      };
      const seen = async () => assert.ok((await find("a", reader.session)).length > 0);
      await seen();

      const filter = await api("POST", "/api/vigie/row-filter", { group_id: everybody, table_id: table("PEOPLE").id, field_id: field("PEOPLE", "SOURCE"), operator: "=", value: "Google" });
      assert.equal(filter.status, 200, filter.text);
      await hidden();
      assert.ok([200, 204].includes((await api("DELETE", `/api/vigie/row-filter/${filter.json.id}`)).status));
      await seen();

      const column = await api("POST", "/api/vigie/hidden-field", { group_id: everybody, field_id: field("PEOPLE", "NAME") });
      assert.equal(column.status, 200, column.text);
      await hidden();
      assert.ok([200, 204].includes((await api("DELETE", `/api/vigie/hidden-field/${column.json.id}`)).status));
      await seen();

      await grant({ "view-data": "blocked", "create-queries": "no" });
      await hidden();
      await grant({ "view-data": "unrestricted", "create-queries": "no" });
      await seen(); // as the model itself

      graph.groups[everybody] = { ...graph.groups[everybody], [folder]: "none" };
      assert.equal((await api("PUT", "/api/collection/graph", graph)).status, 200);
      assert.equal((await api("PUT", `/api/card/${id}`, { collection_id: folder })).status, 200);
      await hidden();
      assert.equal((await as("GET", `/api/model-index/${index}`)).status, 403);
      assert.deepEqual((await as("GET", "/api/model-index")).json, []);
    });
  },

  "values are those of the model as it is": async () => {
    await indexed(async ({ api, find, model, native }) => {
      const id = await model(native("SELECT 1 AS k, 'Élodie Zébulon' AS n UNION ALL SELECT 2, 'Marc' UNION ALL SELECT 3, NULL"));
      const index = (await api("POST", "/api/model-index", { model_id: id, pk_ref: ["field", "k", { "base-type": "type/Integer" }], value_ref: ["field", "n", { "base-type": "type/Text" }] }));
      assert.equal(index.status, 200, index.text);
      assert.equal(index.json.state, "indexed");
      const again = async (state, status = "done") => {
        const run = await api("POST", `/api/vigie/job/index-${index.json.id}/run`);
        assert.equal(run.status, 200, run.text);
        const last = await ended(api, `index-${index.json.id}`, run.json.id);
        assert.equal(last.status, status, last.message);
        const now = (await api("GET", `/api/model-index/${index.json.id}`)).json;
        assert.equal(now.state, state);
        return now;
      };
      const change = async (more) => {
        const put = await api("PUT", `/api/card/${id}`, more);
        assert.equal(put.status, 200, put.text);
      };
      assert.deepEqual((await find("elodie")).map((one) => one.id), [1]);
      assert.deepEqual((await find("zebulon elodie")).map((one) => one.id), [1]);

      await change({ dataset_query: native("SELECT 7 AS k, 'Élodie Autre' AS n") });
      assert.deepEqual(await find("elodie"), []); // until it is read again
      await again("indexed");
      assert.deepEqual((await find("elodie")).map((one) => [one.id, one.name]), [[7, "Élodie Autre"]]);

      await change({ dataset_query: native("WITH RECURSIVE c(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < 25010) SELECT k, 'row ' || k AS n FROM c") });
      await again("overflow");
      assert.equal((await find("25000", undefined)).length, 1);
      assert.equal((await find("25001")).length, 0);

      await change({ dataset_query: native("SELECT 1 AS k, 'x' AS n FROM absent") });
      const failed = await again("error", "failed");
      assert.match(failed.error, /absent/);
      assert.deepEqual(await find("row"), []);

      await change({ dataset_query: native("SELECT 7 AS k, 'Élodie Autre' AS n") });
      await again("indexed");
      await change({ archived: true });
      assert.deepEqual(await find("elodie"), []);
      await change({ archived: false });
      assert.equal((await find("elodie")).length, 1);
      await change({ type: "question" });
      assert.deepEqual(await find("elodie"), []);
      assert.ok(!(await api("GET", "/api/vigie/job")).json.some((job) => job.name.startsWith("index-")));
    });
  },

  "an index is refused for what is no key, no text or no model": async () => {
    await indexed(async ({ api, model, people, native, field }) => {
      const id = await model(people());
      const question = await model(people(), { type: "question" });
      const post = (more) => api("POST", "/api/model-index", { model_id: id, ...refs(field), ...more });
      const { pk_ref, value_ref } = refs(field);
      for (const [more, wrong] of [
        [{ pk_ref: value_ref }, "pk_ref"],
        [{ value_ref: pk_ref }, "value_ref"],
        [{ pk_ref: ["field", 999999, null] }, "pk_ref"],
        [{ pk_ref: ["field", "ABSENT", null] }, "pk_ref"],
        [{ pk_ref: ["expression", "ID"] }, "pk_ref"],
        [{ pk_ref: [] }, "pk_ref"],
        [{ value_ref: "NAME" }, "value_ref"],
        [{ value_ref: undefined }, "value_ref"],
        [{ model_id: question }, "model_id"],
        [{ model_id: undefined }, "model_id"],
      ]) {
        const refused = await post(more);
        assert.equal(refused.status, 400, refused.text);
        assert.deepEqual(Object.keys(refused.json.errors), [wrong]);
      }
      assert.equal((await post({ model_id: 999 })).status, 404);
      const sql = await model(native("SELECT 1 AS k, 'x' AS n"));
      const named = await api("POST", "/api/model-index", { model_id: sql, pk_ref: ["field", "k", null], value_ref: ["field", "n", null] });
      assert.equal(named.status, 200, named.text);
      for (let i = 1; i < 5; i++)
        assert.equal((await api("POST", "/api/model-index", { model_id: sql, pk_ref: ["field", "k", null], value_ref: ["field", "n", null] })).status, 200);
      const sixth = await api("POST", "/api/model-index", { model_id: sql, pk_ref: ["field", "k", null], value_ref: ["field", "n", null] });
      assert.equal(sixth.status, 400);
      assert.match(sixth.json.errors.model_id, /5 indexes/);
    });
  },
};
