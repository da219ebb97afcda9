// Lays SQL out: a clause on each line, what belongs to it indented, nothing changed but white space.
// Texts, quoted names, comments, variables and optional parts stay as they were written.

interface Token {
  kind: 'text' | 'comment' | 'word' | 'sign';
  text: string;
  /** Whether something stood between it and the token before. */
  isApart: boolean;
}

const pattern = /(--[^\n]*|\/\*[\s\S]*?\*\/)|('(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\$(\w*)\$[\s\S]*?\$\3\$|\{\{[^}]*\}\})|([\p{L}_@#][\p{L}\p{N}_$]*|\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(\[\[|\]\]|::|<=|>=|<>|!=|\|\||->>?|[^\s])/giu;

export function tokensOf(sql: string): Token[] {
  let end = 0;

  return [...sql.matchAll(pattern)].map((found): Token => {
    const [text, comment, quoted, , word] = found;
    const isApart = found.index > end;
    end = found.index + text.length;
    return { kind: comment ? 'comment' : quoted ? 'text' : word ? 'word' : 'sign', text, isApart };
  });
}

/** Clauses that start a line, longest first: `group by` before `group`. */
const clauses = [
  'left outer join', 'right outer join', 'full outer join', 'union all', 'insert into', 'group by', 'order by', 'left join', 'right join',
  'inner join', 'cross join', 'full join', 'delete from', 'with', 'select', 'from', 'where', 'having', 'limit', 'offset', 'union', 'intersect',
  'except', 'join', 'set', 'values', 'update', 'returning', 'window',
].map((words) => words.split(' '));

/** After these, what follows stands on lines of its own when there is much of it. */
const lists = new Set(['select', 'group by', 'order by', 'set']);
const shortLine = 60;

interface Piece {
  tokens: Token[];
  clause: string;
  /** The clause as it was written. */
  head: string;
}

function clauseAt(tokens: readonly Token[], at: number): string[] | undefined {
  return clauses.find((words) => words.every((word, index) => tokens[at + index]?.kind === 'word' && tokens[at + index]?.text.toLowerCase() === word));
}

const opens = (token: Token) => token.text === '(' || token.text === '[[';
const closes = (token: Token) => token.text === ')' || token.text === ']]';

/** The clauses of one level; what stands in brackets belongs to the clause around it. */
function pieces(tokens: readonly Token[]): Piece[] {
  const found: Piece[] = [{ tokens: [], clause: '', head: '' }];
  let depth = 0;

  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const words = depth === 0 ? clauseAt(tokens, at) : undefined;
    if (opens(token)) depth += 1;
    if (closes(token)) depth -= 1;
    if (!words) {
      (found.at(-1) as Piece).tokens.push(token);
      continue;
    }
    const head = tokens.slice(at, at + words.length).map(({ text }) => text);
    found.push({ clause: words.join(' '), head: head.join(' '), tokens: [] });
    at += words.length - 1;
  }
  return found.filter(({ clause, tokens: own }) => clause || own.length);
}

const needsNoSpaceBefore = /^(,|;|\)|\.|::|\]\])$/;
const needsNoSpaceBehind = /^(\(|\.|::|\[\[)$/;

/** Tokens on one line. A name and its bracket stay together, as does what was written together. */
function flat(tokens: readonly Token[]): string {
  return tokens.reduce((line, token, index) => {
    const before = tokens[index - 1];
    if (!before || needsNoSpaceBefore.test(token.text) || needsNoSpaceBehind.test(before.text)) return line + token.text;
    if (token.text === '(' && !token.isApart) return line + token.text;
    // Signs of one dialect, such as a minus before a number, stay as they were.
    return !token.isApart && (before.kind === 'sign' || token.kind === 'sign') && !/^[,=<>]/.test(before.text + token.text) && before.text !== ')' ? line + token.text : `${line} ${token.text}`;
  }, '');
}

/** Cuts at the commas, or before the `and` and `or`, of this level alone. */
function split(tokens: readonly Token[], isCut: (token: Token, index: number) => 'before' | 'behind' | null): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  let isBetween = false;

  tokens.forEach((token, index) => {
    if (opens(token)) depth += 1;
    if (closes(token)) depth -= 1;
    const word = token.text.toLowerCase();
    const cut = depth === 0 && !(word === 'and' && isBetween) ? isCut(token, index) : null;
    if (word === 'between') isBetween = true;
    else if (word === 'and') isBetween = false;
    if (cut === 'before') parts.push([]);
    (parts.at(-1) as Token[]).push(token);
    if (cut === 'behind' || token.text.startsWith('--')) parts.push([]);
  });
  return parts.filter(({ length }) => length);
}

const indented = (text: string, by: string): string => text.split('\n').map((line) => (line ? by + line : line)).join('\n');

/** One part of a list or of a condition; a question in brackets is laid out inside them. */
function part(tokens: readonly Token[]): string {
  const open = tokens.findIndex((token, index) => token.text === '(' && /^(select|with)$/i.test(tokens[index + 1]?.text ?? ''));
  if (open < 0) return flat(tokens);

  let depth = 0;
  const close = tokens.findIndex((token, index) => {
    if (index < open) return false;
    if (opens(token)) depth += 1;
    if (closes(token)) depth -= 1;
    return depth === 0;
  });
  if (close < 0) return flat(tokens);
  const [before, behind] = [flat(tokens.slice(0, open)), tokens.slice(close + 1)];
  const rest = behind.length ? part(behind) : '';
  const space = before && tokens[open]?.isApart ? ' ' : '';
  return `${before}${space}(\n${indented(layOut(tokens.slice(open + 1, close)), '  ')}\n)${rest && !needsNoSpaceBefore.test(behind[0]?.text ?? '') ? ' ' : ''}${rest}`;
}

function written({ clause, head, tokens }: Piece): string {
  const isList = lists.has(clause);
  const cut = isList ? (token: Token) => (token.text === ',' ? ('behind' as const) : null) : (token: Token) => (/^(and|or)$/i.test(token.text) ? ('before' as const) : null);
  const parts = clause === 'with' ? split(tokens, (token) => (token.text === ',' ? 'behind' : null)) : isList || /^(where|having)$|join$/.test(clause) ? split(tokens, cut) : split(tokens, () => null);
  const lines = parts.map(part);
  const whole = lines.join(' ');
  const hasComment = tokens.some(({ text }) => text.startsWith('--'));
  if (!clause) return lines.join('\n');
  if (lines.length <= 1 || (!hasComment && !whole.includes('\n') && whole.length <= shortLine && isList)) return `${head} ${whole}`.trimEnd();
  if (isList) return `${head}\n${indented(lines.join('\n'), '  ')}`;
  return `${head} ${lines[0]}\n${indented(lines.slice(1).join('\n'), clause === 'with' ? '' : '  ')}`;
}

const layOut = (tokens: readonly Token[]): string => pieces(tokens).map(written).join('\n');

export function formatSql(sql: string): string {
  return layOut(tokensOf(sql)).trim();
}
