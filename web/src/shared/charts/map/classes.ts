// Values in five steps of colour: equally many in each, so that one giant does not turn all others pale.
import type { LegendEntry } from '../ask';

export interface Classes {
  /** The least value of each step. */
  starts: number[];
  of: (value: number) => number;
}

export const mostSteps = 5;

export function classesOf(values: readonly number[], most = mostSteps): Classes {
  const sorted = [...values].sort((a, b) => a - b);
  const distinct = new Set(sorted).size;
  const count = Math.max(1, Math.min(most, distinct));
  const starts = [...new Set(Array.from({ length: count }, (_, step) => sorted[Math.floor((step * sorted.length) / count)] ?? 0))];

  return { starts, of: (value) => Math.max(0, starts.findLastIndex((start) => value >= start)) };
}

/** From pale to full, in the colour of the first series or in those of the settings. */
export function inksOf(stored: unknown, count: number): string[] {
  const chosen = Array.isArray(stored) ? stored.filter((colour): colour is string => typeof colour === 'string' && /^#[\da-f]{3,8}$/i.test(colour)) : [];
  if (chosen.length >= count) return chosen.slice(0, count);

  return Array.from({ length: count }, (_, step) => `color-mix(in srgb, var(--chart-1) ${count === 1 ? 80 : Math.round(22 + (step * 73) / (count - 1))}%, var(--surface))`);
}

/** Each step from its least value to its greatest. */
export function legendOf({ starts }: Classes, values: number[], inks: string[], write: (value: number) => string): LegendEntry[] {
  const top = Math.max(...values);

  return starts.map((start, step) => {
    const end = Math.max(...values.filter((value) => value >= start && value < (starts[step + 1] ?? Number.POSITIVE_INFINITY)), start);
    const last = step === starts.length - 1 ? top : end;
    return { label: start === last ? write(start) : `${write(start)} – ${write(last)}`, ink: inks[step] ?? '' };
  });
}
