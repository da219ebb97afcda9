// What adds to a total and what takes from it, step by step.
import { type ChartAsk, colourOr, type Drawing, emptyDrawing, type LegendEntry, type ReadAsk, type Spot, textSetting } from './ask';
import { axisWidth, momentAxis, type Plot, wordAxis, type YAxis, yAxisShapes, yOn } from './axes';
import { isUnit } from './moments';
import { linearScale } from './scale';
import { meaningAt, readSeries, type Series, type SeriesData, titleWriter } from './series';
import { type Shape, shape } from './shape';
import { writer } from '../format';

interface Step {
  title: string;
  label: string;
  from: number;
  to: number;
  kind: 'up' | 'down' | 'whole';
}

export function drawWaterfall(ask: ChartAsk): Drawing {
  const data = readSeries(ask);
  const series = data?.series[0];
  if (!data || !series || !data.xs.length) return emptyDrawing;

  const steps = stepsOf(ask, data, series);
  const axis = axisOf(ask, series, steps);
  const { plot, words } = layout(ask, data, steps, axis);
  const band = (plot.right - plot.left) / steps.length;

  return {
    shapes: [...yAxisShapes(axis, plot), ...words.shapes(plot), ...stepShapes(ask, steps, plot, axis, band)],
    spots: steps.map((step, index): Spot => {
      const meaning = step.kind === 'whole' ? undefined : meaningAt(ask, data, series, index);
      const value = series.write(step.kind === 'whole' ? step.to : step.to - step.from);
      return {
        x: plot.left + band * (index + 0.5),
        y: yOn(plot, axis.scale, Math.max(step.from, step.to)),
        title: step.title,
        lines: [{ label: series.label, value, ink: inkOf(ask, step.kind), ...(meaning && { meaning }) }],
      };
    }),
    legend: waterfallLegend(ask),
    sentence: ask.t('{measure}, step by step, from 0 to {total} in {count, plural, one {# step} other {# steps}}.', {
      measure: series.label,
      total: series.write(steps.at(-1)?.to ?? 0),
      count: data.xs.length,
    }),
  };
}

export function waterfallLegend(ask: ReadAsk): LegendEntry[] {
  const data = readSeries(ask);
  if (!data?.series.length || !data.xs.length) return [];

  return [
    { label: ask.t('Increase'), ink: inkOf(ask, 'up') },
    { label: ask.t('Decrease'), ink: inkOf(ask, 'down') },
    ...(hasTotal(ask) ? [{ label: ask.t('Total'), ink: inkOf(ask, 'whole') }] : []),
  ];
}

const colours: Record<Step['kind'], string> = { up: 'increase', down: 'decrease', whole: 'total' };

const inkOf = ({ settings }: ReadAsk, kind: Step['kind']): string => colourOr(settings[`waterfall.${colours[kind]}_color`], `var(--chart-${kind})`);

const hasTotal = ({ settings }: ReadAsk) => settings['waterfall.show_total'] !== false;

function stepsOf(ask: ChartAsk, data: SeriesData, series: Series): Step[] {
  const title = titleWriter(ask, data);
  const short = writer(ask.writing, data.x, ask.settings, { isShort: true });
  let sum = 0;
  const steps = data.xs.map((value, index): Step => {
    const from = sum;
    sum += series.values[index] ?? 0;
    const label = data.isTime && typeof value === 'number' ? new Date(value).toISOString() : value;
    return { title: title(value), label: short(label), from, to: sum, kind: sum < from ? 'down' : 'up' };
  });
  const total = ask.t('Total');

  return hasTotal(ask) ? [...steps, { title: total, label: total, from: 0, to: sum, kind: 'whole' }] : steps;
}

function axisOf(ask: ChartAsk, series: Series, steps: Step[]): YAxis {
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  const count = Math.max(2, Math.min(6, Math.floor(ask.height / 56)));

  return {
    scale: linearScale(Math.min(0, ...ends), Math.max(0, ...ends), count),
    write: writer(ask.writing, series.column, ask.settings, { isCompact: true }),
    title: textSetting(ask.settings, 'graph.y_axis.title_text'),
    isRight: false,
    hasLabels: true,
  };
}

function layout(ask: ChartAsk, data: SeriesData, steps: Step[], axis: YAxis) {
  const left = Math.max(14, axisWidth(axis)) + 4;
  const right = ask.width - 12;
  const at = (index: number, plot: Plot) => plot.left + ((plot.right - plot.left) / steps.length) * (index + 0.5);
  const isPlainTime = data.isTime && isUnit(data.x.unit) && !hasTotal(ask);
  const words = isPlainTime
    ? momentAxis(ask.writing, data.xs as number[], data.x.unit as 'day', at, right - left)
    : wordAxis(steps.map(({ label }) => label), at, { width: right - left, height: ask.height });

  return { words, plot: { left, right, top: 14, bottom: ask.height - words.height - 2 } };
}

function stepShapes(ask: ReadAsk, steps: Step[], plot: Plot, { scale }: YAxis, band: number): Shape[] {
  const width = Math.max(1, Math.min(band * 0.7, 72));

  return steps.flatMap(({ from, to, kind }, index) => {
    const x = plot.left + band * (index + 0.5) - width / 2;
    const [top, bottom] = [yOn(plot, scale, Math.max(from, to)), yOn(plot, scale, Math.min(from, to))];
    const bar = shape('rect', { className: 'bar', ink: inkOf(ask, kind), x, y: top, width, height: Math.max(1, bottom - top), rx: width > 8 ? 2 : 0 });
    const y = yOn(plot, scale, to);
    const bridge = shape('line', { className: 'bridge', x1: x + width, x2: x + band, y1: y, y2: y });
    return index < steps.length - 1 ? [bar, bridge] : [bar];
  });
}
