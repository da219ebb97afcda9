// The vendor's own command line, unmodified, from npm: it refuses a whole answer for one value that it
// does not know. ./dev test api gets it; without it there is nothing to run.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { question, server } from "./card.test.mjs";

const program = join(dirname(fileURLToPath(import.meta.url)), "../../build/metabase-cli/node_modules/.bin/mb");

// Runs commands one after the other; an object among the words becomes a file.
async function session(started, key, run) {
  const home = mkdtempSync(join(tmpdir(), "vigie-mb-"));
  let files = 0;
  const mb = (...words) => {
    const args = words.map((word) => {
      if (typeof word !== "object") return String(word);
      const path = join(home, `${(files += 1)}.json`);
      writeFileSync(path, JSON.stringify(word));
      return path;
    });
    const env = { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: home, MB_URL: started.base, MB_API_KEY: key };
    return new Promise((resolve, reject) =>
      execFile(program, [...args, "--json"], { env, timeout: 30000 }, (error, out, err) =>
        error ? reject(new Error(`mb ${args.join(" ")}: ${err}${out}`)) : resolve(JSON.parse(out)),
      ),
    );
  };
  try {
    await run(mb);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const withProgram = (run) =>
  server(async ({ server: started, admin, database }) => {
    const key = (await admin("POST", "/api/api-key", { name: "mb", group_id: 2 })).json.unmasked_key;
    await session(started, key, (mb) => run(mb, database));
  });

const all = {
  "databases and tables": withProgram(async (mb, database) => {
    await mb("auth", "status");
    assert.equal((await mb("db", "list")).data[0].id, database.id);
    await mb("db", "get", database.id);
    await mb("db", "schemas", database.id);
    await mb("table", "list", "--db-id", database.id);
    for (const table of database.tables) {
      await mb("table", "get", table.id);
      await mb("table", "fields", table.id);
    }
  }),
  "questions": withProgram(async (mb, database) => {
    const card = await mb("card", "create", "--file", question(database));
    assert.equal((await mb("card", "list")).total, 1);
    assert.equal((await mb("card", "get", card.id, "--full")).name, "Commandes");
    await mb("card", "query", card.id);
    assert.equal((await mb("card", "update", card.id, "--file", { name: "Autre" })).name, "Autre");
    await mb("query", "--file", question(database).dataset_query);
    await mb("card", "archive", card.id);
  }),
  "dashboards": withProgram(async (mb, database) => {
    const card = await mb("card", "create", "--file", question(database));
    const made = await mb("dashboard", "create", "--file", { name: "Tableau" });
    await mb("dashboard", "update", made.id, "--file", { tabs: [{ id: -1, name: "Un" }], dashcards: [{ id: -1, card_id: card.id, dashboard_tab_id: -1, row: 0, col: 0, size_x: 4, size_y: 4 }] });
    assert.equal((await mb("dashboard", "cards", made.id)).total, 1);
    assert.equal((await mb("dashboard", "get", made.id, "--full")).name, "Tableau");
    await mb("dashboard", "list");
    await mb("dashboard", "archive", made.id);
  }),
  "collections and search": withProgram(async (mb, database) => {
    const made = await mb("collection", "create", "--file", { name: "Dossier" });
    await mb("card", "create", "--file", question(database, { collection_id: made.id }));
    for (const words of [["list"], ["tree"], ["get", "root"], ["get", "trash"], ["get", made.id], ["items", "root"], ["items", made.id]]) await mb("collection", ...words);
    assert.equal((await mb("search", "commandes")).data[0].model, "card");
    await mb("collection", "archive", made.id);
    await mb("collection", "items", "trash");
  }),
  "snippets, segments, timelines, settings": withProgram(async (mb, database) => {
    const table_id = database.tables[0].id;
    await mb("snippet", "create", "--file", { name: "s", content: "1 = 1" });
    await mb("segment", "create", "--file", { name: "s", table_id, definition: { "source-table": table_id, filter: ["=", 1, 1] } });
    await mb("timeline", "create", "--file", { name: "t" });
    for (const noun of ["snippet", "segment", "timeline", "setting"]) await mb(noun, "list");
    await mb("setting", "get", "site-name");
  }),
};

export const tests = existsSync(program) ? all : { "left out: build/metabase-cli is not there": async () => {} };
