// Messages: the English sentence in the code is the key, `src/locales/*.po` hold the translations.
// Run as a program, this file brings the .po files up to date with the code.
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
export const locales = ['en', 'fr'];

export function usedMessages(folders) {
  const found = new Set();

  for (const file of sources(folders)) {
    const text = readFileSync(join(web, file), 'utf8');
    for (const [, quote, body] of text.matchAll(/\b(?:t|msg)\(\s*(['"])((?:\\.|(?!\1).)+)\1/g)) {
      found.add(body.replaceAll(`\\${quote}`, quote));
    }
  }
  return [...found].sort();
}

export const appMessages = () => usedMessages(['src']);

/** What C code marks for people: it is translated here, and built into the server. */
export function serverMessages() {
  const server = join(web, '../src');
  const files = readdirSync(server, { recursive: true }).filter((file) => file.endsWith('.c'));
  const marked = files.flatMap((file) => [...readFileSync(join(server, file), 'utf8').matchAll(/\bSENTENCE\(\s*((?:"[^"]+"\s*)+)\)/g)]);

  return marked.map(([, text]) => [...text.matchAll(/"([^"]+)"/g)].map(([, part]) => part).join(''));
}

export const publicMessages = () => usedMessages(['src/shared', 'src/entries/public']);

export function readPo(locale) {
  const text = readFileSync(poFile(locale), 'utf8');
  const entries = text.matchAll(/^msgid (".*")\nmsgstr (".*")$/gm);

  return new Map([...entries].map(([, id, message]) => [JSON.parse(id), JSON.parse(message)]));
}

/** A Vite plugin: `import { messages } from 'locales/fr.po'` gives only what the build shows. */
export function messageFiles(used) {
  return {
    name: 'message-files',
    transform(_, id) {
      const locale = /\/(\w+)\.po$/.exec(id)?.[1];
      if (!locale) return null;

      return { code: `export const messages = ${JSON.stringify(catalogue(locale, used()))};` };
    },
  };
}

function catalogue(locale, ids) {
  const translations = readPo(locale);
  const messages = ids.map((id) => [id, compileMessage(translations.get(id) || id)]);

  // A sentence that is its own translation needs no entry.
  return Object.fromEntries(
    messages
      .map(([id, tokens]) => [id, tokens.length === 1 && typeof tokens[0] === 'string' ? tokens[0] : tokens])
      .filter(([id, message]) => id !== message),
  );
}

function sources(folders) {
  const walk = (folder) =>
    readdirSync(join(web, folder), { recursive: true }).map((file) => join(folder, file));

  return folders.flatMap(walk).filter((file) => /(?<!\.test)\.tsx?$/.test(file));
}

const poFile = (locale) => join(web, `src/locales/${locale}.po`);

function update(locale) {
  const known = readPo(locale);
  const header = `msgid ""\nmsgstr "Language: ${locale}\\nContent-Type: text/plain; charset=UTF-8\\n"\n`;
  const entries = [...new Set([...appMessages(), ...serverMessages()])].sort().map((id) => {
    const message = known.get(id) ?? (locale === 'en' ? id : '');
    return `\nmsgid ${JSON.stringify(id)}\nmsgstr ${JSON.stringify(message)}\n`;
  });

  writeFileSync(poFile(locale), header + entries.join(''));
  return entries.filter((entry) => entry.endsWith('msgstr ""\n')).length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const locale of locales) {
    console.log(`${locale}: ${update(locale)} to translate`);
  }
}
