// Runs the tests of the HTTP interface against the real server. An argument keeps the files whose
// name contains it; what follows is for the tests. Each file exports `tests`: name to function; a failed assertion fails
// its test. Each file runs in a process of its own, two at a time: tests wait more than they work.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [wanted = "", ...others] = process.argv.slice(2);
const lanes = 2;
const queue = readdirSync(here).filter((name) => name.endsWith(".test.mjs") && name.includes(wanted)).sort();
let passed = 0;
let failed = 0;

/** What a file said, once it is done; a process that ended otherwise is a failure too. */
function runFile(file) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(here, "run_file.mjs"), file, ...others], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";

    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
    child.once("close", (code) => resolve(code === 0 || /^not ok /m.test(said) ? said : `${said}not ok ${file} ended with ${code}\n`));
  });
}

async function runLane() {
  for (let file = queue.shift(); file; file = queue.shift()) {
    const said = await runFile(file);
    passed += said.match(/^ok /gm)?.length ?? 0;
    failed += said.match(/^not ok /gm)?.length ?? 0;
    process.stdout.write(said);
  }
}

await Promise.all(Array.from({ length: lanes }, runLane));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
