// Regions in steps of colour. What is in the data and not on the map is said, not dropped.
import { columnOf, isMeasure } from '../../data/columns';
import type { Meaning } from '../../data/meaning';
import type { Column } from '../../data/types';
import { columnTitle, writer } from '../../format';
import { type ChartAsk, type Drawing, emptyDrawing, type LegendEntry, type ReadAsk, type Spot } from '../ask';
import { chosenColumns, toNumber } from '../series';
import { type Shape, shape } from '../shape';
import type { Area, Atlas } from './atlas';
import { type Classes, classesOf, inksOf, legendOf } from './classes';
import { fitted, type Look, looked, placed, placing } from './view';

export interface RegionColumns {
  dimension: number;
  metric: number;
}

/** The columns of the settings, else the first text and the first figure. */
export function regionColumns({ data, settings }: Pick<ChartAsk, 'data' | 'settings'>): RegionColumns | null {
  const chosen = chosenColumns(data, settings);
  const named = (key: string) => columnOf(data.cols, settings[key]);
  const place = data.cols.findIndex(({ semantic_type }) => /^type\/(Country|State)$/.test(semantic_type ?? ''));
  const dimension = [named('map.dimension'), place, chosen.groups[0] ?? -1].find((index) => index >= 0);
  const metric = [named('map.metric'), chosen.measures.find((index) => index !== dimension) ?? -1, data.cols.findIndex((column, index) => index !== dimension && isMeasure(column))].find((index) => index >= 0);

  return dimension === undefined || metric === undefined ? null : { dimension, metric };
}

interface Found {
  value: number;
  /** Absent where several names of the data are one region. */
  meaning: Meaning | undefined;
}

function valuesByArea({ data }: ReadAsk, { dimension, metric }: RegionColumns, atlas: Atlas): { known: Map<string, Found>; unknown: string[] } {
  const known = new Map<string, Found>();
  const unknown = new Set<string>();

  for (const row of data.rows) {
    const cell = row[dimension] ?? null;
    const value = toNumber(row[metric]);
    const area = atlas.find(cell);
    if (!area && cell !== null) unknown.add(String(cell));
    if (!area || value === null) continue;
    const before = known.get(area.key);
    known.set(area.key, before ? { value: before.value + value, meaning: undefined } : { value, meaning: { column: metric, value, groups: [{ column: dimension, value: cell }] } });
  }
  return { known, unknown: [...unknown] };
}

/** The regions of a map with what the data says of them. */
export interface Regions {
  column: Column;
  write: (value: number) => string;
  known: Map<string, Found>;
  unknown: string[];
  classes: Classes;
  inks: string[];
  shown: Area[];
}

export function readRegions(ask: ReadAsk, atlas: Atlas): Regions | null {
  const columns = regionColumns(ask);
  if (!columns) return null;

  const { known, unknown } = valuesByArea(ask, columns, atlas);
  const column = ask.data.cols[columns.metric] as Column;
  const classes = classesOf([...known.values()].map(({ value }) => value));
  const inks = inksOf(ask.settings['map.colors'], classes.starts.length);
  return { column, write: writer(ask.writing, column, ask.settings), known, unknown, classes, inks, shown: atlas.areas.filter(({ key }) => known.has(key)) };
}

/** What stands above and below the map, whatever its size. */
export interface MapWords {
  legend: LegendEntry[];
  note?: string;
}

export function regionWords(ask: ReadAsk, atlas: Atlas, { write, known, unknown, classes, inks, shown }: Regions): MapWords {
  const values = [...known.values()].map(({ value }) => value);
  const others = shown.length < atlas.areas.length ? [{ label: ask.t('No figure'), ink: 'var(--chart-none)' }] : [];

  return {
    legend: values.length ? [...legendOf(classes, values, inks, write), ...others] : [],
    ...(unknown.length && { note: noteOf(ask, unknown) }),
  };
}

export function drawRegions(ask: ChartAsk, atlas: Atlas, regions: Regions, look: Look): Drawing {
  if (!atlas.box) return emptyDrawing;

  const { column, write, known, classes, inks, shown } = regions;
  const view = looked(fitted(atlas.box, ask), look);
  const spots = shown.map((area): Spot => {
    const { value, meaning } = known.get(area.key) as Found;
    const [x, y] = placed(view, ask, area.middle);
    return { x, y, title: area.label, lines: [{ label: columnTitle(column, ask.settings), value: write(value), ink: inks[classes.of(value)] ?? '', ...(meaning && { meaning }) }] };
  });

  return {
    shapes: [shape('g', { transform: placing(view, ask) }, ...atlas.areas.map((area) => areaShape(area, shown.indexOf(area), inks[classes.of(known.get(area.key)?.value ?? 0)])))],
    spots,
    ...regionWords(ask, atlas, regions),
    sentence: sentenceOf(ask, column, spots, shown.map(({ key }) => known.get(key)?.value ?? 0)),
    isExact: true,
  };
}

const most = 6;

const noteOf = ({ t }: ReadAsk, unknown: string[]): string =>
  t('{count, plural, one {Not on this map} other {# not on this map}}: {names}', { count: unknown.length, names: unknown.slice(0, most).join(', ') + (unknown.length > most ? '…' : '') });

const areaShape = ({ path: d }: Area, spot: number, ink: string | undefined): Shape =>
  shape('path', spot < 0 ? { className: 'area-empty', d } : { className: 'area-known', ink, d, 'data-spot': spot });

function sentenceOf({ t, settings }: ChartAsk, column: Column, spots: Spot[], values: number[]): string {
  const sorted = spots.map((_, index) => index).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const [high, low] = [spots[sorted[0] ?? -1], spots[sorted.at(-1) ?? -1]];
  const measure = columnTitle(column, settings);
  if (!high || !low) return t('A map of {measure}; no region of it is in the data.', { measure });

  return t('{measure} on a map, {count, plural, one {# region} other {# regions}}. Highest: {high} ({highValue}). Lowest: {low} ({lowValue}).', {
    measure,
    count: spots.length,
    high: high.title,
    highValue: high.lines[0]?.value ?? '',
    low: low.title,
    lowValue: low.lines[0]?.value ?? '',
  });
}
