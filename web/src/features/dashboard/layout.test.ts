import { expect, it } from 'vitest';
import { inOrder } from '../../shared/grid-view';
import { freePlace, withOrder, withPlace } from './layout';

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

it('lets two that stand beside each other, or one above the other, change places', () => {
  const beside = withOrder([card(1, 0, 0, 8, 4), card(2, 0, 8, 16, 4)], 2, 0);
  const above = withOrder([card(1, 0, 0, 24, 1), card(2, 1, 0, 12, 6)], 1, 1);
  const apart = withOrder([card(1, 0, 0), card(2, 0, 12), card(3, 4, 0)], 3, 1);

  expect(beside).toEqual([card(1, 0, 16, 8, 4), card(2, 0, 0, 16, 4)]);
  expect(above).toEqual([card(1, 6, 0, 24, 1), card(2, 0, 0, 12, 6)]);
  expect(apart).toEqual([card(1, 0, 0), card(2, 4, 0), card(3, 0, 12)]);
});

it('gives whatever order is wanted, without overlaps, on the grid', () => {
  let cards = [card(1, 0, 0, 24, 1), card(2, 1, 0, 8, 3), card(3, 1, 8, 8, 5), card(4, 1, 16, 8, 2), card(5, 6, 0, 12, 6), card(6, 6, 12, 12, 3), card(7, 9, 12, 12, 3)];
  const names = () => inOrder(cards).map(({ id }) => id);

  for (let step = 0; step < 80; step++) {
    const id = ((step * 5) % 7) + 1;
    const to = (step * 3) % 7;
    const wanted = names().filter((one) => one !== id);
    wanted.splice(to, 0, id);
    cards = withOrder(cards, id, to);
    expect(names()).toEqual(wanted);
    for (const a of cards) {
      expect(a.col >= 0 && a.col + a.size_x <= 24).toBe(true);
      for (const b of cards) expect(a.id !== b.id && a.col < b.col + b.size_x && b.col < a.col + a.size_x && a.row < b.row + b.size_y && b.row < a.row + a.size_y).toBe(false);
    }
  }
  expect(withOrder(cards, 99, 0)).toEqual(cards);
});

it('finds room beside what is there', () => {
  expect(freePlace([card(1, 0, 0)], 12, 4)).toMatchObject({ row: 0, col: 12 });
  expect(freePlace([card(1, 0, 0, 24)], 12, 4)).toMatchObject({ row: 4, col: 0 });
});
