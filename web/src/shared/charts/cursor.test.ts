import { describe, expect, it } from 'vitest';
import type { Spot } from './ask';
import { brushed, chosenAt, moved, nearestLine, nearestSpot } from './cursor';

const meaning = (value: number) => ({ column: 1, value, groups: [{ column: 0, value: 'a' }] });
const spots: Spot[] = [
  { x: 10, y: 10, title: 'a', lines: [{ label: 'One', value: '1', at: { x: 10, y: 10 }, meaning: meaning(1) }, { label: 'Two', value: '2', at: { x: 10, y: 60 }, meaning: meaning(2) }] },
  { x: 90, y: 20, title: 'b', lines: [{ label: 'One', value: '3', meaning: meaning(3) }] },
];

describe('the cursor', () => {
  it('goes sideways from spot to spot, and up and down through the lines of one', () => {
    expect(moved(spots, null, 'ArrowRight')).toEqual({ spot: 0 });
    expect(moved(spots, { spot: 0 }, 'ArrowRight')).toEqual({ spot: 1 });
    expect(moved(spots, { spot: 0 }, 'ArrowDown')).toEqual({ spot: 0, line: 0 });
    expect(moved(spots, { spot: 0, line: 0 }, 'ArrowDown')).toEqual({ spot: 0, line: 1 });
    expect(moved(spots, { spot: 0, line: 1 }, 'ArrowDown')).toEqual({ spot: 0, line: 1 });
    expect(moved(spots, { spot: 1 }, 'ArrowUp')).toEqual({ spot: 0 });
    expect(moved(spots, { spot: 1 }, 'Escape')).toBeNull();
    expect(moved(spots, { spot: 1 }, 'x')).toBeUndefined();
  });

  it('is under the pointer', () => {
    expect(nearestSpot(spots, { x: 80, y: 200 })).toBe(1);
    expect(nearestLine(spots[0] as Spot, { x: 12, y: 50 })).toBe(1);
  });

  it('chooses the line that it is on, else the first', () => {
    expect(chosenAt(spots[0], 1, { x: 0, y: 0 })).toMatchObject({ value: 2, label: 'a · Two 2' });
    expect(chosenAt(spots[0], undefined, { x: 0, y: 0 })).toMatchObject({ value: 1 });
    expect(chosenAt({ ...(spots[1] as Spot), lines: [{ label: 'Rest', value: '9' }] }, undefined, { x: 0, y: 0 })).toBeNull();
  });
});

it('a stroke marks what it covers, in either direction, when that is a stretch', () => {
  const brush = { column: 0, top: 0, bottom: 100, places: [10, 20, 30, 40].map((x) => ({ x, value: x * 10 })) };

  expect(brushed(brush, 35, 15)).toEqual({ column: 0, from: 200, to: 300 });
  expect(brushed(brush, 18, 22)).toBeNull();
});
