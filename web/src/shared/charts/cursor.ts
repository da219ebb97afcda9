// Where one is in a chart: at a spot, on one of its lines, with a stretch marked from a first place.
// Steps are pure, so that the pointer, the finger and the keys say the same.
import type { Brushed, Chosen } from '../data/meaning';
import type { Brush, Spot, SpotLine } from './ask';

export interface Cursor {
  spot: number;
  /** One of the lines of the spot; all of them when absent. */
  line?: number;
}

interface Point {
  x: number;
  y: number;
}

/** Across counts more than up and down: most charts are read from left to right. */
export function nearestSpot(spots: readonly Spot[], { x, y }: Point): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;

  spots.forEach((spot, index) => {
    const distance = (spot.x - x) ** 2 * 4 + (spot.y - y) ** 2;
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

export function nearestLine({ lines }: Spot, { x, y }: Point): number | undefined {
  const distance = ({ at }: SpotLine) => (at ? (at.x - x) ** 2 + (at.y - y) ** 2 : Number.POSITIVE_INFINITY);
  const first = lines.findIndex(({ meaning }) => meaning);
  const best = lines.reduce((found, line, index) => (line.meaning && distance(line) < distance(lines[found] as SpotLine) ? index : found), Math.max(0, first));

  return first < 0 ? undefined : best;
}

/** Left and right go from spot to spot; up and down through the lines of one that holds several. */
export function moved(spots: readonly Spot[], at: Cursor | null, key: string): Cursor | null | undefined {
  const last = spots.length - 1;
  const spot = at ? spots[at.spot] : undefined;
  const lines = spot?.lines.flatMap(({ meaning }, index) => (meaning ? [index] : [])) ?? [];
  const isUpDown = key === 'ArrowUp' || key === 'ArrowDown';
  if (last < 0) return undefined;
  if (key === 'Escape') return null;
  if (key === 'Home') return { spot: 0 };
  if (key === 'End') return { spot: last };
  if (at && isUpDown && lines.length > 1) return { spot: at.spot, line: stepped(lines, at.line, key === 'ArrowDown' ? 1 : -1) };
  if (key === 'ArrowRight' || key === 'ArrowDown') return kept(at, at ? Math.min(last, at.spot + 1) : 0);
  if (key === 'ArrowLeft' || key === 'ArrowUp') return kept(at, at ? Math.max(0, at.spot - 1) : last);
  return undefined;
}

const kept = (at: Cursor | null, spot: number): Cursor => (at?.line === undefined ? { spot } : { spot, line: at.line });

function stepped(lines: number[], now: number | undefined, step: 1 | -1): number {
  const at = now === undefined ? (step === 1 ? -1 : lines.length) : lines.indexOf(now);

  return lines[Math.min(lines.length - 1, Math.max(0, at + step))] ?? 0;
}

/** What Enter or a press is about: the line one is on, else the first that one can go on from. */
export function chosenAt(spot: Spot | undefined, line: number | undefined, place: Point): Chosen | null {
  const chosen = spot?.lines[line ?? -1]?.meaning ? spot.lines[line ?? -1] : spot?.lines.find(({ meaning }) => meaning);
  if (!spot || !chosen?.meaning) return null;

  return { ...chosen.meaning, label: [spot.title, `${chosen.label} ${chosen.value}`.trim()].filter(Boolean).join(' · '), place };
}

/** A stroke shorter than this is a press. */
export const leastStroke = 8;

/** From the first place under the stroke to the last; nothing when it covers less than two. */
export function brushed({ column, places }: Brush, one: number, other: number): Brushed | null {
  const [left, right] = [Math.min(one, other), Math.max(one, other)];
  const under = places.filter(({ x }) => x >= left && x <= right);
  const [first, last] = [under[0], under.at(-1)];

  return first && last && first !== last ? { column, from: first.value, to: last.value } : null;
}
