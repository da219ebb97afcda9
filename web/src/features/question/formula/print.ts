// A clause as the formula that would give it.
import { type Choosable, findColumn } from '../model/columns';
import { functionOf } from './functions';

const strength: Record<string, number> = { or: 1, and: 2, '=': 3, '!=': 3, '<': 3, '>': 3, '<=': 3, '>=': 3, '+': 4, '-': 4, '*': 5, '/': 5 };

export function printFormula(clause: unknown, columns: readonly Choosable[], outer = 0): string {
  if (typeof clause === 'string') return `"${clause.replace(/["\\]/g, '\\$&')}"`;
  if (!Array.isArray(clause)) return String(clause);
  const [head, ...values] = clause as [string, ...unknown[]];
  const print = (value: unknown) => printFormula(value, columns);

  if (head === 'field' || head === 'expression' || head === 'metric') return `[${nameOf(clause, columns)}]`;
  if (head === 'case') return printCase(values, print);
  if (head === 'not') return `NOT ${printFormula(values[0], columns, 9)}`;
  if (sets[head] && values.length > 2) return `${sets[head]}(${values.map(print).join(', ')})`;
  const own = strength[head];
  if (own && values.length >= 2) return joined(head, values, columns, own, outer);

  const name = functionOf(head)?.name ?? head;
  const shown = values.filter((value) => value !== null && !isOptions(value));
  return shown.length ? `${name}(${shown.map(print).join(', ')})` : name;
}

/** With several values, one of which must fit, or none. */
const sets: Record<string, string> = { '=': 'in', '!=': 'notIn' };

const isOptions = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

function joined(head: string, values: unknown[], columns: readonly Choosable[], own: number, outer: number): string {
  const sign = head === 'and' || head === 'or' ? head.toUpperCase() : head;
  // What stands to the right of a minus or a slash needs its brackets.
  const parts = values.map((value, index) => printFormula(value, columns, own + Number(index > 0 && (head === '-' || head === '/'))));
  const text = parts.join(` ${sign} `);

  return own < outer ? `(${text})` : text;
}

function printCase([pairs, options]: unknown[], print: (value: unknown) => string): string {
  const flat = (pairs as unknown[][]).flat().map(print);
  const otherwise = isOptions(options) && 'default' in (options as object) ? [print((options as { default: unknown }).default)] : [];

  return `case(${[...flat, ...otherwise].join(', ')})`;
}

function nameOf(ref: unknown[], columns: readonly Choosable[]): string {
  const found = findColumn(columns, ref);
  if (!found) return String(ref[1]);
  const isAlone = columns.find(({ label }) => label === found.label) === found;

  return isAlone ? found.label : `${found.group} → ${found.label}`;
}
