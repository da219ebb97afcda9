// Conditional formatting: which cells take a colour, and how much of it.
import type { Cell, Column, Data, Settings } from '../data/types';

/** As it is stored under `table.column_formatting`. */
export interface ColourRule {
  columns?: string[];
  type?: 'single' | 'range';
  operator?: string;
  value?: unknown;
  color?: string;
  highlight_row?: boolean;
  colors?: string[];
  min_type?: string | null;
  max_type?: string | null;
  min_value?: number;
  max_value?: number;
}

type Test = (cell: Cell, value: unknown) => boolean;

const folded = (value: unknown) => String(value ?? '').toLowerCase();

const tests: Record<string, Test> = {
  '=': (cell, value) => String(cell) === String(value),
  '!=': (cell, value) => String(cell) !== String(value),
  '<': (cell, value) => cell !== null && Number(cell) < Number(value),
  '>': (cell, value) => cell !== null && Number(cell) > Number(value),
  '<=': (cell, value) => cell !== null && Number(cell) <= Number(value),
  '>=': (cell, value) => cell !== null && Number(cell) >= Number(value),
  'is-null': (cell) => cell === null,
  'not-null': (cell) => cell !== null,
  contains: (cell, value) => folded(cell).includes(folded(value)),
  'does-not-contain': (cell, value) => !folded(cell).includes(folded(value)),
  'starts-with': (cell, value) => folded(cell).startsWith(folded(value)),
  'ends-with': (cell, value) => folded(cell).endsWith(folded(value)),
  'is-true': (cell) => cell === true,
  'is-false': (cell) => cell === false,
};

export const isColour = (text: unknown): text is string => typeof text === 'string' && /^#[\da-f]{3,8}$/i.test(text);

/** How much of any colour the sheet can take before the text on it falls below 4.5:1, in both looks. */
const mostShare = 32;

/** Mixed into the sheet, not laid over it. */
const mixed = (colour: string, share: number) => `color-mix(in srgb, ${colour} ${Math.round(share)}%, var(--surface))`;

type Look = (row: Cell[], index: number) => string | undefined;

export function cellLook({ cols, rows }: Data, settings: Settings): Look | null {
  const stored = Array.isArray(settings['table.column_formatting']) ? (settings['table.column_formatting'] as ColourRule[]) : [];
  const looks = stored.map((rule) => (rule.type === 'range' ? rangeLook(rule, cols, rows) : singleLook(rule, cols)));
  if (!looks.length) return null;

  return (row, index) => looks.map((look) => look(row, index)).find(Boolean);
}

const indexesOf = ({ columns = [] }: ColourRule, cols: Column[]) => columns.map((name) => cols.findIndex((column) => column.name === name));

function singleLook(rule: ColourRule, cols: Column[]): Look {
  const indexes = indexesOf(rule, cols);
  const test = tests[rule.operator ?? ''];
  const colour = isColour(rule.color) ? mixed(rule.color, mostShare) : undefined;

  return (row, index) => {
    const asked = rule.highlight_row ? indexes : indexes.filter((one) => one === index);
    return asked.some((one) => test?.(row[one] ?? null, rule.value)) ? colour : undefined;
  };
}

function rangeLook(rule: ColourRule, cols: Column[], rows: Cell[][]): Look {
  const indexes = indexesOf(rule, cols);
  const numbers = rows.flatMap((row) => indexes.flatMap((index) => (typeof row[index] === 'number' ? [row[index] as number] : [])));
  const least = rule.min_type === 'custom' ? (rule.min_value ?? 0) : numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = rule.max_type === 'custom' ? (rule.max_value ?? 0) : numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  // White means no colour at all: in the dark too.
  const colours = (rule.colors ?? []).filter(isColour).map((colour) => (/^#f{3}(f{3})?$/i.test(colour) ? 'var(--surface)' : colour));

  return (row, index) => {
    const value = row[index];
    if (!indexes.includes(index) || typeof value !== 'number' || colours.length < 2) return undefined;
    const share = most > least ? Math.min(1, Math.max(0, (value - least) / (most - least))) : 0.5;
    return between(colours, share);
  };
}

function between(colours: string[], share: number): string {
  const at = share * (colours.length - 1);
  const [low, high] = [colours[Math.floor(at)], colours[Math.ceil(at)]] as [string, string];

  return mixed(`color-mix(in srgb, ${high} ${Math.round((at - Math.floor(at)) * 100)}%, ${low})`, mostShare);
}
