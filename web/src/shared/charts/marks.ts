// Bars, lines and areas, in their places.
import { type Plot, yOn } from './axes';
import { type Scale, textWidth } from './scale';
import type { Series } from './series';
import { boxPath, pathThrough, type Shape, shape, text } from './shape';
import type { Span } from './stack';

export interface Drawn {
  series: Series;
  spans: (Span | null)[];
  scale: Scale;
}

type PlaceOf = (index: number) => number;

export function lineShapes({ series, spans, scale }: Drawn, plot: Plot, placeOf: PlaceOf, isFilled: boolean): Shape[] {
  // A line goes on over what is missing, as its readers expect; alone, a point would not be seen.
  const known = spans.flatMap((span, index) => (span ? [{ span, x: placeOf(index) }] : []));
  const points = known.map(({ span, x }) => ({ x, y: yOn(plot, scale, span.to) }));
  const stroke = series.hasGaps ? spans.map((span, index) => (span ? { x: placeOf(index), y: yOn(plot, scale, span.to) } : null)) : points;
  const line = shape('path', { className: 'line', ink: series.ink, d: pathThrough(series.hasSteps ? inSteps(stroke) : stroke), strokeDasharray: series.dash });
  const dots = points.length <= 1 || (series.hasPoints && points.length <= 40 && points.length > 0 && !isFilled && (plot.right - plot.left) / points.length > 26);
  const marks = dots ? points.map(({ x, y }) => shape('circle', { className: 'dot', ink: series.ink, cx: x, cy: y, r: 3.2 })) : [];

  if (!isFilled || !points.length) return [line, ...marks];
  const back = known.map(({ span, x }) => ({ x, y: yOn(plot, scale, Math.max(span.from, scale.low)) })).reverse();
  return [shape('path', { className: 'area', ink: series.ink, d: `${pathThrough([...points, ...back])}Z` }), line, ...marks];
}

/** A value holds until the next one. */
function inSteps(points: ({ x: number; y: number } | null)[]): ({ x: number; y: number } | null)[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return point && before ? [{ x: point.x, y: before.y }, point] : [point];
  });
}

interface Lane {
  /** Which of the bars of a place this is, and out of how many. */
  order: number;
  count: number;
}

export function barShapes({ series, spans, scale }: Drawn, plot: Plot, placeOf: PlaceOf, band: number, lane: Lane): Shape[] {
  const inner = Math.max(1, Math.min(band * (band > 12 ? 0.74 : 0.88), 64 * lane.count));
  const width = Math.max(0.8, inner / lane.count - (lane.count > 1 && inner / lane.count > 5 ? 1.5 : 0));
  const start = -inner / 2 + (inner / lane.count) * lane.order;

  const bars = spans.flatMap((span, index) => {
    if (!span || span.from === span.to) return [];
    const ends = [yOn(plot, scale, Math.max(span.from, scale.low)), yOn(plot, scale, span.to)];
    const top = Math.min(...ends);
    const height = Math.max(0.6, Math.max(...ends) - top);
    return [boxPath({ x: placeOf(index) + start, y: top, width, height }, width > 8 && height > 4 ? 2 : 0)];
  });
  // One path for all: a browser is slow with a hundred elements, not with a hundred corners.
  return bars.length ? [shape('path', { className: 'bar', ink: series.ink, d: bars.join('') })] : [];
}

/** Values beside their marks, as many as fit without touching. */
export function valueLabels({ series, spans, scale }: Drawn, plot: Plot, placeOf: PlaceOf): Shape[] {
  let free = Number.NEGATIVE_INFINITY;

  return spans.flatMap((span, index) => {
    const value = series.values[index] ?? null;
    if (!span || value === null) return [];
    const words = series.write(value);
    const half = textWidth(words, 11) / 2;
    const x = placeOf(index);
    if (x - half < free || x - half < plot.left - 20 || x + half > plot.right + 20) return [];

    const y = span.to < span.from ? yOn(plot, scale, span.to) + 13 : yOn(plot, scale, span.to) - 6;
    const isOver = (other: Span | null, at: number) => other !== null && at !== index && Math.abs(placeOf(at) - x) < half && yOn(plot, scale, Math.max(other.from, other.to)) < y;
    // A number on top of a neighbour's bar would be read as that neighbour's.
    if (series.mark === 'bar' && span.to >= span.from && spans.some(isOver)) return [];

    free = x + half + 4;
    return [text({ x, y: Math.max(10, y) }, 'value', words, { textAnchor: 'middle' })];
  });
}

/** The straight line that fits best: where things are heading. */
export function trendShape({ series, scale }: Drawn, plot: Plot, placeOf: PlaceOf): Shape[] {
  const points = series.values.flatMap((value, index): [number, number][] => (value === null ? [] : [[index, value]]));
  const fit = bestLine(points);
  const [first, last] = [points[0]?.[0], points.at(-1)?.[0]];
  if (!fit || first === undefined || last === undefined) return [];

  const end = (index: number) => ({ x: placeOf(index), y: yOn(plot, scale, fit.offset + fit.slope * index) });
  return [shape('path', { className: 'trend', ink: series.ink, d: pathThrough([end(first), end(last)]) })];
}

export function bestLine(points: [number, number][]): { slope: number; offset: number } | null {
  const count = points.length;
  if (count < 2) return null;
  const mean = (which: 0 | 1) => points.reduce((sum, point) => sum + point[which], 0) / count;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  if (spread === 0) return null;

  const slope = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / spread;
  return { slope, offset: y - slope * x };
}
