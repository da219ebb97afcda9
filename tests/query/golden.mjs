// Writes the SQL of the golden cases anew, for every engine that is here: node tests/query/golden.mjs RUNNER
// Look at the difference before you keep it.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ENGINES = ["sqlite", "postgres", "mysql", "clickhouse", "duckdb", "trino"];
const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "golden");
const runner = process.argv[2];

const read = (file) => readFileSync(join(folder, file), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const write = (file, cases) => writeFileSync(join(folder, file), cases.map((one) => `${JSON.stringify(one)}\n`).join(""));

function refusals() {
  try {
    return execFileSync(join(here, "run"), [runner, "golden/"], { encoding: "utf8", maxBuffer: 1 << 26 });
  } catch (failed) {
    return failed.stdout;
  }
}

const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
const kept = new Map(files.map((file) => [file, read(file)]));
// No engine writes "?": each says what it writes instead, one after the other as `run` asks them.
for (const [file, cases] of kept) write(file, cases.map((one) => ({ ...one, sql: Object.fromEntries(ENGINES.map((name) => [name, "?"])) })));
const written = new Map();
let found = [];
for (const line of refusals().split("\n")) {
  const refused = /^(golden\/\S+) is now: (.*)$/.exec(line);
  const ends = /^([a-z]+): \d+ quirks/.exec(line);
  if (refused) found.push([refused[1], refused[2]]);
  if (ends) {
    for (const [id, sql] of found) written.set(`${ends[1]} ${id}`, sql);
    found = [];
  }
}
for (const [file, cases] of kept) {
  const sqlOf = (one, name) => written.get(`${name} ${one.id}`) ?? one.sql[name];
  write(file, cases.map((one) => ({ ...one, sql: Object.fromEntries(ENGINES.map((name) => [name, sqlOf(one, name)]).filter(([, sql]) => sql && sql !== "?")) })));
}
console.log(`${written.size} statements of ${[...kept.values()].flat().length} cases`);
