// From values to places, and the round numbers that stand on an axis.

export interface Scale {
  low: number;
  high: number;
  ticks: number[];
  /** 0 at `low`, 1 at `high`. */
  at: (value: number) => number;
}

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `raw`. */
export function niceStep(raw: number): number {
  if (!(raw > 0) || !Number.isFinite(raw)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const digit = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= raw * (1 - 1e-9)) ?? 10;

  return digit * power;
}

function ticksBetween(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.max(0, Math.floor(high / step + 1e-9) - first) + 1;

  // Multiplying, not adding: 0.1 three times is not 0.3.
  return Array.from({ length: Math.min(count, 200) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

interface Bounds {
  low?: number | undefined;
  high?: number | undefined;
}

export function linearScale(least: number, most: number, count: number, fixed: Bounds = {}): Scale {
  const [from, to] = widened(fixed.low ?? least, fixed.high ?? most);
  const step = niceStep((to - from) / Math.max(1, count));
  const low = fixed.low ?? Math.floor(from / step + 1e-9) * step;
  const high = Math.max(fixed.high ?? Math.ceil(to / step - 1e-9) * step, low + step * 1e-6);

  return { low, high, ticks: ticksBetween(low, high, step), at: (value) => (value - low) / (high - low) };
}

/** An axis needs a length: a single value gets some air. */
function widened(low: number, high: number): [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  if (high > low) return [low, high];
  if (low === 0) return [0, 1];
  return low > 0 ? [0, low] : [low, 0];
}

/** Powers of ten. Only for values above zero; others stand on the lowest line. */
export function logScale(least: number, most: number): Scale {
  const low = 10 ** Math.floor(Math.log10(least > 0 ? least : 1));
  const high = Math.max(low * 10, 10 ** Math.ceil(Math.log10(most > 0 ? most : 10) - 1e-9));
  const powers = Math.round(Math.log10(high / low));
  const ticks = Array.from({ length: powers + 1 }, (_, power) => Number((low * 10 ** power).toPrecision(12)));

  return { low, high, ticks, at: (value) => Math.log10(Math.max(value, low) / low) / powers };
}

/** Square root, on both sides of zero. */
export function rootScale(least: number, most: number, count: number): Scale {
  const plain = linearScale(least, most, count);
  const root = (value: number) => Math.sign(value) * Math.sqrt(Math.abs(value));
  const low = root(plain.low);
  const length = root(plain.high) - low;

  return { ...plain, at: (value) => (root(value) - low) / length };
}

export function valueScale(kind: unknown, least: number, most: number, count: number, fixed: Bounds = {}): Scale {
  if (kind === 'log' && most > 0) return logScale(least, most);
  if (kind === 'pow') return rootScale(least, most, count);
  return linearScale(least, most, count, fixed);
}

/** How wide a text is at the size of the axes, near enough to leave room for it. */
export const textWidth = (words: string, size = 12): number => {
  let width = 0;

  for (const letter of words) width += /[ilj.,:;'’|! \u202f\u00a0]/.test(letter) ? 0.3 : /[mwMW%—]/.test(letter) ? 0.9 : 0.58;
  return width * size;
};

export function shortened(words: string, room: number, size = 12): string {
  if (textWidth(words, size) <= room) return words;
  let kept = words;

  while (kept.length > 1 && textWidth(`${kept}…`, size) > room) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}
