// A drawing as plain data: a tree of SVG elements that React, Preact or a text can be made of.

export interface Shape {
  tag: string;
  attributes: Record<string, string | number>;
  /** The colour of the mark: one of the tokens of the theme, or what the settings say. */
  ink?: string;
  children: (Shape | string)[];
}

type Attributes = Record<string, string | number | null | undefined>;

export function shape(tag: string, { ink, ...attributes }: Attributes, ...children: (Shape | string)[]): Shape {
  const kept = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined);

  return {
    tag,
    attributes: Object.fromEntries(kept.map(([name, value]) => [name, typeof value === 'number' ? tidy(value) : (value as string)])),
    ...(typeof ink === 'string' && { ink }),
    children,
  };
}

/** A tenth of a pixel is as exact as an eye. */
const tidy = (value: number) => Math.round(value * 10) / 10;

export const text = (at: { x: number; y: number }, className: string, words: string, more: Attributes = {}): Shape =>
  shape('text', { ...at, className, ...more }, words);

/** The points of a path, with a pen that lifts where a point is missing. */
export function pathThrough(points: ({ x: number; y: number } | null)[]): string {
  let isDown = false;
  let path = '';

  for (const point of points) {
    if (point) path += `${isDown ? 'L' : 'M'}${tidy(point.x)} ${tidy(point.y)}`;
    isDown = point !== null;
  }
  return path;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A rectangle as a part of a path, with round corners when there is a radius. */
export function boxPath({ x, y, width, height }: Box, radius: number): string {
  const [left, top, right, bottom] = [tidy(x), tidy(y), tidy(x + width), tidy(y + height)];
  if (radius <= 0) return `M${left} ${top}H${right}V${bottom}H${left}Z`;
  const turn = (across: number, down: number) => `a${radius} ${radius} 0 0 1 ${across} ${down}`;
  const [first, last] = [tidy(left + radius), tidy(right - radius)];

  return `M${first} ${top}H${last}${turn(radius, radius)}V${tidy(bottom - radius)}${turn(-radius, radius)}H${first}${turn(-radius, -radius)}V${tidy(top + radius)}${turn(radius, -radius)}Z`;
}

/** A part of a ring, from one angle to another (0 is twelve o'clock). */
export function ringPart(centre: { x: number; y: number }, inner: number, outer: number, from: number, to: number): string {
  const turn = to - from;
  // An arc that ends where it began is not drawn.
  if (turn > 2 * Math.PI - 0.01) return wholeCircle(centre, outer, 1) + (inner > 0 ? wholeCircle(centre, inner, 0) : '');
  const large = turn > Math.PI ? 1 : 0;
  const at = (radius: number, angle: number) =>
    `${tidy(centre.x + radius * Math.sin(angle))} ${tidy(centre.y - radius * Math.cos(angle))}`;
  const outside = `M${at(outer, from)}A${tidy(outer)} ${tidy(outer)} 0 ${large} 1 ${at(outer, to)}`;

  if (inner <= 0) return `${outside}L${tidy(centre.x)} ${tidy(centre.y)}Z`;
  return `${outside}L${at(inner, to)}A${tidy(inner)} ${tidy(inner)} 0 ${large} 0 ${at(inner, from)}Z`;
}

function wholeCircle({ x, y }: { x: number; y: number }, radius: number, sweep: 0 | 1): string {
  const half = `A${tidy(radius)} ${tidy(radius)} 0 1 ${sweep} ${tidy(x)}`;

  return `M${tidy(x)} ${tidy(y - radius)}${half} ${tidy(y + radius)}${half} ${tidy(y - radius)}Z`;
}

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const escaped = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The tree as text, for tests. */
export function shapeText({ tag, attributes, ink, children }: Shape, indent = ''): string {
  const all = { ...attributes, ...(ink && { ink }) };
  const written = Object.entries(all).map(([name, value]) => {
    const known = name === 'className' ? 'class' : dashed(name);
    return ` ${known}="${escaped(String(value))}"`;
  });
  const inside = children.map((child) =>
    typeof child === 'string' ? `${indent}  ${escaped(child)}` : shapeText(child, `${indent}  `),
  );
  const open = `${indent}<${tag}${written.join('')}`;

  return inside.length ? `${open}>\n${inside.join('\n')}\n${indent}</${tag}>` : `${open}/>`;
}
