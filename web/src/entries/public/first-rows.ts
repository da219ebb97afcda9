// The rows that a page opens with. They are asked for before anything is drawn, and kept as they come, for whoever
// follows them: once drawn, the page shows figures and no grey sheets where it can.
import { getLines } from '../../api/client';
import type { Line } from './definition';

export interface Rows {
  /** What has come. */
  lines: Line[];
  /** Each line, those that are here at once. Fails when the stream does. */
  follow: (onLine: (line: Line) => void) => Promise<void>;
}

export function askRows(path: string): Rows {
  const lines: Line[] = [];
  const followers = new Set<(line: Line) => void>();
  const whole = getLines<Line>(path, (line) => {
    lines.push(line);
    followers.forEach((follower) => follower(line));
  });
  // Who follows hears of it.
  whole.catch(() => {});

  return {
    lines,
    async follow(onLine) {
      lines.forEach(onLine);
      followers.add(onLine);
      await whole;
    },
  };
}
