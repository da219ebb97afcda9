import { expect, it } from 'vitest';
import { inOrder } from '.';
import { inBands, inPairs } from './grid-view';

it('reads from top to bottom, then along the line', () => {
  const card = (id: number, row: number, col: number) => ({ id, row, col, size_x: 6, size_y: 3 });

  expect(inOrder([card(1, 3, 0), card(2, 0, 8), card(3, 0, 2)]).map(({ id }) => id)).toEqual([3, 2, 1]);
});

it('puts two numbers on a line of a phone, and leaves an odd one whole', () => {
  expect([...inPairs([true, true, true, false, true])]).toEqual([0, 1]);
});

it('cuts paper only where no card goes on', () => {
  const card = (id: number, row: number, size_y: number) => ({ id, row, col: 0, size_x: 6, size_y });
  const bands = inBands([card(1, 0, 1), card(2, 1, 6), card(3, 1, 3), card(4, 4, 5), card(5, 9, 2), card(6, 30, 2)]);

  expect(bands.map((band) => band.map(({ id }) => id))).toEqual([[1], [2, 3, 4], [5], [6]]);
});
