import { expect, it } from 'vitest';
import { boxesIn } from '../../../test/boxes-in';
import { boxPath, shape } from './shape';

it('a bar is a part of a path, with round corners where there is room', () => {
  expect(boxPath({ x: 10, y: 20.04, width: 5.25, height: 30 }, 0)).toBe('M10 20H15.3V50H10Z');
  expect(boxPath({ x: 10, y: 20, width: 12, height: 30 }, 2)).toBe('M12 20H20a2 2 0 0 1 2 2V48a2 2 0 0 1 -2 2H12a2 2 0 0 1 -2 -2V22a2 2 0 0 1 2 -2Z');
});

it('is where it was said to be', () => {
  const box = { x: 3, y: 4, width: 20, height: 9 };

  expect(boxesIn([shape('path', { className: 'bar', d: boxPath(box, 2) + boxPath(box, 0) })])).toEqual([box, box]);
});
