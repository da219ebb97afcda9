// Runs the tests of the HTTP interface against the real server. An argument keeps the files whose
// name contains it. Each file exports `tests`: name to function; a failed assertion fails its test.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv[2] ?? "";
let passed = 0;
let failed = 0;

for (const file of readdirSync(here).filter((name) => name.endsWith(".test.mjs")).sort()) {
  if (!file.includes(wanted)) continue;
  const { tests } = await import(join(here, file));
  for (const [name, run] of Object.entries(tests)) {
    try {
      await run();
      passed += 1;
      console.log(`ok ${file} ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${file} ${name}\n  ${String(error.stack ?? error).replaceAll("\n", "\n  ")}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
