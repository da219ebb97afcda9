// How well one colour is seen on another, as WCAG measures it: from 1 (not at all) to 21.

function light(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];

  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: string, other: string): number {
  const [a, b] = [light(one), light(other)];

  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
