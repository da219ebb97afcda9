// For tests: where the bars of a drawing stand, whether each is an element or a part of a path.
import type { Box, Shape } from '../src/shared/charts/shape';

export const boxesIn = (shapes: Shape[]): Box[] =>
  shapes
    .filter(({ attributes }) => attributes.className === 'bar')
    .flatMap(({ tag, attributes: { d, x, y, width, height } }) =>
      tag === 'path' ? String(d).split('Z').filter(Boolean).map(boxOf) : [{ x: Number(x), y: Number(y), width: Number(width), height: Number(height) }],
    );

/** Around all points that the pen comes to. */
function boxOf(path: string): Box {
  const pen = { x: 0, y: 0 };
  const points = [...path.matchAll(/([MHVa])([^MHVa]*)/g)].map(([, command, words = '']) => {
    const values = words.trim().split(/\s+/).map(Number);
    const [first = 0, second = 0] = command === 'a' ? values.slice(-2) : values;
    if (command === 'a') Object.assign(pen, { x: pen.x + first, y: pen.y + second });
    else if (command === 'V') pen.y = first;
    else Object.assign(pen, { x: first }, command === 'M' && { y: second });
    return { ...pen };
  });
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];

  return { x: Math.min(...xs), y: Math.min(...ys), width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
}
