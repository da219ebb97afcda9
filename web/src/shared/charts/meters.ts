// One number against a goal (progress), or on a dial with coloured ranges (gauge).
import { columnOf } from '../data/columns';
import { type Meaning, rowMeaning } from '../data/meaning';
import type { Column } from '../data/types';
import { writer } from '../format';
import { type ChartAsk, colourOr, type Drawing, emptyDrawing, numberSetting } from './ask';
import { chosenColumns, toNumber } from './series';
import { shortened } from './scale';
import { ringPart, type Shape, shape, text } from './shape';
import { percent } from './slices';

interface Reading {
  value: number;
  column: Column;
  meaning: Meaning;
  write: (value: number) => string;
}

export function readValue({ data, settings, writing }: ChartAsk, key: string): Reading | null {
  const named = columnOf(data.cols, settings[key]);
  const index = named >= 0 ? named : (chosenColumns(data, settings).measures[0] ?? data.cols.length - 1);
  const column = data.cols[index];
  const value = toNumber(data.rows[0]?.[index]);

  return column && value !== null ? { value, column, meaning: rowMeaning(data, data.rows[0] ?? [], index), write: writer(writing, column, settings) } : null;
}

export function drawProgress(ask: ChartAsk): Drawing {
  const read = readValue(ask, 'progress.value');
  if (!read) return emptyDrawing;

  const goal = numberSetting(ask.settings, 'progress.goal') ?? columnGoal(ask) ?? niceGoal(read.value);
  const share = goal > 0 ? read.value / goal : 0;
  const ink = colourOr(ask.settings['progress.color'], 'var(--chart-1)');
  const width = Math.max(40, ask.width);
  const height = Math.min(36, Math.max(12, ask.height * 0.16));
  const size = Math.max(14, Math.min(36, ask.height * 0.34, width / (read.write(read.value).length * 0.62)));
  // In a card it starts below the title, as other numbers do; where there is room it stands in the middle.
  const y = ask.height < 280 ? size * 1.1 + 10 : ask.height / 2 + 8;
  const words = ask.t('{share} of the goal of {goal}', { share: percent(ask, share), goal: read.write(goal) });

  return {
    shapes: [
      text({ x: 0, y: y - 12 }, 'total', read.write(read.value), { fontSize: size }),
      shape('rect', { className: 'track', x: 0, y, width, height, rx: height / 2 }),
      shape('rect', { className: 'bar', ink, x: 0, y, width: Math.max(height, width * Math.min(1, Math.max(0, share))), height, rx: height / 2 }),
      text({ x: 0, y: y + height + 20 }, 'name', shortened(words, width)),
    ],
    spots: [{ x: (width * Math.min(1, share)) / 2, y: y + height / 2, title: read.write(read.value), lines: [{ label: ask.t('Goal'), value: read.write(goal), ink, meaning: read.meaning }] }],
    legend: [],
    sentence: `${read.column.display_name}${ask.t(': ')}${read.write(read.value)}, ${words}.`,
  };
}

function columnGoal({ data, settings }: ChartAsk): number | null {
  const index = columnOf(data.cols, settings['progress.goal']);

  return index < 0 ? null : toNumber(data.rows[0]?.[index]);
}

/** Without a goal, the next round number gives the bar a length. */
const niceGoal = (value: number) => 10 ** Math.ceil(Math.log10(Math.max(1, value)));

interface Range {
  min: number;
  max: number;
  color?: string;
  label?: string;
}

function rangesOf({ settings }: ChartAsk, value: number): Range[] {
  const stored = Array.isArray(settings['gauge.segments']) ? (settings['gauge.segments'] as Partial<Range>[]) : [];
  const kept = stored.filter((range): range is Range => typeof range.min === 'number' && typeof range.max === 'number' && range.max > range.min);
  if (kept.length) return kept;

  const goal = niceGoal(Math.abs(value) || 1);
  return [
    { min: 0, max: goal / 2, color: 'var(--chart-down)' },
    { min: goal / 2, max: goal * 0.75, color: 'var(--chart-6)' },
    { min: goal * 0.75, max: goal, color: 'var(--chart-up)' },
  ];
}

const widest = (Math.PI * 2) / 3;

/** How large the dial is, and whether its number stands inside or, when it is too wide for that, below. */
function dialFor({ width, height }: ChartAsk, said: string, hasLabel: boolean) {
  const radiusWith = (below: number) => Math.max(24, Math.min((width - 90) / 2, (height - 34 - below) / 1.5));
  const sizeIn = (radius: number) => Math.min(30, Math.max(16, radius * 0.3));
  const label = hasLabel ? 20 : 0;
  const first = radiusWith(label);
  const isBelow = said.length * sizeIn(first) * 0.58 > first * 1.3;
  const below = label + (isBelow ? sizeIn(first) : 0);
  const radius = radiusWith(below);

  return { radius, size: sizeIn(radius), isBelow, below };
}

export function drawGauge(ask: ChartAsk): Drawing {
  const read = readValue(ask, 'gauge.value');
  if (!read) return emptyDrawing;

  const ranges = rangesOf(ask, read.value);
  const low = Math.min(...ranges.map(({ min }) => min));
  const high = Math.max(...ranges.map(({ max }) => max));
  const angleOf = (value: number) => -widest + (Math.min(high, Math.max(low, value)) - low) / (high - low) * 2 * widest;
  const within = ranges.find(({ min, max }) => read.value >= min && read.value <= max);
  const said = read.write(read.value);
  const { radius, size, isBelow, below } = dialFor(ask, said, Boolean(within?.label));
  const centre = { x: ask.width / 2, y: Math.min(ask.height - 14 - below - radius / 2, 18 + radius) };
  const y = isBelow ? centre.y + radius / 2 + 10 + size : centre.y + radius * 0.42 + 8;

  return {
    shapes: [
      ...ranges.map(({ min, max, color }, index): Shape =>
        shape('path', { className: 'slice', ink: colourOr(color, `var(--chart-${index + 1})`), d: ringPart(centre, radius * 0.72, radius, angleOf(min), angleOf(max)) }),
      ),
      ...endLabels([low, ...ranges.map(({ max }) => max)], read, centre, radius, angleOf),
      needle(centre, radius, angleOf(read.value)),
      text({ x: centre.x, y }, 'total', said, { textAnchor: 'middle', fontSize: size }),
      ...(within?.label ? [text({ x: centre.x, y: y + 20 }, 'tick', within.label, { textAnchor: 'middle' })] : []),
    ],
    spots: [{ x: centre.x, y: centre.y, title: read.column.display_name, lines: [{ label: within?.label ?? '', value: read.write(read.value), meaning: read.meaning }] }],
    legend: [],
    sentence: ask.t('{measure}: {value}, between {low} and {high}.', { measure: read.column.display_name, value: read.write(read.value), low: read.write(low), high: read.write(high) }),
  };
}

function endLabels(values: number[], { write }: Reading, centre: { x: number; y: number }, radius: number, angleOf: (value: number) => number): Shape[] {
  return values.map((value) => {
    const angle = angleOf(value);
    const textAnchor = Math.abs(angle) < 0.2 ? 'middle' : angle < 0 ? 'end' : 'start';
    return text({ x: centre.x + (radius + 8) * Math.sin(angle), y: centre.y - (radius + 8) * Math.cos(angle) + 4 }, 'tick', write(value), { textAnchor });
  });
}

function needle({ x, y }: { x: number; y: number }, radius: number, angle: number): Shape {
  const at = (reach: number, turn: number) => `${(x + reach * Math.sin(turn)).toFixed(1)} ${(y - reach * Math.cos(turn)).toFixed(1)}`;

  return shape('path', { className: 'needle', d: `M${at(radius * 0.66, angle)}L${at(radius * 0.05, angle + Math.PI / 2)}L${at(radius * 0.05, angle - Math.PI / 2)}Z` });
}
