// From rows to series: what stands on the x axis, and one list of numbers for each line or set of bars.
import { columnOf, holdsDates, isGroup, isMeasure } from '../data/columns';
import type { Cell, Column, Data, Row, Settings } from '../data/types';
import { columnTitle, readDate, writer } from '../format';
import type { Meaning } from '../data/meaning';
import { type ReadAsk, colourOr, inkAt } from './ask';
import { type ChosenRow, chosenRows, inChosenOrder } from './chosen-rows';
import { everyMoment, isUnit } from './moments';

export type Mark = 'line' | 'area' | 'bar';

export interface Series {
  /** Under which its settings are stored: the name of the measure, or the value it is broken out by. */
  key: string;
  label: string;
  ink: string;
  mark: Mark;
  isRight: boolean;
  isDashed: boolean;
  /** How the stroke of a line is broken; whole when absent. */
  dash?: string;
  hasSteps: boolean;
  /** The line stops where a value is missing, instead of going on. */
  hasGaps: boolean;
  hasPoints: boolean;
  hasValues: boolean;
  column: Column;
  /** One for each place of the x axis. */
  values: (number | null)[];
  write: (value: Cell) => string;
  /** The value that it is broken out by; absent for what was put together. */
  by?: { column: number; value: Cell };
  isRest?: boolean;
}

export interface SeriesData {
  x: Column;
  xIndex: number;
  /** What stands in the data at each place. */
  cells: Cell[];
  /** Moments as milliseconds when the axis is one of time. */
  xs: Cell[];
  isTime: boolean;
  series: Series[];
}

/** The columns that a chart uses: those of its settings, else the first that fit. */
export function chosenColumns({ cols }: Data, settings: Settings): { groups: number[]; measures: number[] } {
  const named = (key: string) => {
    const names = Array.isArray(settings[key]) ? (settings[key] as unknown[]) : [];
    return names.map((name) => columnOf(cols, name)).filter((index) => index >= 0);
  };
  const groups = named('graph.dimensions');
  const measures = named('graph.metrics');
  const indexes = cols.map((_, index) => index);
  const otherMeasures = indexes.filter((index) => isMeasure(cols[index] as Column) && !groups.includes(index));
  const chosen = measures.length ? measures : otherMeasures;
  const others = indexes.filter((index) => isGroup(cols[index] as Column) && !chosen.includes(index));

  if (groups.length) return { groups, measures: chosen };
  // Two columns of numbers: the first is where the second stands.
  if (!others.length && chosen.length > 1) return { groups: chosen.slice(0, 1), measures: chosen.slice(1) };
  return { groups: others.slice(0, 2), measures: chosen };
}

export const toNumber = (cell: Cell | undefined): number | null => {
  const value = typeof cell === 'string' && cell !== '' ? Number(cell) : cell;

  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

interface Places {
  xs: Cell[];
  cells: Cell[];
  keyOf: (row: Row) => Cell;
}

function placesOf(data: Data, index: number, isTime: boolean): Places {
  const column = data.cols[index] as Column;
  const keyOf = (row: Row): Cell => {
    const cell = row[index] ?? null;
    return isTime ? (readDate(cell)?.getTime() ?? null) : cell;
  };
  const found = new Map(data.rows.map((row) => [keyOf(row), row[index] ?? null]));
  if (!isTime) return { xs: [...found.keys()], cells: [...found.values()], keyOf };

  const moments = [...found.keys()].filter((moment): moment is number => typeof moment === 'number');
  const xs = isUnit(column.unit) ? everyMoment(moments, column.unit) : moments.sort((a, b) => a - b);
  return { xs, cells: xs.map((moment) => found.get(moment) ?? null), keyOf };
}

const mostSeries = 12;

/** Only what can be added up may be put together. */
const isAdditive = ({ name }: Column) => /^(sum|count)/.test(name);

interface Read {
  ask: ReadAsk;
  series: SeriesData | null;
}

const lately = new WeakMap<Data, Read>();
const readFrom = ['settings', 'display', 'writing', 't'] as const;

/** The legend and the picture of a chart, at every size, are made of the same series: they are read once. */
export function readSeries(ask: ReadAsk): SeriesData | null {
  const before = lately.get(ask.data);
  if (before && readFrom.every((part) => before.ask[part] === ask[part])) return before.series;

  const series = seriesFrom(ask);
  lately.set(ask.data, { ask, series });
  return series;
}

function seriesFrom(ask: ReadAsk): SeriesData | null {
  const { data, settings } = ask;
  const { groups, measures } = chosenColumns(data, settings);
  const [x, by] = groups;
  if (x === undefined || !measures.length) return null;

  const xColumn = data.cols[x] as Column;
  const isTime = holdsDates(xColumn) && settings['graph.x_axis.scale'] !== 'ordinal';
  const { xs, cells, keyOf } = placesOf(data, x, isTime);
  const places = new Map(xs.map((value, index) => [value, index]));
  const plan = { ask, places, keyOf, length: xs.length };
  const series = by === undefined ? byMeasure(plan, measures) : byValue(plan, by, measures[0] as number);

  return { x: xColumn, xIndex: x, cells, xs, isTime, series: splitAxes(series, settings, by !== undefined) };
}

interface Plan {
  ask: ReadAsk;
  places: Map<Cell, number>;
  keyOf: (row: Row) => Cell;
  length: number;
}

function byMeasure({ ask, places, keyOf, length }: Plan, measures: number[]): Series[] {
  const { cols, rows } = ask.data;

  return measures.map((measure, order) => {
    const column = cols[measure] as Column;
    const values: (number | null)[] = Array.from({ length }, () => null);
    for (const row of rows) add(values, places.get(keyOf(row)), toNumber(row[measure]));
    return asSeries(ask, { key: column.name, label: columnTitle(column, ask.settings), column, values, order });
  });
}

function byValue({ ask, places, keyOf, length }: Plan, by: number, measure: number): Series[] {
  const { cols, rows } = ask.data;
  const column = cols[measure] as Column;
  const write = writer(ask.writing, cols[by] as Column, ask.settings);
  const found = new Map<string, FoundSeries>();

  for (const row of rows) {
    const key = String(row[by] ?? '');
    const known = found.get(key) ?? { cell: row[by] ?? null, label: write(row[by] ?? null), values: Array.from({ length }, () => null), total: 0 };
    const value = toNumber(row[measure]);
    add(known.values, places.get(keyOf(row)), value);
    known.total += Math.abs(value ?? 0);
    found.set(key, known);
  }
  const chosen = orderOf(ask, (cols[by] as Column).name);
  const ordered = inChosenOrder(chosen, [...found], ([key]) => key);
  return limited(ask, ordered, column).map(([key, { label, values, cell }], order) => ({
    ...asSeries(ask, { key, label, column, values, order, chosen: chosen.find((row) => row.key === key) }),
    ...(key === restKey ? { isRest: true } : { by: { column: by, value: cell } }),
  }));
}

/** The order that was chosen for the values of one column says nothing of another. */
function orderOf({ settings }: ReadAsk, by: string): ChosenRow[] {
  const of = settings['graph.series_order_dimension'];

  return typeof of === 'string' && of !== by ? [] : chosenRows(settings['graph.series_order']);
}

interface FoundSeries {
  cell: Cell;
  label: string;
  values: (number | null)[];
  total: number;
}

type Found = [key: string, series: FoundSeries];

const restKey = '\u0000others';

/** Too many lines are none: the largest stay, the rest goes together when it can be added up. */
function limited(ask: ReadAsk, found: Found[], column: Column): Found[] {
  if (found.length <= mostSeries) return found;
  const bySize = [...found].sort(([, a], [, b]) => b.total - a.total);
  const kept = bySize.slice(0, mostSeries - 1);
  if (!isAdditive(column)) return kept;

  const rest = bySize.slice(mostSeries - 1);
  const values = (rest[0]?.[1].values ?? []).map((_, index) => rest.reduce((sum, [, { values: own }]) => sum + (own[index] ?? 0), 0));
  const label = ask.t('{count, plural, one {# other} other {# others}}', { count: rest.length });
  return [...kept, [restKey, { cell: null, label, values, total: 0 }]];
}

function add(values: (number | null)[], place: number | undefined, value: number | null): void {
  if (place === undefined || value === null) return;
  values[place] = (values[place] ?? 0) + value;
}

interface Part {
  key: string;
  label: string;
  column: Column;
  values: (number | null)[];
  order: number;
  chosen?: ChosenRow | undefined;
}

function asSeries(ask: ReadAsk, { key, label, column, values, order, chosen }: Part): Series {
  const all = (ask.settings.series_settings ?? {}) as Record<string, Settings>;
  const own = all[key] ?? {};
  const colours = Array.isArray(ask.settings['graph.colors']) ? (ask.settings['graph.colors'] as unknown[]) : [];

  return {
    key,
    label: typeof own.title === 'string' && own.title ? own.title : (chosen?.name ?? label),
    ink: colourOr(own.color ?? chosen?.color ?? colours[order], inkAt(order)),
    mark: markOf(ask.display, own.display, order),
    isRight: own.axis === 'right',
    ...strokeOf(own, order, ask.display),
    hasSteps: own['line.interpolate'] === 'step-after',
    hasGaps: (own['line.missing'] ?? ask.settings['line.missing']) === 'none',
    hasPoints: own['line.marker_enabled'] !== false,
    hasValues: typeof own.show_series_values === 'boolean' ? own.show_series_values : ask.settings['graph.show_values'] === true,
    column,
    values: own['line.missing'] === 'zero' || ask.settings['line.missing'] === 'zero' ? values.map((value) => value ?? 0) : values,
    write: writer(ask.writing, column, ask.settings),
  };
}

const dashes: Record<string, string> = { dashed: '5 4', dotted: '1.5 3.5' };

/** Every second line is dashed unless somebody chose: colour alone is not enough. */
function strokeOf(own: Settings, order: number, display: string): Pick<Series, 'isDashed' | 'dash'> {
  const style = typeof own['line.style'] === 'string' ? own['line.style'] : order % 2 === 1 && display !== 'area' ? 'dashed' : 'solid';
  const dash = dashes[style];

  return { isDashed: dash !== undefined, ...(dash && { dash }) };
}

function markOf(display: string, own: unknown, order: number): Mark {
  if (own === 'line' || own === 'area' || own === 'bar') return own;
  if (display === 'combo') return order === 0 ? 'line' : 'bar';
  return display === 'line' || display === 'area' ? display : 'bar';
}

const topOf = ({ values }: Series) => Math.max(...values.map((value) => Math.abs(value ?? 0)), 0);

/** Measures of very different sizes get an axis each, unless the settings say where they stand. */
function splitAxes(series: Series[], settings: Settings, isBrokenOut: boolean): Series[] {
  const isDecided = series.some(({ key }) => ((settings.series_settings ?? {}) as Record<string, Settings>)[key]?.axis);
  const mayNot = isBrokenOut || settings['stackable.stack_type'] || settings['graph.y_axis.auto_split'] === false;
  const first = series[0];
  if (isDecided || mayNot || !first || series.length < 2) return series;

  const size = topOf(first);
  return series.map((one) => {
    const other = topOf(one);
    const isFar = size > 0 && other > 0 && (other / size > 8 || size / other > 8);
    return { ...one, isRight: isFar };
  });
}

/** The name of a place of the x axis, in full. */
export function titleWriter({ writing, settings }: ReadAsk, { x, isTime }: SeriesData): (value: Cell) => string {
  const write = writer(writing, x, settings);

  return (value) => write(isTime && typeof value === 'number' ? new Date(value).toISOString() : value);
}

/** What the mark of a series stands for at one of its places; nothing where several were put together. */
export function meaningAt({ data }: ReadAsk, { xIndex, cells }: SeriesData, series: Series, index: number): Meaning | undefined {
  if (series.isRest) return undefined;
  const groups = [{ column: xIndex, value: cells[index] ?? null }, ...(series.by ? [series.by] : [])];

  return { column: data.cols.indexOf(series.column), value: series.values[index] ?? null, groups };
}

/** The series of a chart, for those who choose how each looks. */
export const seriesOf = (ask: ReadAsk): Series[] => readSeries(ask)?.series ?? [];
