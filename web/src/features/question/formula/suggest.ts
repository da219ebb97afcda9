// What one may mean by the word that is being written.
import type { Choosable } from '../model/columns';
import { functions } from './functions';

export interface Suggestion {
  label: string;
  /** What is written for it. */
  text: string;
}

export interface Suggested {
  /** Where the word begins, and whether there is one. */
  from: number;
  isWord: boolean;
  list: Suggestion[];
}

const most = 6;

/** A name that several columns have is written with where it comes from. */
const nameIn = (columns: readonly Choosable[], column: Choosable) =>
  columns.find(({ label }) => label === column.label) === column ? column.label : `${column.group} → ${column.label}`;

export function suggest(before: string, columns: readonly Choosable[], isSummary: boolean): Suggested {
  const isText = (before.replace(/\\./g, '').match(/"/g) ?? []).length % 2 === 1;
  const [, bracket, word = ''] = /(\[)?([\p{L}\p{N}_ →]*)$/u.exec(before) ?? [];
  const wanted = (bracket ? word : word.replace(/^.*\b(and|or|not)\b/i, '').trimStart()).toLowerCase();
  const from = before.length - wanted.length - (bracket ? 1 : 0);
  if (isText || /^\d/.test(wanted)) return { from, isWord: false, list: [] };

  const named = columns.map((column) => nameIn(columns, column)).filter((name) => name.toLowerCase().includes(wanted));
  const called = bracket ? [] : functions.filter((one) => (isSummary || !one.isSummary) && wanted && one.name.toLowerCase().startsWith(wanted));
  const list = [...called.map(({ name, hint }) => ({ label: hint, text: hint === name ? name : `${name}(` })), ...named.map((name) => ({ label: name, text: `[${name}]` }))];

  return { from, isWord: wanted !== '' || bracket !== undefined, list: list.slice(0, most) };
}
