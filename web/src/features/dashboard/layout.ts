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
  if (!moved) return [...cards];
  const settled: Card[] = [inside({ ...moved, ...place })];

  for (const card of inOrder(cards.filter((one) => one.id !== id))) {
    let next = card;
    for (let other = settled.find((one) => overlap(one, next)); other; other = settled.find((one) => overlap(one, next))) {
      next = { ...next, row: other.row + other.size_y };
    }
    settled.push(next);
  }
  return cards.map(({ id: own }) => settled.find((card) => card.id === own) as Card);
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
