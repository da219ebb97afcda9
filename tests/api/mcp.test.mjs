// A server of the Model Context Protocol that others wrote for Metabase, unmodified, from npm: its tools are
// called as an assistant would. ./dev test api gets it; without it there is nothing to run.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { question, server } from "./card.test.mjs";

const program = join(dirname(fileURLToPath(import.meta.url)), "../../build/mcp/node_modules/@cognitionai/metabase-mcp-server/dist/server.js");

// Messages by lines, as the protocol has them; an answer finds its question by its number.
function start(env) {
  const child = spawn(process.execPath, [program, "--all"], { env: { PATH: process.env.PATH, ...env }, stdio: ["pipe", "pipe", "ignore"] });
  const waiting = new Map();
  let last = 0;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const message = JSON.parse(line);
    waiting.get(message.id)?.(message);
  });
  const ask = (method, params) =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      const late = setTimeout(() => reject(new Error(`${method}: no answer`)), 30000);
      waiting.set(id, (message) => {
        clearTimeout(late);
        resolve(message);
      });
      child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    });
  return { ask, stop: () => child.kill() };
}

const withTools = (run) =>
  server(async ({ server: started, admin, database, table }) => {
    const key = (await admin("POST", "/api/api-key", { name: "mcp", group_id: 2 })).json.unmasked_key;
    const { ask, stop } = start({ METABASE_URL: started.base, METABASE_API_KEY: key });
    try {
      const hello = await ask("initialize", { protocolVersion: "2024-11-05", capabilities: {}, clientInfo: { name: "test", version: "1" } });
      assert.ok(hello.result, JSON.stringify(hello));
      const tool = async (name, args = {}) => {
        const { result, error } = await ask("tools/call", { name, arguments: args });
        const text = result?.content?.[0]?.text ?? JSON.stringify(error);
        assert.ok(result !== undefined && !result.isError && !/^(Error|Failed)/.test(text), `${name} ${JSON.stringify(args)}: ${text}`);
        try {
          return JSON.parse(text);
        } catch {
          return text;
        }
      };
      await run({ tool, admin, database, table });
    } finally {
      stop();
    }
  });

const all = {
  "an assistant explores databases and tables": withTools(async ({ tool, database, table }) => {
    const orders = table("orders");
    const databases = await tool("list_databases");
    assert.equal((databases.databases ?? databases.data ?? databases)[0].id, database.id);
    for (const name of ["get_database", "get_database_metadata", "list_database_schemas", "check_database_health", "sync_database_schema"]) await tool(name, { database_id: database.id });
    await tool("list_tables");
    for (const name of ["get_table", "get_table_fks", "get_table_query_metadata", "get_table_related", "get_table_data", "sync_table_schema", "rescan_table_field_values", "discard_table_field_values"]) await tool(name, { table_id: orders.id });
    await tool("get_field_id", { table_id: orders.id, column_name: "TOTAL" });
    await tool("update_table", { table_id: orders.id, display_name: "Commandes", description: "Une par achat" });
    assert.equal((await tool("get_table", { table_id: orders.id })).display_name, "Commandes");
    await tool("update_tables", { ids: [orders.id], description: "Toutes" });
    const fields = (await tool("get_table_query_metadata", { table_id: orders.id })).fields;
    await tool("reorder_table_fields", { table_id: orders.id, field_order: fields.map((one) => one.id).reverse() });
    const answer = await tool("execute_query", { database_id: database.id, query: "select count(*) as n from orders" });
    assert.ok(JSON.stringify(answer).length > 10);
    await tool("search_content", { q: "commandes" });
    await tool("list_users");
  }),
  "an assistant makes questions, shares and files them": withTools(async ({ tool, admin, database }) => {
    const { name, display, visualization_settings, dataset_query } = question(database);
    const made = await tool("create_card", { name, display, visualization_settings, dataset_query });
    const card = { card_id: made.id };
    await tool("list_cards");
    assert.equal((await tool("get_card", card)).name, name);
    await tool("update_card", { ...card, updates: { description: "Été" } });
    for (const what of ["execute_card", "get_card_dashboards", "get_card_query_metadata", "get_card_series", "get_card_table_query_metadata", "get_card_table_fks", "execute_pivot_card_query"]) await tool(what, card);
    assert.match(JSON.stringify(await tool("export_card_result", { ...card, export_format: "csv" })), /ID|Id|id/);
    const copy = await tool("copy_card", card);
    await tool("create_card_public_link", card);
    assert.match(JSON.stringify(await tool("list_public_cards")), new RegExp(`"id":${made.id}`));
    await tool("delete_card_public_link", card);
    await tool("list_embeddable_cards");
    const folder = await tool("create_collection", { name: "Dossier" });
    await tool("update_collection", { collection_id: folder.id, description: "Pour nous" });
    await tool("move_cards_to_collection", { card_ids: [made.id], collection_id: folder.id });
    await tool("move_cards", { card_ids: [copy.id], collection_id: folder.id });
    assert.match(JSON.stringify(await tool("get_collection_items", { collection_id: folder.id })), /Commandes/);
    await tool("move_to_collection", { item_type: "card", item_id: made.id, collection_id: null });
    await tool("list_collections");
    await tool("delete_card", { card_id: copy.id });
    await tool("delete_card", { card_id: made.id, hard_delete: true });
    // What is not in the trash is not deleted for good.
    assert.equal((await admin("PUT", `/api/collection/${folder.id}`, { archived: true })).status, 200);
    await tool("delete_collection", { collection_id: folder.id });
  }),
  "an assistant arranges a dashboard": withTools(async ({ tool, admin, database }) => {
    const card = (await admin("POST", "/api/card", question(database))).json;
    const made = await tool("create_dashboard", { name: "Activité", description: "Tous les mois" });
    const board = { dashboard_id: made.id };
    await tool("add_card_to_dashboard", { ...board, cardId: card.id, row: 0, col: 0, size_x: 12, size_y: 6 });
    await tool("add_text_block", { ...board, text: "# Bonjour", display_type: "text" });
    const cards = (await tool("get_dashboard", board)).dashcards;
    assert.equal(cards.length, 2);
    const placed = cards.find((one) => one.card_id === card.id);
    for (const what of ["get_dashboard_cards", "get_dashboard_related", "get_dashboard_revisions", "get_dashboard_queries", "audit_dashboard_filters", "create_public_link", "delete_public_link"]) await tool(what, board);
    await tool("update_dashboard_cards", { ...board, cards: [{ id: placed.id, card_id: card.id, row: 2, col: 0, size_x: 8, size_y: 4 }] });
    await tool("update_dashboard", { ...board, name: "Activité du mois" });
    await tool("execute_dashboard_card", { ...board, card_id: card.id });
    await tool("search_dashboards", { query: "Activité" });
    await tool("copy_dashboard", { from_dashboard_id: made.id, name: "Copie" });
    await tool("list_dashboards");
    await tool("list_public_dashboards");
    await tool("list_embeddable_dashboards");
    const saved = await tool("save_dashboard", { dashboard: { name: "Gardé", dashcards: [] } });
    const versions = (await admin("GET", `/api/revision?entity=dashboard&id=${made.id}`)).json;
    await tool("revert_dashboard", { ...board, revision_id: versions.at(-1).id });
    await tool("delete_dashboard", { dashboard_id: saved.id, hard_delete: true });
    await tool("delete_dashboard", board);
  }),
};

export const tests = existsSync(program) ? all : {};
