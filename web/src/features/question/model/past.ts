// A figure beside its own past: the one before, the difference, the change as a percentage.
import { holdsDates } from '../../../shared/data';
import { msg } from '../../../shared/i18n';
import { type Choosable, findColumn } from './columns';
import type { Clause, FieldOptions, Stage } from './query';

export interface Ago {
  /** How many rows before: the server shifts rows, and knows no calendar here. */
  count: number;
  label: string;
}

const before: Record<string, Ago[]> = {
  minute: [{ count: 1, label: msg('minute before') }],
  hour: [
    { count: 1, label: msg('hour before') },
    { count: 24, label: msg('same hour a day before') },
  ],
  day: [
    { count: 1, label: msg('day before') },
    { count: 7, label: msg('same day a week before') },
  ],
  week: [
    { count: 1, label: msg('week before') },
    { count: 52, label: msg('same week a year before') },
  ],
  month: [
    { count: 1, label: msg('month before') },
    { count: 12, label: msg('same month a year before') },
  ],
  quarter: [
    { count: 1, label: msg('quarter before') },
    { count: 4, label: msg('same quarter a year before') },
  ],
  year: [{ count: 1, label: msg('year before') }],
};

const otherwise: Ago[] = [{ count: 1, label: msg('period before') }];

const unitOf = (ref: Clause) => (ref[2] as FieldOptions | null | undefined)?.['temporal-unit'];

/** The group that goes along time. */
export const timeGroup = ({ breakouts }: Stage, columns: readonly Choosable[]): Clause | undefined =>
  breakouts.find((ref) => {
    const column = findColumn(columns, ref)?.column;
    return unitOf(ref) !== undefined || (column !== undefined && holdsDates(column));
  });

/** What time is made of when nobody grouped by it: the first date, by month. */
export const firstTime = (columns: readonly Choosable[]): Choosable | undefined => columns.find(({ column, ref }) => ref[0] === 'field' && holdsDates(column));

export const agoChoices = (time: Clause): Ago[] => before[unitOf(time) ?? ''] ?? otherwise;

export type PastKind = 'value' | 'difference' | 'change';

const formulas: Record<PastKind, (figure: unknown, earlier: Clause) => Clause> = {
  value: (_, earlier) => earlier,
  difference: (figure, earlier) => ['-', figure, earlier],
  change: (figure, earlier) => ['-', ['/', figure, earlier], 1],
};

/** What a figure counts, without the name that it was given. */
const unnamed = (figure: Clause): unknown => (figure[0] === 'aggregation-options' ? figure[1] : figure);

export function past(figure: Clause, kind: PastKind, count: number, name: string): Clause {
  const plain = unnamed(figure);

  return ['aggregation-options', formulas[kind](plain, ['offset', {}, plain, -count]), { name, 'display-name': name }];
}

const looksBack = (part: unknown): boolean => Array.isArray(part) && (part[0] === 'offset' || part.some(looksBack));

/** Those that can be compared: not what compares already. */
export const comparable = (figures: readonly Clause[]): Clause[] => figures.filter((figure) => !looksBack(figure));
