// Places by latitude and longitude, over the outline of the land. What would lie on top of each other is counted;
// what was grouped in squares is drawn as squares.
import { columnOf, isMeasure } from '../../data/columns';
import { rowMeaning } from '../../data/meaning';
import type { Column, Row } from '../../data/types';
import { columnTitle, writer } from '../../format';
import { type ChartAsk, type Drawing, emptyDrawing, inkAt, numberSetting, type ReadAsk, type Spot } from '../ask';
import { toNumber } from '../series';
import { type Shape, shape, text } from '../shape';
import { type Classes, classesOf, inksOf, legendOf } from './classes';
import { degree, mercator } from './mercator';
import type { MapWords } from './regions';
import { type Box, boxOf, fitted, type Look, looked, placed, placing, type Point, type View } from './view';

export interface PinColumns {
  latitude: number;
  longitude: number;
  metric: number;
}

export function pinColumns({ data: { cols }, settings }: Pick<ChartAsk, 'data' | 'settings'>): PinColumns | null {
  const find = (key: string, type: string, name: RegExp) =>
    [columnOf(cols, settings[key]), cols.findIndex(({ semantic_type }) => semantic_type === type), cols.findIndex((column) => name.test(column.name))].find((index) => index >= 0) ?? -1;
  const latitude = find('map.latitude_column', 'type/Latitude', /^lat(itude)?$/i);
  const longitude = find('map.longitude_column', 'type/Longitude', /^(lon|lng|long|longitude)$/i);
  const named = columnOf(cols, settings['map.metric_column']);
  const metric = named >= 0 ? named : cols.findIndex((column, index) => column.source === 'aggregation' && isMeasure(column) && index !== latitude && index !== longitude);

  return latitude < 0 || longitude < 0 || latitude === longitude ? null : { latitude, longitude, metric };
}

interface Pin {
  at: Point;
  value: number | null;
  row: Row;
}

function pinsOf({ data }: ReadAsk, { latitude, longitude, metric }: PinColumns): Pin[] {
  return data.rows.flatMap((row): Pin[] => {
    const [north, east] = [toNumber(row[latitude]), toNumber(row[longitude])];
    if (north === null || east === null || Math.abs(north) > 90 || Math.abs(east) > 180) return [];
    return [{ at: mercator([east, north]), value: metric < 0 ? null : toNumber(row[metric]), row }];
  });
}

/** The stretch that the settings name, as Metabase stores it, else all pins. */
function startOf({ settings, width, height }: ChartAsk, pins: Pin[]): View {
  const [latitude, longitude, zoom] = ['map.center_latitude', 'map.center_longitude', 'map.zoom'].map((key) => numberSetting(settings, key));
  if (latitude !== undefined && longitude !== undefined && zoom !== undefined) {
    const [x, y] = mercator([longitude, latitude]);
    return { scale: (256 * 2 ** zoom) / (360 * degree), x, y };
  }
  const box = boxOf(pins.map(({ at }) => at)) as Box;
  // Where everything is in one place, a few countries around it say where that is.
  const least = box.left === box.right && box.top === box.bottom ? 16 * degree : 0.5 * degree;
  return fitted(box, { width: width - 40, height: height - 40 }, least);
}

export function drawPins(ask: ChartAsk, land: string, look: Look): Drawing {
  const columns = pinColumns(ask);
  const pins = columns ? pinsOf(ask, columns) : [];
  if (!columns || !pins.length) return emptyDrawing;

  const view = looked(startOf(ask, pins), look);
  const width = widthOf(ask, columns);
  const marks = width ? squares(ask, columns, pins, view, width) : dots(ask, columns, pins, view);

  return {
    shapes: [shape('rect', { className: 'sea', x: 0, y: 0, width: ask.width, height: ask.height }), shape('path', { className: 'land', d: land, transform: placing(view, ask) }), ...marks.shapes],
    spots: marks.spots,
    ...wordsOf(ask, columns, pins),
    sentence: ask.t('{count, plural, one {# place} other {# places}} on a map, from {south} to {north} north and from {west} to {east} east.', { count: pins.length, ...extentWords(ask, columns, pins) }),
  };
}

/** What stands above and below the map, whatever its size. */
export function pinWords(ask: ReadAsk): MapWords {
  const columns = pinColumns(ask);
  const pins = columns ? pinsOf(ask, columns) : [];

  return columns && pins.length ? wordsOf(ask, columns, pins) : { legend: [] };
}

function wordsOf(ask: ReadAsk, columns: PinColumns, pins: Pin[]): MapWords {
  const { data, settings, writing, t } = ask;
  const metric = data.cols[columns.metric];
  const missing = data.rows.length - pins.length;
  const { classes, inks } = stepsOf(ask, pins);

  return {
    legend: widthOf(ask, columns) ? legendOf(classes, pins.map(({ value }) => value ?? 1), inks, metric ? writer(writing, metric, settings) : String) : [],
    ...(missing && { note: t('{count, plural, one {# row} other {# rows}} without a place', { count: missing }) }),
  };
}

/** Of the squares that places were put together in. */
const widthOf = ({ data }: ReadAsk, { latitude }: PinColumns): number | undefined => data.cols[latitude]?.binning_info?.bin_width ?? undefined;

function stepsOf({ settings }: ReadAsk, pins: Pin[]): { classes: Classes; inks: string[] } {
  const classes = classesOf(pins.map(({ value }) => value ?? 1));

  return { classes, inks: inksOf(settings['map.colors'], classes.starts.length) };
}

function extentWords({ data, settings, writing }: ChartAsk, { latitude, longitude }: PinColumns, pins: Pin[]): Record<string, string> {
  const ends = (index: number) => {
    const numbers = pins.map(({ row }) => toNumber(row[index]) ?? 0);
    const write = writer(writing, { ...(data.cols[index] as Column), binning_info: null }, settings);
    return [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))].map((value) => write(Math.round(value * 10) / 10)) as [string, string];
  };
  const [[south, north], [west, east]] = [ends(latitude), ends(longitude)];

  return { south, north, west, east };
}

interface Marks {
  shapes: Shape[];
  spots: Spot[];
}

const reach = 42;

function dots(ask: ChartAsk, columns: PinColumns, pins: Pin[], view: View): Marks {
  const isEach = ask.settings['map.pin_type'] === 'markers';
  const cells: { pins: Pin[]; x: number; y: number; at: Point }[] = [];

  for (const pin of pins) {
    const [x, y] = placed(view, ask, pin.at);
    if (x < -20 || y < -20 || x > ask.width + 20 || y > ask.height + 20) continue;
    const near = isEach ? undefined : cells.find(({ at }) => Math.hypot(at[0] - x, at[1] - y) < reach);
    const cell = near ?? { pins: [], x: 0, y: 0, at: [x, y] };
    cell.pins.push(pin);
    cell.x += x;
    cell.y += y;
    if (!near) cells.push(cell);
  }
  const groups = cells.map((cell) => ({ pins: cell.pins, x: cell.x / cell.pins.length, y: cell.y / cell.pins.length })).sort((a, b) => a.x - b.x);
  const largest = Math.max(1, ...pins.map(({ value }) => Math.abs(value ?? 0)));

  return {
    shapes: groups.flatMap((group, index) => (group.pins.length > 1 ? clusterShapes(group, index) : [pinShape(group, index, largest)])),
    spots: groups.map((group) => spotOf(ask, columns, group)),
  };
}

interface Group {
  pins: Pin[];
  x: number;
  y: number;
}

function clusterShapes({ pins, x, y }: Group, spot: number): Shape[] {
  const words = pins.length > 999 ? `${Math.round(pins.length / 1000)}k` : String(pins.length);

  return [
    shape('circle', { className: 'cluster', ink: inkAt(0), cx: x, cy: y, r: Math.min(19, 9 + 2.2 * Math.log2(pins.length)), 'data-spot': spot }),
    text({ x, y: y + 4 }, 'cluster-count', words, { textAnchor: 'middle', 'data-spot': spot }),
  ];
}

const pinShape = ({ pins, x, y }: Group, spot: number, largest: number): Shape =>
  shape('circle', { className: 'pin', ink: inkAt(0), cx: x, cy: y, r: pins[0]?.value == null ? 5 : 3 + 13 * Math.sqrt(Math.abs(pins[0].value) / largest), 'data-spot': spot });

function spotOf(ask: ChartAsk, columns: PinColumns, { pins, x, y }: Group): Spot {
  const { data, settings, writing, t } = ask;
  const [first] = pins as [Pin];
  const line = (index: number, row: Row) => ({ label: columnTitle(data.cols[index] as Column, settings), value: writer(writing, data.cols[index] as Column, settings)(row[index] ?? null) });
  if (pins.length > 1) {
    const metric = data.cols[columns.metric];
    const sum = pins.reduce((total, { value }) => total + (value ?? 0), 0);
    return { x, y, title: t('{count, plural, one {# place} other {# places}}', { count: pins.length }), lines: metric ? [{ label: columnTitle(metric, settings), value: writer(writing, metric, settings)(sum) }] : [] };
  }
  const name = data.cols.findIndex((column, index) => typeof first.row[index] === 'string' && column.base_type === 'type/Text');
  const shown = [columns.latitude, columns.longitude, ...(columns.metric >= 0 ? [columns.metric] : [])].map((index) => ({ ...line(index, first.row), meaning: rowMeaning(data, first.row, columns.metric >= 0 ? columns.metric : index) }));

  return { x, y, title: name >= 0 ? line(name, first.row).value : t('{count, plural, one {# place} other {# places}}', { count: 1 }), lines: shown };
}

/** Squares of latitude and longitude, in steps of colour. */
function squares(ask: ChartAsk, columns: PinColumns, pins: Pin[], view: View, width: number): Marks {
  const { data, settings, writing } = ask;
  const metric = data.cols[columns.metric];
  const { classes, inks } = stepsOf(ask, pins);
  const write = metric ? writer(writing, metric, settings) : String;
  const longWidth = data.cols[columns.longitude]?.binning_info?.bin_width ?? width;
  const cells = pins.map(({ row, value }) => {
    const [south, west] = [toNumber(row[columns.latitude]) ?? 0, toNumber(row[columns.longitude]) ?? 0];
    const [left, top] = placed(view, ask, mercator([west, south + width]));
    const [right, bottom] = placed(view, ask, mercator([west + longWidth, south]));
    return { left, top, right, bottom, row, value: value ?? 1 };
  });

  return {
    shapes: cells.map(({ left, top, right, bottom, value }, index) =>
      shape('rect', { className: 'square', ink: inks[classes.of(value)], x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top), 'data-spot': index }),
    ),
    spots: cells.map(({ left, top, right, bottom, row, value }) => ({
      x: (left + right) / 2,
      y: (top + bottom) / 2,
      title: [columns.latitude, columns.longitude].map((index) => writer(writing, data.cols[index] as Column, settings)(row[index] ?? null)).join(', '),
      lines: [{ label: metric ? columnTitle(metric, settings) : '', value: write(value), meaning: rowMeaning(data, row, Math.max(0, columns.metric)) }],
    })),
  };
}
