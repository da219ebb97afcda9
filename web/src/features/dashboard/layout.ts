// Moving and sizing cards on the grid, as pure functions: the pointer and the keyboard use the same.
import { columnCount, inOrder, type Placed } from '../../shared/grid-view';

const leastWidth = 2;
const leastHeight = 1;

const overlap = (a: Placed, b: Placed) =>
  a.id !== b.id && a.col < b.col + b.size_x && b.col < a.col + a.size_x && a.row < b.row + b.size_y && b.row < a.row + a.size_y;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

function inside<Card extends Placed>(card: Card): Card {
  const size_x = clamp(card.size_x, leastWidth, columnCount);

  return { ...card, size_x, size_y: clamp(card.size_y, leastHeight, 40), col: clamp(card.col, 0, columnCount - size_x), row: Math.max(0, card.row) };
}

/** Puts a card somewhere; those below it make room. */
export function withPlace<Card extends Placed>(cards: readonly Card[], id: number, place: Partial<Placed>): Card[] {
  const moved = cards.find((card) => card.id === id);

  return moved ? settle(cards, [inside({ ...moved, ...place })]) : [...cards];
}

/** Some stand where they were put; the others go down as far as they must. */
function settle<Card extends Placed>(cards: readonly Card[], fixed: Card[]): Card[] {
  const settled = [...fixed];

  for (const card of inOrder(cards.filter((one) => !fixed.some(({ id }) => id === one.id)))) {
    let next = card;
    for (let other = settled.find((one) => overlap(one, next)); other; other = settled.find((one) => overlap(one, next))) {
      next = { ...next, row: other.row + other.size_y };
    }
    settled.push(next);
  }
  return cards.map(({ id: own }) => settled.find((card) => card.id === own) as Card);
}

const numbers = (cards: readonly Placed[]) => inOrder(cards).map(({ id }) => id).join();

/** In lines from the top, each card in its size: whatever the order is, it can be read so. */
function inLines<Card extends Placed>(ordered: readonly Card[]): Card[] {
  let [row, col, bottom] = [0, 0, 0];

  return ordered.map((card) => {
    if (col + card.size_x > columnCount) [row, col] = [bottom, 0];
    const placed = { ...card, row, col };
    col += card.size_x;
    bottom = Math.max(bottom, row + card.size_y);
    return placed;
  });
}

/** Two that follow each other change places, in the least surprising way that gives the order which is wanted. */
function swapped<Card extends Placed>(cards: readonly Card[], at: number): Card[] {
  const ordered = inOrder(cards);
  const [first, second] = [ordered[at], ordered[at + 1]];
  if (!first || !second) return [...cards];
  const wanted = [...ordered.slice(0, at), second, first, ...ordered.slice(at + 2)];
  const isBeside = first.row === second.row;
  const ways: [Partial<Placed>, Partial<Placed>][] = [
    ...(isBeside ? [[{ col: second.col + second.size_x - first.size_x }, { col: first.col }] satisfies [object, object]] : []),
    ...(!isBeside && overlap({ ...first, row: 0 }, { ...second, row: 0 }) ? [[{ row: second.row + second.size_y - first.size_y }, { row: first.row }] satisfies [object, object]] : []),
    [{ row: second.row, col: second.col }, { row: first.row, col: first.col }],
  ];
  const tried = ways.map(([one, other]) => [inside({ ...first, ...one }), inside({ ...second, ...other })] as const).filter(([one, other]) => !overlap(one, other));
  const found = tried.map((fixed) => settle(cards, [...fixed])).find((made) => numbers(made) === wanted.map(({ id }) => id).join());
  if (found) return found;

  const lines = inLines(wanted);
  return cards.map(({ id }) => lines.find((card) => card.id === id) as Card);
}

/** A card is read at another place: those between go one step the other way. */
export function withOrder<Card extends Placed>(cards: readonly Card[], id: number, to: number): Card[] {
  const last = clamp(to, 0, cards.length - 1);
  let now = [...cards];

  for (let at = inOrder(cards).findIndex((card) => card.id === id); at >= 0 && at !== last; at += Math.sign(last - at)) now = swapped(now, Math.min(at, at + Math.sign(last - at)));
  return now;
}

/** The first free place from the top for a card of this size. */
export function freePlace(cards: readonly Placed[], size_x: number, size_y: number): Placed {
  const bottom = Math.max(0, ...cards.map(({ row, size_y: height }) => row + height));

  for (let row = 0; row <= bottom; row++) {
    for (let col = 0; col + size_x <= columnCount; col++) {
      const place = { id: 0, row, col, size_x, size_y };
      if (!cards.some((card) => overlap(place, card))) return place;
    }
  }
  return { id: 0, row: bottom, col: 0, size_x, size_y };
}

const sizes: Record<string, [number, number]> = {
  scalar: [6, 3],
  smartscalar: [6, 4],
  pie: [12, 8],
  table: [12, 9],
  pivot: [12, 9],
  object: [12, 9],
  heading: [24, 1],
  text: [12, 3],
  link: [8, 1],
  iframe: [12, 6],
};

export const firstSize = (display: string): [number, number] => sizes[display] ?? [12, 6];
