// The rules of web/ that a program can check: layers, and the few habits that keep files readable.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src', import.meta.url));
const complaints = [];

function readLayers() {
  const layers = new Map();

  for (const line of readFileSync(join(src, 'LAYERS'), 'utf8').split('\n')) {
    if (!line || line.startsWith('#')) continue;
    const [folder, allowed] = line.split(':');
    const names = allowed.split(' ').filter(Boolean);
    const circle = names.find((name) => !layers.has(name));
    if (circle) complaints.push(`LAYERS: ${folder} names ${circle}, which is not above it`);
    layers.set(folder, new Set([folder, 'locales', ...names]));
  }
  return layers;
}

function checkImport(file, target, layers) {
  const from = file.split('/');

  if (!target.startsWith('.')) {
    if (target.startsWith('react-aria-components') && from[0] !== 'ui') return 'only ui/ may import React Aria';
    if (from[0] === 'shared' && target !== 'react') return `shared/ may not import ${target}`;
    return null;
  }

  const path = normalize(join(dirname(file), target));
  const to = path.split('/');
  if (!layers.get(from[0])?.has(to[0])) return `${from[0]} may not import ${to[0]}`;
  const stranger = to[0] === 'features' && !(from[0] === 'features' && from[1] === to[1]);
  if (stranger && to.length > 2) return `${path}: a feature is reached through its index.ts`;
  return null;
}

function checkFile(file, layers) {
  const text = readFileSync(join(src, file), 'utf8');
  const complain = (what) => complaints.push(`src/${file}: ${what}`);

  if (text.split('\n').length > 300) complain('more than 300 lines');
  if (/^export default/m.test(text)) complain('a default export');
  if (/[:<]\s*any\b|\bas any\b/.test(text)) complain('the type any');
  // Scripts of the host run on the pages of others: they have no client.
  if (/\bfetch\(/.test(text) && file !== 'api/client.ts' && !file.startsWith('host/')) complain('only api/client.ts may fetch');
  if (/\bstyle=\{\{|dangerouslySetInnerHTML/.test(text)) complain('style or markup that the content security policy forbids');
  if (/TODO|FIXME|console\.log/.test(text)) complain('unfinished work');
  if (file.includes('.test.')) return;

  for (const [, target] of text.matchAll(/(?:from|import\(|^import)\s*'([^']+)'/gm)) {
    const problem = checkImport(file, target, layers);
    if (problem) complain(problem);
  }
}

const layers = readLayers();
readdirSync(src, { recursive: true })
  .filter((file) => /\.tsx?$/.test(file))
  .forEach((file) => checkFile(file, layers));

complaints.forEach((complaint) => console.error(complaint));
process.exit(complaints.length ? 1 : 0);
