// Points of two numbers, as bubbles when there is a third.
import { columnOf, holdsDates } from '../data/columns';
import { rowMeaning } from '../data/meaning';
import type { Column, Row } from '../data/types';
import { columnTitle, readDate, writer } from '../format';
import { type ChartAsk, type Drawing, emptyDrawing, inkAt, type LegendEntry, type ReadAsk, type Spot, textSetting } from './ask';
import { axisWidth, momentAxis, numberAxis, type Plot, xTitle, type YAxis, yAxisShapes, yOn } from './axes';
import { unitFor } from './moments';
import { linearScale, type Scale } from './scale';
import { chosenColumns, toNumber } from './series';
import { type Shape, shape } from './shape';

interface Point {
  x: number;
  y: number;
  size: number;
  kind: number;
  row: number;
}

interface Cloud {
  xColumn: Column;
  yColumn: Column;
  isTime: boolean;
  points: Point[];
  kinds: string[];
}

export function drawScatter(ask: ChartAsk): Drawing {
  const cloud = readCloud(ask);
  if (!cloud?.points.length) return emptyDrawing;

  const { xScale, yAxis } = scalesOf(ask, cloud);
  const left = Math.max(14, axisWidth(yAxis)) + 4;
  const plot: Plot = { left, right: ask.width - 16, top: 14, bottom: ask.height - (cloud.isTime ? 60 : 46) };
  const placeOf = (value: number) => plot.left + 8 + xScale.at(value) * (plot.right - plot.left - 16);
  const spots = cloud.points.map((point): Spot => spotOf(ask, cloud, point, { x: placeOf(point.x), y: yOn(plot, yAxis.scale, point.y) }));

  return {
    shapes: [
      ...yAxisShapes(yAxis, plot),
      ...xShapes(ask, cloud, xScale, plot),
      ...spots.map(({ x, y }, index): Shape => {
        const { size, kind } = cloud.points[index] as Point;
        return shape('circle', { className: 'point', ink: inkAt(kind), cx: x, cy: y, r: size });
      }),
    ],
    spots: [...spots].sort((a, b) => a.x - b.x),
    legend: legendFor(cloud),
    sentence: ask.t('{count, plural, one {# point} other {# points}}: {y} against {x}.', {
      count: spots.length,
      y: columnTitle(cloud.yColumn, ask.settings),
      x: columnTitle(cloud.xColumn, ask.settings),
    }),
  };
}

const legendFor = ({ points, kinds }: Cloud): LegendEntry[] => (points.length && kinds.length > 1 ? kinds.map((label, kind) => ({ label, ink: inkAt(kind) })) : []);

export function scatterLegend(ask: ReadAsk): LegendEntry[] {
  const cloud = readCloud(ask);

  return cloud ? legendFor(cloud) : [];
}

function readCloud({ data, settings, writing }: ReadAsk): Cloud | null {
  const { groups, measures } = chosenColumns(data, settings);
  const numbers = [...groups, ...measures];
  const [x, y] = groups.length ? [groups[0], measures[0]] : numbers;
  const by = groups[1];
  if (x === undefined || y === undefined) return null;

  const [xColumn, yColumn] = [data.cols[x] as Column, data.cols[y] as Column];
  const isTime = holdsDates(xColumn);
  const bubble = columnOf(data.cols, settings['scatter.bubble']);
  const write = by === undefined ? null : writer(writing, data.cols[by] as Column, settings);
  const kinds = [...new Set(data.rows.map((row) => (by === undefined || !write ? '' : write(row[by] ?? null))))].slice(0, 12);
  const largest = Math.max(1, ...data.rows.map((row) => Math.abs(toNumber(row[bubble]) ?? 0)));
  const read = (row: Row) => (isTime ? (readDate(row[x])?.getTime() ?? null) : toNumber(row[x]));
  const points = data.rows.flatMap((row, index): Point[] => {
    const [at, value] = [read(row), toNumber(row[y])];
    if (at === null || value === null) return [];
    const size = bubble < 0 ? 4 : 3 + 17 * Math.sqrt(Math.abs(toNumber(row[bubble]) ?? 0) / largest);
    return [{ x: at, y: value, size, kind: write && by !== undefined ? Math.max(0, kinds.indexOf(write(row[by] ?? null))) : 0, row: index }];
  });
  return { xColumn, yColumn, isTime, points, kinds };
}

function scalesOf(ask: ChartAsk, { points, yColumn, isTime }: Cloud): { xScale: Scale; yAxis: YAxis } {
  const ends = (key: 'x' | 'y') => points.reduce(([low, high], point) => [Math.min(low, point[key]), Math.max(high, point[key])] as [number, number], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as [number, number]);
  const [low, high] = ends('x');
  const [bottom, top] = ends('y');
  const xScale: Scale = isTime
    ? { low, high, ticks: [], at: (value) => (high > low ? (value - low) / (high - low) : 0.5) }
    : linearScale(low, high, Math.max(2, Math.floor(ask.width / 100)));

  return {
    xScale,
    yAxis: {
      scale: linearScale(bottom, top, Math.max(2, Math.min(6, Math.floor(ask.height / 56)))),
      write: writer(ask.writing, yColumn, ask.settings, { isCompact: true }),
      title: textSetting(ask.settings, 'graph.y_axis.title_text') ?? columnTitle(yColumn, ask.settings),
      isRight: false,
      hasLabels: true,
    },
  };
}

function xShapes(ask: ChartAsk, { xColumn, isTime, points }: Cloud, scale: Scale, plot: Plot): Shape[] {
  const title = xTitle(textSetting(ask.settings, 'graph.x_axis.title_text') ?? columnTitle(xColumn, ask.settings), plot, ask.height);
  const inner = { ...plot, left: plot.left + 8, right: plot.right - 8 };
  if (!isTime) return [...numberAxis(scale, writer(ask.writing, xColumn, ask.settings, { isCompact: true })).shapes(inner), title];

  const moments = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const at = (index: number, { left, right }: Plot) => left + scale.at(moments[index] ?? 0) * (right - left);
  return [...momentAxis(ask.writing, moments, unitFor(scale.high - scale.low), at, plot.right - plot.left).shapes(inner), title];
}

function spotOf(ask: ChartAsk, { xColumn, yColumn, kinds }: Cloud, point: Point, place: { x: number; y: number }): Spot {
  const row = ask.data.rows[point.row] ?? [];
  const line = (column: Column) => ({
    label: columnTitle(column, ask.settings),
    value: writer(ask.writing, column, ask.settings)(row[ask.data.cols.indexOf(column)] ?? null),
  });

  return { ...place, title: kinds[point.kind] || line(xColumn).value, lines: [line(xColumn), { ...line(yColumn), ink: inkAt(point.kind), meaning: rowMeaning(ask.data, row, ask.data.cols.indexOf(yColumn)) }] };
}
