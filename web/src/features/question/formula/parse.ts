// A formula as text becomes a clause. Errors say where they are.
import { msg } from '../../../shared/i18n';
import type { Choosable } from '../model/columns';
import { fold } from '../../../lib/fold';
import { functionNamed } from './functions';

export class FormulaError extends Error {
  constructor(
    message: string,
    readonly at: number,
    readonly word = '',
  ) {
    super(message);
  }
}

interface Token {
  kind: 'number' | 'text' | 'column' | 'name' | 'sign' | 'end';
  text: string;
  at: number;
}

const pattern = /\s*(?:(\d+(?:\.\d+)?)|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|\[([^\]]*)\]|([\p{L}_][\p{L}\p{N}_]*)|(<=|>=|!=|[-+*/=<>(),]))/uy;

export function tokens(source: string): Token[] {
  const found: Token[] = [];
  let at = 0;

  while (source.slice(at).trim()) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    const start = at + (/^\s*/.exec(source.slice(at))?.[0].length ?? 0);
    if (!match) throw new FormulaError(msg('This sign does not belong here: {word}'), start, source[start]);
    found.push(asToken(match, start));
    at = pattern.lastIndex;
  }
  return [...found, { kind: 'end', text: '', at: source.length }];
}

function asToken([, number, double, single, column, name, sign]: RegExpExecArray, at: number): Token {
  if (number !== undefined) return { kind: 'number', text: number, at };
  if (double !== undefined || single !== undefined) return { kind: 'text', text: (double ?? single ?? '').replace(/\\(.)/g, '$1'), at };
  if (column !== undefined) return { kind: 'column', text: column, at };
  return name === undefined ? { kind: 'sign', text: sign ?? '', at } : { kind: 'name', text: name, at };
}

const levels = [['or'], ['and'], ['=', '!=', '<', '>', '<=', '>='], ['+', '-'], ['*', '/']];

/** One level of binary signs for each call; the tightest binds last. */
export function parseFormula(source: string, columns: readonly Choosable[]): unknown {
  const list = tokens(source);
  let at = 0;
  const now = () => list[at] as Token;
  const isWord = (word: string) => now().kind !== 'text' && now().kind !== 'column' && now().text.toLowerCase() === word;

  function expect(sign: string): void {
    if (!isWord(sign)) throw new FormulaError(msg('Here a {word} is missing.'), now().at, sign);
    at += 1;
  }

  function binary(level: number): unknown {
    const signs = levels[level];
    if (!signs) return unary();
    let left = binary(level + 1);

    for (let sign = signs.find(isWord); sign; sign = signs.find(isWord)) {
      at += 1;
      const right = binary(level + 1);
      left = Array.isArray(left) && left[0] === sign && !['-', '/'].includes(sign) && level !== 2 ? [...(left as unknown[]), right] : [sign, left, right];
    }
    return left;
  }

  function unary(): unknown {
    if (isWord('not')) {
      at += 1;
      return ['not', unary()];
    }
    if (!isWord('-')) return primary();
    at += 1;
    const value = primary();
    return typeof value === 'number' ? -value : ['-', 0, value];
  }

  function primary(): unknown {
    const token = now();
    at += 1;
    if (token.kind === 'number') return Number(token.text);
    if (token.kind === 'text') return token.text;
    if (token.kind === 'column') return columnNamed(token, columns);
    if (token.kind === 'name') return named(token);
    if (token.text !== '(') throw new FormulaError(token.kind === 'end' ? msg('The formula stops too early.') : msg('This sign does not belong here: {word}'), token.at, token.text);
    const inside = binary(0);
    expect(')');
    return inside;
  }

  function named(token: Token): unknown {
    if (/^(true|false)$/i.test(token.text)) return token.text.toLowerCase() === 'true';
    const known = functionNamed(token.text);
    if (!known) throw new FormulaError(msg('There is no function called {word}.'), token.at, token.text);
    return asClause(known.clause, isWord('(') ? argumentsOf() : []);
  }

  function argumentsOf(): unknown[] {
    const values: unknown[] = [];
    expect('(');
    while (!isWord(')')) {
      values.push(binary(0));
      if (!isWord(')')) expect(',');
    }
    expect(')');
    return values;
  }

  const whole = binary(0);
  if (now().kind !== 'end') throw new FormulaError(msg('This sign does not belong here: {word}'), now().at, now().text);
  return whole;
}

/** `case` pairs its conditions with its values; the last one alone is for everything else. */
function asClause(clause: string, values: unknown[]): unknown {
  if (clause === 'in') return ['=', ...values];
  if (clause === 'not-in') return ['!=', ...values];
  if (clause === 'offset') return ['offset', {}, ...values];
  if (clause !== 'case') return [clause, ...values];
  const pairs = Array.from({ length: Math.floor(values.length / 2) }, (_, index) => [values[index * 2], values[index * 2 + 1]]);

  return values.length % 2 ? ['case', pairs, { default: values.at(-1) }] : ['case', pairs];
}

function columnNamed({ text, at }: Token, columns: readonly Choosable[]): unknown {
  const wanted = fold(text);
  const full = ({ group, label }: Choosable) => fold(`${group} → ${label}`);
  const found = columns.find(({ label }) => fold(label) === wanted) ?? columns.find((column) => full(column) === wanted);

  if (!found) throw new FormulaError(msg('There is no column called {word}.'), at, text);
  return found.ref;
}
