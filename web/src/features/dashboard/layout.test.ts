import { expect, it } from 'vitest';
import { freePlace, withPlace } from './layout';

const card = (id: number, row: number, col: number, size_x = 12, size_y = 4) => ({ id, row, col, size_x, size_y });

it('keeps a card on the grid', () => {
  expect(withPlace([card(1, 0, 0)], 1, { col: 40, row: -3 })[0]).toMatchObject({ col: 12, row: 0 });
  expect(withPlace([card(1, 0, 0)], 1, { size_x: 99, size_y: 0 })[0]).toMatchObject({ size_x: 24, size_y: 1 });
});

it('moves those in the way below, one after the other', () => {
  const cards = withPlace([card(1, 0, 0), card(2, 0, 12), card(3, 4, 12)], 1, { col: 12 });

  expect(cards.map(({ row }) => row)).toEqual([0, 4, 8]);
});

it('never lets two cards overlap', () => {
  let cards = [card(1, 0, 0, 8, 3), card(2, 0, 8, 8, 5), card(3, 0, 16, 8, 2), card(4, 5, 0, 24, 2)];
  for (let step = 0; step < 60; step++) {
    cards = withPlace(cards, (step % 4) + 1, { row: (step * 7) % 9, col: (step * 5) % 20, size_x: 4 + ((step * 3) % 16), size_y: 1 + (step % 5) });
    for (const a of cards) {
      for (const b of cards) {
        const meets = a.id !== b.id && a.col < b.col + b.size_x && b.col < a.col + a.size_x && a.row < b.row + b.size_y && b.row < a.row + a.size_y;
        expect(meets).toBe(false);
      }
    }
  }
});

it('finds room beside what is there', () => {
  expect(freePlace([card(1, 0, 0)], 12, 4)).toMatchObject({ row: 0, col: 12 });
  expect(freePlace([card(1, 0, 0, 24)], 12, 4)).toMatchObject({ row: 4, col: 0 });
});
