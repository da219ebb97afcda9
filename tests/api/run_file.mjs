// Runs the tests of one file, in this process: see run.mjs.
const [, , file] = process.argv;
const { tests } = await import(`./${file}`);
let failed = 0;

for (const [name, run] of Object.entries(tests)) {
  try {
    await run();
    console.log(`ok ${file} ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${file} ${name}\n  ${String(error.stack ?? error).replaceAll("\n", "\n  ")}`);
  }
}
process.exit(failed > 0 ? 1 : 0);
