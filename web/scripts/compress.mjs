// Gives every text file of the build a .br and a .gz sibling, and lists the files in manifest.json.
// The same input always gives the same bytes: the server embeds them.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const files = readdirSync(dist, { recursive: true })
  .filter((file) => types[extname(file)] && statSync(join(dist, file)).isFile())
  .sort();

for (const file of files) {
  // Shells are filled in by the server, fonts and pictures are compressed already.
  if (/\.(html|png|woff2)$/.test(file)) continue;

  const path = join(dist, file);
  const text = readFileSync(path);

  writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  }));
}

const manifest = files.map((file) => ({
  // A source name without its hash, for people; the path is what the server serves.
  name: file.replace(/-[\w-]{8}(?=\.\w+$)/, ''),
  path: file,
  type: types[extname(file)],
}));
writeFileSync(join(dist, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
