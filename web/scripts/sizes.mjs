// Compares the brotli sizes of the build with budgets.json. Over budget, the build fails.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
const budgets = JSON.parse(readFileSync(join(web, 'budgets.json'), 'utf8'));

/** What a page loads before anything is shown: the files that the shell names, and what they import. */
function firstFiles(build) {
  const folder = join(web, 'dist', build);
  const waiting = [...readFileSync(join(folder, 'index.html'), 'utf8').matchAll(/(?:src|href)="[^"]*?([\w.-]+\.(?:js|css))"/g)];
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    if (!file.endsWith('.js')) return;
    const code = readFileSync(join(folder, file), 'utf8');
    for (const [, next] of code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) visit(next);
  };

  waiting.forEach(([, file]) => visit(file));
  return seen;
}

function kilobytes(build, file) {
  const path = join(web, 'dist', build, file);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size / 1024;
}

// The editor of SQL has a budget of its own: only those who write SQL download it.
const isEditor = (file) => file.startsWith('code-editor-');

function measure(build) {
  const first = firstFiles(build);
  const files = readdirSync(join(web, 'dist', build));
  const of = (ending, chosen) =>
    files.filter((file) => file.endsWith(ending) && chosen(file)).map((file) => kilobytes(build, file));
  const sum = (sizes) => sizes.reduce((total, size) => total + size, 0);

  return {
    'first js': sum(of('.js', (file) => first.has(file))),
    'largest later js': Math.max(0, ...of('.js', (file) => !first.has(file) && !isEditor(file))),
    'editor of sql': Math.max(0, ...of('.js', isEditor)),
    'first css': sum(of('.css', (file) => first.has(file))),
    // Of all pages: those that nobody opens are not downloaded, but cut apart they take more.
    css: sum(of('.css', () => true)),
    fonts: sum(of('.woff2', () => true)),
  };
}

let over = 0;
for (const [build, limits] of Object.entries(budgets)) {
  const sizes = measure(build);

  for (const [what, limit] of Object.entries(limits)) {
    const verdict = sizes[what] > limit ? 'OVER BUDGET' : 'ok';
    console.log(`${build} ${what}: ${sizes[what].toFixed(1)} of ${limit} KB, ${verdict}`);
    over += verdict === 'ok' ? 0 : 1;
  }
}
process.exit(over ? 1 : 0);
