// The lines of the wiring: one for the question of a card, one for each question that is drawn over it.
import type { Dashcard, Parameter } from '../../../lib/question-types';
import { fold } from '../../../lib/fold';
import { sameTarget, type Target, type Wired } from './targets';

export interface WiringRow {
  card: Dashcard;
  question: Wired;
  label: string;
  /** Whether it is the question of the card itself. */
  isFirst: boolean;
}

export function rowsOf(cards: readonly Dashcard[]): WiringRow[] {
  return cards.flatMap((card): WiringRow[] => {
    if (card.card_id === null || !card.card) return [];
    const name = String(card.visualization_settings['card.title'] ?? card.card.name);
    const over = (card.series ?? []).map((question): WiringRow => ({ card, question, label: `${name} → ${question.name}`, isFirst: false }));

    return [{ card, question: card.card, label: name, isFirst: true }, ...over];
  });
}

export const rowKey = ({ card, question }: WiringRow): string => `${card.id} ${question.id}`;

/** A mapping that names no question is that of the card's own. */
const concerns = ({ card, question, isFirst }: WiringRow, id: number | null | undefined): boolean => (id === null || id === undefined ? isFirst : id === question.id && (isFirst || id !== card.card_id));

export const targetIn = (row: WiringRow, parameter: string): unknown =>
  row.card.parameter_mappings.find(({ parameter_id, card_id }) => parameter_id === parameter && concerns(row, card_id))?.target;

/** The cards with some of their lines wired anew; without a target a line is let go. */
export function wired(cards: readonly Dashcard[], { id }: Parameter, changes: readonly { row: WiringRow; target: unknown }[]): Dashcard[] {
  return cards.map((card) => {
    const own = changes.filter(({ row }) => row.card.id === card.id);
    if (!own.length) return card;
    const others = card.parameter_mappings.filter(({ parameter_id, card_id }) => parameter_id !== id || !own.some(({ row }) => concerns(row, card_id)));
    const made = own.flatMap(({ row, target }) => (target ? [{ parameter_id: id, card_id: row.question.id, target }] : []));

    return { ...card, parameter_mappings: [...others, ...made] };
  });
}

/** Questions of the same table follow the first one, as long as they were wired as it was. */
export function followers(row: WiringRow, rows: readonly WiringRow[], alike: readonly number[], parameter: string): WiringRow[] {
  if (!row.isFirst) return [];
  const before = targetIn(row, parameter);

  return rows.filter((one) => !one.isFirst && one.card.id === row.card.id && alike.includes(one.question.id) && sameTarget(targetIn(one, parameter), before));
}

/** A line for one filter: what it could act on there, and what it does. */
export interface WiringLine {
  row: WiringRow;
  targets: Target[];
  chosen: unknown;
}

interface Change {
  row: WiringRow;
  target: unknown;
}

/** What most lines have. */
function usualTarget(lines: readonly WiringLine[]): unknown {
  const chosen = lines.flatMap((line) => (line.chosen === undefined ? [] : [line.chosen]));
  const countOf = (target: unknown) => chosen.filter((other) => sameTarget(other, target)).length;

  return chosen.reduce<unknown>((best, target) => (best === undefined || countOf(target) > countOf(best) ? target : best), undefined);
}

/** The lines that the filter could act on and does not: on the column that it acts on elsewhere, else on one of its name. */
export function fittedLines(lines: readonly WiringLine[], { name }: Pick<Parameter, 'name'>): Change[] {
  const usual = usualTarget(lines);
  const isNamed = ({ label }: Target) => fold(label.split(' → ').at(-1) ?? '') === fold(name);

  return lines.flatMap(({ row, targets, chosen }) => {
    const found = chosen === undefined && ((usual !== undefined && targets.find(({ target }) => sameTarget(target, usual))) || targets.find(isNamed));
    return found ? [{ row, target: found.target }] : [];
  });
}

/** The lines that the filter acts on, let go. */
export const looseLines = (lines: readonly WiringLine[]): Change[] => lines.filter(({ chosen }) => chosen !== undefined).map(({ row }) => ({ row, target: undefined }));
