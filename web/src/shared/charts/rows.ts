// Bars that lie down: names of any length, read from the top. Funnels are rows of steps.
import { chosenRows } from './chosen-rows';
import { type ChartAsk, type Drawing, emptyDrawing, inkAt, type LegendEntry, numberSetting, type ReadAsk, spotAt } from './ask';
import { linearScale, shortened, textWidth } from './scale';
import { formatShare } from '../format';
import { type Shape, shape, text } from './shape';
import { meaningAt, readSeries, titleWriter } from './series';
import { percent, readSlices, type Slice } from './slices';
import { seriesSentence } from './sentence';
import { extentOf, spansOf } from './stack';

const mostRows = 60;

/** Where names stand: beside their bars, or above them when most of the width would go to long ones. */
interface Names {
  left: number;
  isAbove: boolean;
  shapes: Shape[];
}

interface Rows {
  band: number;
  top: number;
  right: number;
}

function placeNames(names: string[], { band, top, right }: Rows): Names {
  const widest = Math.max(20, ...names.map((name) => textWidth(name)));
  const isAbove = widest > right * 0.36 && band >= 34;
  const left = isAbove ? 2 : Math.min(right * 0.42, widest + 12);
  const every = band >= 11 ? 1 : Math.ceil(12 / band);
  const place = (index: number) => (isAbove ? { x: left, y: top + band * index + 13 } : { x: left - 8, y: top + band * (index + 0.5) + 4 });
  const word = (name: string) => (isAbove ? shortened(name, right - left) : shortened(name, left - 10));

  return {
    left,
    isAbove,
    shapes: names.flatMap((name, index) => (index % every === 0 ? [text(place(index), 'name', word(name), isAbove ? {} : { textAnchor: 'end' })] : [])),
  };
}

/** The stretch of a band that its bars may take: all of it, or what is below the name. */
const stretchOf = ({ isAbove }: Names, band: number): { from: number; height: number } => (isAbove ? { from: 19, height: band - 21 } : { from: 0, height: band });

export function rowsLegend(ask: ReadAsk): LegendEntry[] {
  const data = readSeries(ask);

  return data?.xs.length && data.series.length > 1 ? data.series.map(({ label, ink }) => ({ label, ink })) : [];
}

export function drawRows(ask: ChartAsk): Drawing {
  const data = readSeries(ask);
  if (!data?.xs.length) return emptyDrawing;

  const shown = Math.min(data.xs.length, mostRows);
  const name = titleWriter(ask, data);
  const names = data.xs.slice(0, shown).map(name);
  const stacking = ask.settings['stackable.stack_type'];
  const spans = spansOf(data.series, stacking);
  const [low, high] = extentOf(spans);
  const goal = ask.settings['graph.show_goal'] ? numberSetting(ask.settings, 'graph.goal_value') : undefined;
  const only = data.series.length === 1 ? data.series[0] : undefined;
  const valueRoom = only ? Math.max(...only.values.slice(0, shown).map((value) => textWidth(only.write(value ?? null), 11))) : 0;
  const right = ask.width - (only ? Math.min(ask.width * 0.3, valueRoom + 10) : 16);
  const bottom = ask.height - (only ? 4 : 24);
  const band = (bottom - 4) / shown;
  const placed = placeNames(names, { band, top: 4, right });
  const { left } = placed;
  const stretch = stretchOf(placed, band);
  const scale = linearScale(Math.min(0, low), Math.max(0, high, goal ?? 0), Math.max(3, Math.floor((right - left) / 90)));
  const at = (value: number) => left + scale.at(value) * (right - left);
  const own = data.series[0]?.write ?? String;
  const write = stacking === 'normalized' ? (value: number) => formatShare(ask.writing.locale, value, 0) : own;

  const bars = data.series.flatMap((series, order) =>
    (spans[order] ?? []).slice(0, shown).flatMap((span, index) => {
      if (!span) return [];
      const lanes = stacking ? 1 : data.series.length;
      const thick = Math.min(stretch.height * 0.76, 40 * lanes);
      const y = 4 + band * index + stretch.from + (stretch.height - thick) / 2 + (stacking ? 0 : (thick / lanes) * order);
      const [from, to] = [at(span.from), at(span.to)].sort((a, b) => a - b) as [number, number];
      const bar = shape('rect', { className: 'bar', ink: series.ink, x: from, y, width: Math.max(0.6, to - from), height: Math.max(1, thick / lanes - (lanes > 1 ? 1 : 0)), rx: thick > 8 ? 2 : 0 });
      const label = only && band >= 13 ? [text({ x: to + 5, y: y + thick / 2 + 4 }, 'value', series.write(series.values[index] ?? null))] : [];
      return [bar, ...label];
    }),
  );
  return {
    shapes: [
      // Bars that say their values need no lines to be read against.
      ...scale.ticks.filter((tick) => !only || tick === 0).flatMap((tick) => [
        shape('line', { className: tick === 0 ? 'zero' : 'grid', x1: at(tick), x2: at(tick), y1: 4, y2: bottom }),
        ...(only ? [] : [text({ x: at(tick), y: bottom + 17 }, 'tick', write(tick), { textAnchor: 'middle' })]),
      ]),
      ...placed.shapes,
      ...bars,
      ...(goal === undefined ? [] : [shape('line', { className: 'goal', x1: at(goal), x2: at(goal), y1: 0, y2: bottom })]),
    ],
    spots: names.map((title, index) =>
      spotAt({ x: Math.max(at(spans[0]?.[index]?.to ?? 0), left), y: 4 + band * index + stretch.from + stretch.height / 2 }, () => ({
        title,
        lines: data.series.map((series) => {
          const meaning = meaningAt(ask, data, series, index);
          return { label: series.label, value: series.write(series.values[index] ?? null), ink: series.ink, ...(meaning && { meaning }) };
        }),
      })),
    ),
    legend: rowsLegend(ask),
    sentence: seriesSentence(ask, data),
  };
}

export function drawFunnel(ask: ChartAsk): Drawing {
  const read = readSlices(ask, { group: 'funnel.dimension', measure: 'funnel.metric' });
  const steps = read ? stepsOf(ask, read.slices) : [];
  const top = steps[0];
  if (!read || !top || top.value <= 0) return emptyDrawing;

  const right = ask.width - 12 - Math.max(40, ...steps.map(({ written }) => textWidth(written, 11)));
  const band = ask.height / steps.length;
  const placed = placeNames(steps.map(({ label }) => label), { band, top: 0, right });
  const stretch = stretchOf(placed, band);
  const shareOf = ({ value }: Slice) => value / top.value;

  return {
    shapes: [...placed.shapes, ...steps.flatMap((step, index) => funnelStep(ask, step, { left: placed.left, right, y: band * index + stretch.from, room: stretch.height, share: shareOf(step), isBelowName: placed.isAbove }))],
    spots: steps.map((step, index) => ({
      x: (placed.left + right) / 2,
      y: band * index + stretch.from + stretch.height / 2,
      title: step.label,
      lines: [
        { label: read.measure.display_name, value: step.written, ink: inkAt(0), ...(step.meaning && { meaning: step.meaning }) },
        { label: ask.t('Of the first step'), value: percent(ask, shareOf(step)) },
      ],
    })),
    legend: [],
    sentence: ask.t('From {first} ({firstValue}) to {last} ({lastValue}): {share} stay.', {
      first: top.label,
      firstValue: top.written,
      last: steps.at(-1)?.label ?? '',
      lastValue: steps.at(-1)?.written ?? '',
      share: percent(ask, shareOf(steps.at(-1) ?? top)),
    }),
  };
}

interface StepPlace {
  left: number;
  right: number;
  y: number;
  room: number;
  share: number;
  isBelowName: boolean;
}

function funnelStep(ask: ChartAsk, step: Slice, { left, right, y: top, room, share, isBelowName }: StepPlace): Shape[] {
  const width = Math.max(2, (right - left) * Math.min(1, share));
  const height = Math.min(room * 0.8, 56);
  const y = top + (room - height) / 2;

  return [
    shape('rect', { className: 'track', x: left, y, width: right - left, height, rx: 3 }),
    shape('rect', { className: 'bar', ink: inkAt(0), x: left, y, width, height, rx: 3 }),
    text({ x: right + 8, y: y + height / 2 - (height > 30 ? 3 : -4) }, 'value', step.written),
    ...(height > 30 || isBelowName ? [text({ x: right + 8, y: isBelowName ? top - 6 : y + height / 2 + 13 }, 'tick', percent(ask, share))] : []),
  ];
}

function stepsOf({ settings }: ChartAsk, slices: Slice[]): Slice[] {
  const rows = chosenRows(settings['funnel.rows']);
  if (!rows.length) return slices.slice(0, 12);

  return rows.flatMap(({ key, name, isHidden }) => slices.filter((slice) => !isHidden && slice.key === key).map((slice) => (name ? { ...slice, label: name } : slice)));
}
