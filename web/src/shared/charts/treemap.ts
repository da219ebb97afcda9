// A rectangle cut into areas as large as the values.
import { type ChartAsk, type Drawing, emptyDrawing, inkAt } from './ask';
import { shortened } from './scale';
import { type Shape, shape, text } from './shape';
import { percent, readSlices, type Slice } from './slices';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function drawTreemap(ask: ChartAsk): Drawing {
  const read = readSlices(ask, { group: 'treemap.dimension', measure: 'treemap.metric' });
  const parts = (read?.slices ?? []).filter(({ value }) => value > 0).sort((a, b) => b.value - a.value).slice(0, 60);
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  if (!read || total <= 0) return emptyDrawing;

  const boxes = cut(parts, { x: 0, y: 0, width: ask.width, height: ask.height });
  return {
    shapes: parts.flatMap((part, index) => partShapes(part, boxes[index] as Box, index)),
    spots: parts.map((part, index) => {
      const { x, y, width, height } = boxes[index] as Box;
      const value = `${part.written} (${percent(ask, part.value / total)})`;
      return { x: x + width / 2, y: y + height / 2, title: part.label, lines: [{ label: read.measure.display_name, value, ink: inkAt(index), ...(part.meaning && { meaning: part.meaning }) }] };
    }),
    legend: [],
    sentence: ask.t('{measure} by {group}: {parts}. Total: {total}.', {
      measure: read.measure.display_name,
      group: read.group.display_name,
      parts: parts.slice(0, 3).map(({ label, value }) => `${label} ${percent(ask, value / total)}`).join(', '),
      total: read.write(total),
    }),
  };
}

function partShapes({ label, written }: Slice, { x, y, width, height }: Box, spot: number): Shape[] {
  const box = shape('rect', { className: 'tile', ink: inkAt(spot), 'data-spot': spot, x: x + 1, y: y + 1, width: Math.max(0, width - 2), height: Math.max(0, height - 2), rx: 3 });
  if (width < 44 || height < 22) return [box];

  const name = text({ x: x + 9, y: y + 19 }, 'tile-name', shortened(label, width - 18));
  return height < 42 ? [box, name] : [box, name, text({ x: x + 9, y: y + 36 }, 'tile-value', shortened(written, width - 18))];
}

/** Halves the list where its weight halves, and the longer side with it: areas stay close to squares. */
function cut(parts: Slice[], box: Box): Box[] {
  if (parts.length <= 1) return parts.map(() => box);
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  let weight = parts[0]?.value ?? 0;
  let split = 1;

  while (split < parts.length - 1 && weight + (parts[split]?.value ?? 0) / 2 < total / 2) weight += parts[split++]?.value ?? 0;
  const share = weight / total;
  const isWide = box.width >= box.height;
  const first = isWide ? { ...box, width: box.width * share } : { ...box, height: box.height * share };
  const second = isWide
    ? { ...box, x: box.x + first.width, width: box.width - first.width }
    : { ...box, y: box.y + first.height, height: box.height - first.height };

  return [...cut(parts.slice(0, split), first), ...cut(parts.slice(split), second)];
}
