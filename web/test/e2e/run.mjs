// Runs every journey against the real binary: VIGIE_BIN=path node test/e2e/run.mjs [part of a name]
import { readdirSync } from 'node:fs';
import { launch, visitor } from './browser.mjs';
import { startServer } from './server.mjs';
import { setUp } from './site.mjs';

const binary = process.env.VIGIE_BIN;
const wanted = process.argv[2] ?? '';

if (!binary) {
  console.error('VIGIE_BIN must be the path of the vigie binary');
  process.exit(2);
}

const browser = await launch();
const servers = [];

/** A new server with new data. */
async function freshServer(environment) {
  const server = await startServer(binary, environment);
  servers.push(server);
  return server;
}

/** A server that is set up, and the session of its administrator. */
async function readySite(environment) {
  const { origin, mails } = await freshServer(environment);
  const { context } = await visitor(browser, origin);

  await setUp(context.request);
  const session = await context.storageState();
  await context.close();
  return { browser, origin, mails, session };
}

const folder = new URL('./journeys/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.mjs')).sort();
const counts = { passed: 0, failed: 0 };

/** Does one journey, and gives what it failed with. */
async function attempt(name, journey, world) {
  const start = Date.now();

  try {
    await journey(world);
    console.log(`ok    ${name} (${Date.now() - start} ms)`);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Each file has a world of its own, so that no journey depends on another file. */
async function runFile(file, isChosen, onFailure) {
  const { prepare, journeys } = await import(new URL(file, folder));
  const chosen = Object.entries(journeys).filter(([name]) => isChosen(name));
  if (!chosen.length) return;

  const world = prepare ? await prepare({ browser, freshServer, readySite }) : await readySite();
  for (const [name, journey] of chosen) {
    const error = await attempt(name, journey, world);
    if (error) onFailure(name, error);
    else counts.passed += 1;
  }
}

const queue = [...files];
const unsteady = new Map();

/** A page waits more than it works: two files at once keep a small machine busy. */
async function runLane() {
  for (let file = queue.shift(); file; file = queue.shift()) {
    await runFile(
      file,
      (name) => name.includes(wanted),
      (name, error) => {
        console.log(`UNSTEADY ${name}: ${error.stack}`);
        unsteady.set(file, [...(unsteady.get(file) ?? []), name]);
      },
    );
  }
}

/** What failed beside another file is tried once more alone, in a new world: there it counts. */
async function runAgain([file, names]) {
  await runFile(
    file,
    (name) => names.includes(name),
    (name, error) => {
      counts.failed += 1;
      console.log(`FAILED ${name}: ${error.stack}`);
    },
  );
}

try {
  await Promise.all([runLane(), runLane()]);
  for (const again of unsteady) await runAgain(again);
} finally {
  await browser.close();
  await Promise.all(servers.map((server) => server.stop()));
}

console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed || !counts.passed ? 1 : 0;
