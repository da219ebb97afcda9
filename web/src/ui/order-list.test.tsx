import { expect, it } from 'vitest';
import { placeOf } from './order-list';

it('knows the place of what is put before or after another one', () => {
  const ids = ['a', 'b', 'c', 'd'];

  expect(placeOf(ids, 'a', 'c', 'after')).toBe(2);
  expect(placeOf(ids, 'a', 'c', 'before')).toBe(1);
  expect(placeOf(ids, 'd', 'a', 'before')).toBe(0);
  expect(placeOf(ids, 'b', 'd', 'after')).toBe(3);
});
