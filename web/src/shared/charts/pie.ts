// Pies and rings: parts of a whole, the largest first, the smallest together.
import { chosenRows, inChosenOrder } from './chosen-rows';
import { type ChartAsk, type Drawing, emptyDrawing, type LegendEntry, numberSetting, type ReadAsk } from './ask';
import { writer } from '../format';
import { shortened, textWidth } from './scale';
import { ringPart, type Shape, shape, text } from './shape';
import { percent, readSlices, type Slice, type Slices } from './slices';

export function drawPie(ask: ChartAsk): Drawing {
  const whole = readPie(ask);
  if (!whole) return emptyDrawing;
  const { read, parts, total } = whole;

  const centre = { x: ask.width / 2, y: ask.height / 2 };
  const outer = Math.max(20, Math.min(ask.width, ask.height) / 2 - 6);
  const inner = outer * 0.62;
  const turns = turnsOf(parts, total);
  const middles = parts.map((_, index) => ((turns[index] ?? 0) + (turns[index + 1] ?? 0)) / 2);
  const reach = (inner + outer) / 2;

  return {
    shapes: [
      ...parts.map((part, index) => shape('path', { className: 'slice', ink: part.ink, d: ringPart(centre, inner, outer, turns[index] ?? 0, turns[index + 1] ?? 0) })),
      ...(percentPlaces(ask).isInside ? insideShapes(parts.map(({ value, ink }) => ({ word: percent(ask, value / total), ink })), middles, turns, { centre, reach, thick: outer - inner }) : []),
      ...(ask.settings['pie.show_total'] === false ? [] : totalShapes(ask, totalWords(ask, read, total, inner), centre, inner)),
    ],
    spots: parts.map((part, index) => {
      const angle = middles[index] ?? 0;
      const value = `${part.written} (${percent(ask, part.value / total)})`;
      return { x: centre.x + reach * Math.sin(angle), y: centre.y - reach * Math.cos(angle), title: part.label, lines: [{ label: read.measure.display_name, value, ink: part.ink, ...(part.meaning && { meaning: part.meaning }) }] };
    }),
    legend: legendFor(ask, whole),
    sentence: pieSentence(ask, read, parts, total),
  };
}

interface Pie {
  read: Slices;
  parts: Slice[];
  total: number;
}

function readPie(ask: ReadAsk): Pie | null {
  const read = readSlices(ask, { group: 'pie.dimension', measure: 'pie.metric' });
  const rows = chosenRows(ask.settings['pie.rows']);
  const named = read && { ...read, slices: inChosenOrder(rows, read.slices, ({ key }) => key).map((slice) => ({ ...slice, label: rows.find(({ key }) => key === slice.key)?.name ?? slice.label })) };
  const parts = named ? partsOf(ask, named) : [];
  const total = parts.reduce((sum, { value }) => sum + value, 0);

  return read && total > 0 ? { read, parts, total } : null;
}

/** Where the shares stand; in the legend unless the settings say otherwise. */
function percentPlaces({ settings }: ReadAsk): { isInside: boolean; isInLegend: boolean } {
  const place = settings['pie.percent_visibility'];

  return { isInside: place === 'inside' || place === 'both', isInLegend: place !== 'inside' && place !== 'off' };
}

interface Ring {
  centre: { x: number; y: number };
  reach: number;
  thick: number;
}

const wordSize = 12;

/** Shares on their slices, where a slice has room for its words. On a colour that somebody chose they keep a rim. */
function insideShapes(words: { word: string; ink: string }[], middles: number[], turns: number[], { centre, reach, thick }: Ring): Shape[] {
  return words.flatMap(({ word, ink }, index) => {
    const angle = middles[index] ?? 0;
    const [sin, cos] = [Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle))];
    const long = Math.min(2 * reach, ((turns[index + 1] ?? 0) - (turns[index] ?? 0)) * reach);
    const width = textWidth(word, wordSize) + 4;
    const fits = width * sin + wordSize * cos <= thick && width * cos + wordSize * sin <= long;
    return fits ? [text({ x: centre.x + reach * Math.sin(angle), y: centre.y - reach * Math.cos(angle) + wordSize * 0.35 }, ink.startsWith('var(') ? 'cluster-count' : 'value', word, { textAnchor: 'middle' })] : [];
  });
}

function legendFor(ask: ReadAsk, { parts, total }: Pie): LegendEntry[] {
  const hasPercent = percentPlaces(ask).isInLegend;

  return parts.map(({ label, ink, value, written }) => ({ label, ink, value: hasPercent ? percent(ask, value / total) : written }));
}

export function pieLegend(ask: ReadAsk): LegendEntry[] {
  const whole = readPie(ask);

  return whole ? legendFor(ask, whole) : [];
}

function turnsOf(parts: Slice[], total: number): number[] {
  const turns = [0];

  for (const { value } of parts) turns.push((turns.at(-1) ?? 0) + (value / total) * 2 * Math.PI);
  return turns;
}

/** Parts below the threshold, 2.5 % unless said otherwise, are shown as one; not when that would be all of them. */
function partsOf(ask: ReadAsk, { slices, write }: Slices): Slice[] {
  const known = slices.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
  const total = known.reduce((sum, { value }) => sum + value, 0);
  const threshold = (numberSetting(ask.settings, 'pie.slice_threshold') ?? 2.5) / 100;
  const large = known.filter(({ value }) => value / total >= threshold);
  const kept = (large.length ? large : known).slice(0, 11);
  const rest = known.slice(kept.length);
  if (rest.length < 2) return recoloured(known.slice(0, 12), slices);

  const value = rest.reduce((sum, one) => sum + one.value, 0);
  const label = ask.t('{count, plural, one {# other} other {# others}}', { count: rest.length });
  return [...recoloured(kept, slices), { key: '\u0000others', label, value, written: write(value), ink: 'var(--chart-rest)' }];
}

/** Colours follow the order of the parts, unless the settings chose them. */
function recoloured(parts: Slice[], slices: Slice[]): Slice[] {
  const free = slices.map(({ ink }) => ink).filter((ink) => ink.startsWith('var('));
  let next = 0;

  return parts.map((part) => (part.ink.startsWith('var(') ? { ...part, ink: free[next++] ?? part.ink } : part));
}

/** The total as it is, or rounded where the ring has no room for it. */
function totalWords(ask: ChartAsk, { measure, write }: Slices, total: number, inner: number): string {
  const words = write(total);

  return textWidth(words, 15) <= inner * 1.7 ? words : writer(ask.writing, measure, ask.settings, { isCompact: true })(total);
}

function totalShapes({ t }: ChartAsk, written: string, { x, y }: { x: number; y: number }, inner: number): Shape[] {
  if (inner < 34) return [];
  const size = Math.min(26, Math.max(13, (inner * 1.7) / Math.max(4, written.length * 0.6)));

  return [
    text({ x, y: y + size * 0.2 }, 'total', shortened(written, inner * 1.9, size), { textAnchor: 'middle', fontSize: size }),
    text({ x, y: y + size * 0.2 + 17 }, 'tick', t('Total'), { textAnchor: 'middle' }),
  ];
}

function pieSentence(ask: ChartAsk, { group, measure, write }: Slices, parts: Slice[], total: number): string {
  const named = parts.slice(0, 3).map(({ label, value }) => `${label} ${percent(ask, value / total)}`);

  return ask.t('{measure} by {group}: {parts}. Total: {total}.', {
    measure: measure.display_name,
    group: group.display_name,
    parts: named.join(', '),
    total: write(total),
  });
}
