// The server under test: one that runs already, or the real binary with fresh data.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const patience = 20_000;

/** How the binary is told to start, and how its log says where it listens. */
const serveArguments = (data) => ['serve', '--listen', '127.0.0.1:0', '--data', data];
const addressIn = (line) => /\b(?:https?:\/\/)?(127\.0\.0\.1:[1-9]\d*)/.exec(line)?.[1];

/** With `mail`, the server writes its mails into a folder, and `mails()` reads them. `variables` are of its environment. */
export async function startServer(binary, { mail = false, variables = {} } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'vigie-e2e-'));
  const mailFolder = join(data, 'mail');
  const environment = { ...process.env, ...variables, ...(mail && { VIGIE_MAIL_FOLDER: mailFolder }) };
  const child = spawn(binary, serveArguments(data), { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = [];

  const address = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address in the log:\n${log.join('\n')}`)), patience);
    const read = (line) => {
      log.push(line);
      const found = addressIn(line);
      if (found) {
        clearTimeout(timer);
        resolve(found);
      }
    };

    createInterface({ input: child.stdout }).on('line', read);
    createInterface({ input: child.stderr }).on('line', read);
    child.on('exit', (code) => reject(new Error(`the server stopped (${code}):\n${log.join('\n')}`)));
    child.on('error', reject);
  });

  return { origin: `http://${address}`, mails: () => readMails(mailFolder), stop: () => stop(child, data) };
}

function readMails(folder) {
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];

  return files.map((file) => fromQuotedPrintable(readFileSync(join(folder, file), 'utf8')));
}

const fromQuotedPrintable = (text) =>
  text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));

async function stop(child, data) {
  const gone = new Promise((resolve) => child.once('exit', resolve));

  child.kill('SIGTERM');
  await Promise.race([gone, wait(5_000)]);
  if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
