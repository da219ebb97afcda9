import { expect, it } from 'vitest';
import { windowAround } from './use-window';

it('keeps the rows that are drawn as long as some are left beyond the edges', () => {
  const before = { first: 90, last: 130 };

  expect(windowAround(before, 100, 120, 10_000)).toBe(before);
  expect(windowAround(before, 94, 126, 10_000)).toBe(before);
  expect(windowAround(before, 93, 113, 10_000)).toEqual({ first: 83, last: 123 });
  expect(windowAround(before, 107, 127, 10_000)).toEqual({ first: 97, last: 137 });
});

it('ends where the rows end', () => {
  expect(windowAround({ first: 0, last: 20 }, 0, 16, 10_000)).toEqual({ first: 0, last: 20 });
  expect(windowAround({ first: 0, last: 20 }, 9_985, 10_000, 10_000)).toEqual({ first: 9_975, last: 10_000 });
  expect(windowAround({ first: 0, last: 10_000 }, 0, 16, 10_000)).toEqual({ first: 0, last: 26 });
});
