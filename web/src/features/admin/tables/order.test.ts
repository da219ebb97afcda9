import { expect, it } from 'vitest';
import { movedInOrder } from './order';

it('moves one column a step, and never off the list', () => {
  expect(movedInOrder([1, 2, 3], 3, -1)).toEqual([1, 3, 2]);
  expect(movedInOrder([1, 2, 3], 1, 1)).toEqual([2, 1, 3]);
  expect(movedInOrder([1, 2, 3], 1, -1)).toEqual([1, 2, 3]);
});
