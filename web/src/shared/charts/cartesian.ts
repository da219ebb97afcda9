// Line, area, bar and combined charts.
import type { Cell } from '../data/types';
import { formatShare, writer } from '../format';
import { type Brush, type ChartAsk, type Drawing, emptyDrawing, type LegendEntry, numberSetting, type ReadAsk, type Spot, spotAt, type SpotLine, textSetting } from './ask';
import { axisWidth, momentAxis, numberAxis, type Plot, wordAxis, xTitle, type XWords, type YAxis, yAxisShapes, yOn } from './axes';
import { barShapes, type Drawn, lineShapes, trendShape, valueLabels } from './marks';
import { isUnit, unitFor } from './moments';
import { linearScale, type Scale, valueScale } from './scale';
import { meaningAt, readSeries, type Series, type SeriesData, titleWriter } from './series';
import { type Shape, shape, text } from './shape';
import { seriesSentence } from './sentence';
import { extentOf, type Spans, spansOf } from './stack';
import { holdsNumbers } from '../data/columns';

/** How the x axis places things: in bands of equal width, or as far apart as their values are. */
interface Places {
  at: (index: number, plot: Plot) => number;
  band: (plot: Plot) => number;
  words: (width: number) => XWords;
}

export function drawCartesian(ask: ChartAsk): Drawing {
  const data = readSeries(ask);
  if (!data || !data.xs.length) return emptyDrawing;

  const stacking = ask.settings['stackable.stack_type'] ?? (ask.display === 'area' && data.series.length > 1 ? 'stacked' : null);
  const spans = spansOf(data.series, stacking);
  const axes = axesOf(ask, data, spans, stacking);
  const places = placesOf(ask, data);
  const plot = plotOf(ask, axes, places);
  const placeOf = (index: number) => places.at(index, plot);
  const scaleOf = (series: Series) => (axes.find(({ isRight }) => isRight === series.isRight) ?? (axes[0] as YAxis)).scale;
  const drawn = data.series.map((series, order): Drawn => ({ series, spans: spans[order] ?? [], scale: scaleOf(series) }));

  return {
    shapes: [
      ...axes.flatMap((axis) => yAxisShapes(axis, plot)),
      ...frameShapes(ask, data, places, plot),
      ...markShapes(ask, drawn, plot, placeOf, places.band(plot), stacking),
      ...goalShapes(ask, axes[0] as YAxis, plot),
    ],
    spots: spotsOf(ask, data, drawn, plot, placeOf),
    legend: legendFor(data),
    sentence: seriesSentence(ask, data),
    ...brushOf(data, plot, placeOf),
  };
}

const legendFor = ({ xs, series }: SeriesData): LegendEntry[] =>
  xs.length && series.length > 1 ? series.map(({ label, ink, mark, isDashed }) => ({ label, ink, isDashed: isDashed && mark !== 'bar' })) : [];

export function cartesianLegend(ask: ReadAsk): LegendEntry[] {
  const data = readSeries(ask);

  return data ? legendFor(data) : [];
}

/** Time and ranges of numbers can be narrowed down by a stroke. */
function brushOf({ x, xIndex, xs, cells, isTime }: SeriesData, { top, bottom }: Plot, placeOf: (index: number) => number): { brush?: Brush } {
  if (!isTime && !holdsNumbers(x)) return {};
  const places = cells.flatMap((value, index) => (value === null ? [] : [{ x: placeOf(index), value }]));

  return xs.length > 2 ? { brush: { column: xIndex, top, bottom, places: places.sort((a, b) => a.x - b.x) } } : {};
}

function axesOf(ask: ChartAsk, { series }: SeriesData, spans: Spans, stacking: unknown): YAxis[] {
  const sides = [false, true].filter((isRight) => series.some((one) => one.isRight === isRight));

  return sides.map((isRight) => {
    const mine = series.filter((one) => one.isRight === isRight);
    const own = spans.filter((_, order) => series[order]?.isRight === isRight);
    return axisOf(ask, mine, own, isRight, stacking);
  });
}

function axisOf(ask: ChartAsk, mine: Series[], spans: Spans, isRight: boolean, stacking: unknown): YAxis {
  const { settings, writing } = ask;
  const [low, high] = extentOf(spans);
  const goal = settings['graph.show_goal'] && !isRight ? numberSetting(settings, 'graph.goal_value') : undefined;
  const isShare = stacking === 'normalized';
  const isAuto = settings['graph.y_axis.auto_range'] !== false;
  const bounds = isAuto ? {} : { low: numberSetting(settings, 'graph.y_axis.min'), high: numberSetting(settings, 'graph.y_axis.max') };
  const count = Math.max(2, Math.min(6, Math.floor(ask.height / 56)));
  const kind = settings['graph.y_axis.scale'];
  // Bars and areas start at zero; a log axis cannot.
  const least = kind === 'log' ? smallestAboveZero(spans) : Math.min(low, 0, goal ?? 0);
  const scale = isShare ? shareScale(low, high, count) : valueScale(kind, least, Math.max(high, 0, goal ?? high), count, bounds);
  const write = mine[0] && writer(writing, mine[0].column, settings, { isCompact: true });

  return {
    scale,
    write: (value) => (isShare ? formatShare(writing.locale, value, 0) : (write?.(value) ?? String(value))),
    title: settings['graph.y_axis.labels_enabled'] === false ? undefined : (textSetting(settings, 'graph.y_axis.title_text') ?? measureName(ask, mine)),
    isRight,
    hasLabels: settings['graph.y_axis.axis_enabled'] !== false,
  };
}

/** The whole, from nothing to all of it; both ways from zero when some of it is below. */
const shareScale = (low: number, high: number, count: number) => (low < 0 ? linearScale(low, Math.max(0, high), count) : linearScale(0, 1, count, { low: 0, high: 1 }));

/** One measure names its axis, when there is room for it. */
function measureName({ width, height }: ChartAsk, mine: Series[]): string | undefined {
  const names = new Set(mine.map(({ column }) => column.name));
  const only = mine[0];

  if (names.size !== 1 || !only || width < 420 || height < 200) return undefined;
  return mine.length === 1 ? only.label : only.column.display_name;
}

function smallestAboveZero(spans: Spans): number {
  return spans.flat().reduce((least, span) => (span && span.to > 0 ? Math.min(least, span.to) : least), Number.POSITIVE_INFINITY);
}

function placesOf(ask: ChartAsk, data: SeriesData): Places {
  const hasBars = data.series.some(({ mark }) => mark === 'bar');
  const isGrouped = data.isTime && isUnit(data.x.unit);
  const isFree = !hasBars && !isGrouped && ask.settings['graph.x_axis.scale'] !== 'ordinal' && (data.isTime || isNumeric(data));

  return isFree ? freePlaces(ask, data) : bandPlaces(ask, data);
}

const isNumeric = ({ x, xs }: SeriesData) => holdsNumbers(x) && !x.binning_info && xs.every((value) => typeof value === 'number');

function bandPlaces({ writing, settings, height }: ChartAsk, { x, xs, isTime }: SeriesData): Places {
  const band = (plot: Plot) => (plot.right - plot.left) / xs.length;
  const at = (index: number, plot: Plot) => plot.left + band(plot) * (index + 0.5);
  const write = writer(writing, x, settings, { isShort: true });

  return {
    at,
    band,
    words: (width) => {
      if (!isTime) return wordAxis(xs.map((value) => write(value)), at, { width, height });
      const moments = xs as number[];
      const unit = isUnit(x.unit) ? x.unit : unitFor((moments.at(-1) ?? 0) - (moments[0] ?? 0));
      return momentAxis(writing, moments, unit, at, width);
    },
  };
}

function freePlaces({ writing, settings, width }: ChartAsk, { x, xs, isTime }: SeriesData): Places {
  const numbers = xs as number[];
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const scale: Scale = isTime
    ? { low, high, ticks: [], at: (value) => (high > low ? (value - low) / (high - low) : 0.5) }
    : linearScale(low, high, Math.max(2, Math.floor(width / 90)));
  const at = (index: number, plot: Plot) => plot.left + 6 + scale.at(numbers[index] ?? low) * (plot.right - plot.left - 12);
  const write = writer(writing, x, settings, { isCompact: true });

  return {
    at,
    band: (plot) => (plot.right - plot.left) / xs.length,
    words: (room) => (isTime ? momentAxis(writing, numbers, unitFor(high - low), at, room) : numberAxis(scale, write)),
  };
}

function plotOf({ width, height, settings }: ChartAsk, axes: YAxis[], places: Places): Plot {
  const left = Math.max(14, ...axes.filter(({ isRight }) => !isRight).map(axisWidth)) + 4;
  const right = width - Math.max(14, ...axes.filter(({ isRight }) => isRight).map(axisWidth)) - 4;
  const words = settings['graph.x_axis.axis_enabled'] === false ? 4 : places.words(right - left).height;
  const title = xTitleOf(settings) ? 20 : 0;

  return { left, right: Math.max(right, left + 20), top: 18, bottom: Math.max(40, height - words - title - 2) };
}

const xTitleOf = (settings: ChartAsk['settings']) =>
  settings['graph.x_axis.labels_enabled'] === false ? undefined : textSetting(settings, 'graph.x_axis.title_text');

function frameShapes({ settings, height }: ChartAsk, _: SeriesData, places: Places, plot: Plot): Shape[] {
  const title = xTitleOf(settings);
  const words = settings['graph.x_axis.axis_enabled'] === false ? [] : places.words(plot.right - plot.left).shapes(plot);

  return [...words, ...(title ? [xTitle(title, plot, height)] : [])];
}

function markShapes(ask: ChartAsk, drawn: Drawn[], plot: Plot, placeOf: (index: number) => number, band: number, stacking: unknown): Shape[] {
  const bars = drawn.filter(({ series }) => series.mark === 'bar');
  const count = stacking ? 1 : bars.length;
  const others = drawn.filter(({ series }) => series.mark !== 'bar');
  const { settings } = ask;

  return [
    ...bars.flatMap((one, order) => barShapes(one, plot, placeOf, band, { order: stacking ? 0 : order, count })),
    ...others.flatMap((one) => lineShapes(one, plot, placeOf, one.series.mark === 'area')),
    ...(settings['graph.show_trendline'] ? drawn.flatMap((one) => trendShape(one, plot, placeOf)) : []),
    ...drawn.filter(({ series }) => series.hasValues).flatMap((one) => valueLabels(one, plot, placeOf)),
  ];
}

function goalShapes({ settings, t }: ChartAsk, axis: YAxis, plot: Plot): Shape[] {
  const goal = settings['graph.show_goal'] ? numberSetting(settings, 'graph.goal_value') : undefined;
  if (goal === undefined) return [];
  const y = yOn(plot, axis.scale, goal);
  const label = textSetting(settings, 'graph.goal_label') ?? t('Goal');

  return [
    shape('line', { className: 'goal', x1: plot.left, x2: plot.right, y1: y, y2: y }),
    text({ x: plot.right, y: y - 6 }, 'goal-label', label, { textAnchor: 'end' }),
  ];
}

/** One spot for each place of the x axis, with what every series says there. */
function spotsOf(ask: ChartAsk, data: SeriesData, drawn: Drawn[], plot: Plot, placeOf: (index: number) => number): Spot[] {
  const title = titleWriter(ask, data);

  return data.xs.flatMap((value, index) => {
    const here = drawn.filter(({ series }) => series.values[index] !== null && series.values[index] !== undefined);
    if (!here.length) return [];
    const tops = here.map(({ spans, scale }) => yOn(plot, scale, spans[index]?.to ?? 0));
    const x = placeOf(index);
    return [spotAt({ x, y: Math.min(...tops) }, () => ({ title: title(value), lines: here.map((one) => lineOf(ask, data, one, plot, { x, index })) }))];
  });
}

function lineOf(ask: ChartAsk, data: SeriesData, { series, spans, scale }: Drawn, plot: Plot, { x, index }: { x: number; index: number }): SpotLine {
  const meaning = meaningAt(ask, data, series, index);
  const isStacked = (spans[index]?.from ?? 0) !== 0;
  const [from, to] = [yOn(plot, scale, spans[index]?.from ?? 0), yOn(plot, scale, spans[index]?.to ?? 0)];

  return { label: series.label, value: series.write(series.values[index] as Cell), ink: series.ink, at: { x, y: isStacked ? (from + to) / 2 : to }, ...(meaning && { meaning }) };
}
