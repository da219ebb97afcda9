// What stands on each page of a PDF of the browser: its words, from top to bottom.
import { inflateSync } from 'node:zlib';

/** The objects of a file, by their numbers, as its table of places says. */
function objectsOf(file) {
  const text = file.toString('latin1');
  const start = Number(/startxref\s+(\d+)/.exec(text.slice(text.lastIndexOf('startxref')))[1]);
  const [, table] = /xref\s+0 \d+\s+([\s\S]*?)trailer/.exec(text.slice(start));
  const places = table.trim().split(/\s*\r?\n\s*/).map((line) => Number(line.slice(0, 10)));

  return (number) => {
    const from = places[number];
    const body = text.indexOf('stream', from);
    const end = text.indexOf('endobj', from);
    if (body === -1 || end < body) return { head: text.slice(from, end), bytes: null };
    const head = text.slice(from, body);
    const first = body + (text[body + 6] === '\r' ? 8 : 7);
    const bytes = file.subarray(first, first + Number(/\/Length (\d+)/.exec(head)[1]));
    return { head, bytes: head.includes('/FlateDecode') ? inflateSync(bytes) : bytes };
  };
}

const numbersIn = (list) => [...list.matchAll(/(\d+) 0 R/g)].map(([, number]) => Number(number));

function pagesOf(objects, number) {
  const { head } = objects(number);
  const kids = /\/Kids\s*\[([^\]]*)\]/.exec(head);

  return kids ? numbersIn(kids[1]).flatMap((kid) => pagesOf(objects, kid)) : [number];
}

const lettersOf = (hex) => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** Which letters the signs of a typeface stand for. */
function alphabetOf(objects, font) {
  const { head } = objects(font);
  const map = /\/ToUnicode (\d+) 0 R/.exec(head);
  const letters = new Map();

  for (const [, kind, body] of (map ? objects(Number(map[1])).bytes.toString('latin1') : '').matchAll(/beginbf(char|range)([\s\S]*?)endbf/g)) {
    const codes = [...body.matchAll(/<([0-9A-Fa-f]+)>/g)].map(([, code]) => code);
    const step = kind === 'char' ? 2 : 3;
    for (let at = 0; at + step <= codes.length; at += step) {
      const [low, high, to] = kind === 'char' ? [codes[at], codes[at], codes[at + 1]] : codes.slice(at, at + 3);
      const [first, last] = [low, high].map((code) => Number.parseInt(code, 16));
      const letter = lettersOf(to);
      for (let code = first; code <= last; code += 1) letters.set(code, letter.slice(0, -1) + String.fromCharCode(letter.charCodeAt(letter.length - 1) + code - first));
    }
  }
  return { letters, width: head.includes('/Type0') ? 4 : 2 };
}

/** What a page, or a drawing on it, names its typefaces and its drawings. */
function named(head, kind) {
  const list = new RegExp(`/${kind}\\s*<<([^>]*)>>`).exec(head)?.[1] ?? '';

  return new Map([...list.matchAll(/\/(\S+) (\d+) 0 R/g)].map(([, name, number]) => [name, Number(number)]));
}

function wordsOf(objects, content, resources) {
  const fonts = named(resources, 'Font');
  const drawings = named(resources, 'XObject');
  let font = null;
  let words = '';

  for (const [, face, drawing, hex, end] of content.matchAll(/\/(\S+) [\d.]+ Tf|\/(\S+) Do|<([0-9A-Fa-f]+)>|\b(ET)\b/g)) {
    if (face) font = alphabetOf(objects, fonts.get(face));
    else if (end) words += '\n';
    else if (hex && font) words += (hex.match(new RegExp(`.{${font.width}}`, 'g')) ?? []).map((code) => font.letters.get(Number.parseInt(code, 16)) ?? '').join('');
    else if (drawing && drawings.has(drawing)) {
      const { head, bytes } = objects(drawings.get(drawing));
      if (head.includes('/Form')) words += wordsOf(objects, bytes.toString('latin1'), head);
    }
  }
  return words;
}

/** The words of each page. */
export function pagesOfPaper(file) {
  const objects = objectsOf(file);
  const text = file.toString('latin1');
  const catalog = Number(/\/Root (\d+) 0 R/.exec(text)[1]);
  const tree = Number(/\/Pages (\d+) 0 R/.exec(objects(catalog).head)[1]);

  return pagesOf(objects, tree).map((number) => {
    const { head } = objects(number);
    const contents = numbersIn(/\/Contents\s*(\[[^\]]*\]|\d+ 0 R)/.exec(head)[1]);
    return contents.map((content) => wordsOf(objects, objects(content).bytes.toString('latin1'), head)).join('\n');
  });
}
