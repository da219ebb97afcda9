// Box plots: how values spread in each group. Whiskers reach 1.5 times the box, as Tukey drew them.
import type { Cell, Column } from '../data/types';
import { columnTitle, writer } from '../format';
import { type ChartAsk, type Drawing, emptyDrawing, inkAt } from './ask';
import { axisWidth, type Plot, wordAxis, type YAxis, yAxisShapes, yOn } from './axes';
import { linearScale } from './scale';
import { chosenColumns, toNumber } from './series';
import { type Shape, shape } from './shape';

export interface Spread {
  low: number;
  first: number;
  middle: number;
  third: number;
  high: number;
  far: number[];
}

/** The value below which a share of the others lies, between neighbours when it falls there. */
export function quantile(sorted: number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];

  return low + (high - low) * (at - Math.floor(at));
}

export function spreadOf(values: number[], toEnds = false): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const [first, middle, third] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share)) as [number, number, number];
  const reach = toEnds ? Number.POSITIVE_INFINITY : 1.5 * (third - first);
  const near = sorted.filter((value) => value >= first - reach && value <= third + reach);

  return { low: near[0] ?? first, first, middle, third, high: near.at(-1) ?? third, far: sorted.filter((value) => value < first - reach || value > third + reach) };
}

export function drawBoxes(ask: ChartAsk): Drawing {
  const { groups, measures } = chosenColumns(ask.data, ask.settings);
  const [group, measure] = [groups[0], measures[0]];
  if (group === undefined || measure === undefined) return emptyDrawing;

  const column = ask.data.cols[measure] as Column;
  const found = valuesByGroup(ask, group, measure).slice(0, 40);
  const spreads = found.map(([name, { cell, values }]) => ({ name, cell, ...spreadOf(values, ask.settings['boxplot.whisker_type'] === 'min-max') }));
  const ends = spreads.flatMap(({ low, high, far }) => [low, high, ...far]);
  const write = writer(ask.writing, column, ask.settings);
  const axis: YAxis = {
    scale: linearScale(Math.min(...ends), Math.max(...ends), Math.max(2, Math.min(6, Math.floor(ask.height / 56)))),
    write: writer(ask.writing, column, ask.settings, { isCompact: true }),
    title: columnTitle(column, ask.settings),
    isRight: false,
    hasLabels: true,
  };
  const left = Math.max(14, axisWidth(axis)) + 4;
  const at = (index: number, plot: Plot) => plot.left + ((plot.right - plot.left) / spreads.length) * (index + 0.5);
  const words = wordAxis(spreads.map(({ name }) => name), at, { width: ask.width - 12 - left, height: ask.height });
  const plot = { left, right: ask.width - 12, top: 14, bottom: ask.height - words.height - 2 };
  const line = (label: string, value: number) => ({ label, value: write(value) });

  return {
    shapes: [...yAxisShapes(axis, plot), ...words.shapes(plot), ...spreads.flatMap((spread, index) => boxShapes(spread, at(index, plot), plot, axis, spreads.length))],
    spots: spreads.map(({ name, cell, low, first, middle, third, high }, index) => ({
      x: at(index, plot),
      y: yOn(plot, axis.scale, third),
      title: name,
      lines: [line(ask.t('Highest'), high), line(ask.t('Third quarter'), third), { ...line(ask.t('Median'), middle), meaning: { column: measure, value: middle, groups: [{ column: group, value: cell }] } }, line(ask.t('First quarter'), first), line(ask.t('Lowest'), low)],
    })),
    legend: [],
    sentence: ask.t('{measure} by {group}: medians from {low} to {high}.', {
      measure: axis.title ?? '',
      group: ask.data.cols[group]?.display_name ?? '',
      low: write(Math.min(...spreads.map(({ middle }) => middle))),
      high: write(Math.max(...spreads.map(({ middle }) => middle))),
    }),
  };
}

interface Group {
  cell: Cell;
  values: number[];
}

function valuesByGroup({ data, settings, writing }: ChartAsk, group: number, measure: number): [string, Group][] {
  const write: (cell: Cell) => string = writer(writing, data.cols[group] as Column, settings, { isShort: true });
  const found = new Map<string, Group>();

  for (const row of data.rows) {
    const value = toNumber(row[measure]);
    const name = write(row[group] ?? null);
    const known = found.get(name) ?? { cell: row[group] ?? null, values: [] };
    if (value === null) continue;
    known.values.push(value);
    found.set(name, known);
  }
  return [...found];
}

function boxShapes({ low, first, middle, third, high, far }: Spread, x: number, plot: Plot, { scale }: YAxis, count: number): Shape[] {
  const half = Math.min(28, ((plot.right - plot.left) / count) * 0.3);
  const y = (value: number) => yOn(plot, scale, value);
  const ink = inkAt(0);

  return [
    shape('line', { className: 'whisker', ink, x1: x, x2: x, y1: y(low), y2: y(high) }),
    shape('rect', { className: 'box', ink, x: x - half, y: y(third), width: half * 2, height: Math.max(1, y(first) - y(third)), rx: 2 }),
    shape('line', { className: 'median', ink, x1: x - half, x2: x + half, y1: y(middle), y2: y(middle) }),
    ...far.slice(0, 100).map((value) => shape('circle', { className: 'far', ink, cx: x, cy: y(value), r: 2.2 })),
  ];
}
