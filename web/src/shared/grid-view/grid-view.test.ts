import { expect, it } from 'vitest';
import { inOrder } from '.';
import { inPairs } from './grid-view';

it('reads from top to bottom, then along the line', () => {
  const card = (id: number, row: number, col: number) => ({ id, row, col, size_x: 6, size_y: 3 });

  expect(inOrder([card(1, 3, 0), card(2, 0, 8), card(3, 0, 2)]).map(({ id }) => id)).toEqual([3, 2, 1]);
});

it('puts two numbers on a line of a phone, and leaves an odd one whole', () => {
  expect([...inPairs([true, true, true, false, true])]).toEqual([0, 1]);
});
