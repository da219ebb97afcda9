// Maps that an administrator added: GeoJSON, as regions of an atlas. Who knows the server says where it is.
import { mercator } from './mercator';
import type { Shape, Stored } from './shapes';
import { type Box, boxOf, type Point } from './view';

/** A FeatureCollection that says which properties of its regions are the code and the name: `region_key`, `region_name`. */
export type OwnMap = unknown;

type Source = (region: string) => Promise<OwnMap>;

let source: Source = async () => null;

/** Where own maps come from; without it only the maps of the build are known. */
export function setOwnMaps(next: Source): void {
  source = next;
}

const mostRegions = 50_000;
const leastPoints = 3;

type Json = Record<string, unknown>;

const isPlace = (value: unknown): value is [number, number] => Array.isArray(value) && Number.isFinite(value[0]) && Number.isFinite(value[1]);

const points = (ring: unknown): Point[] => (Array.isArray(ring) ? ring : []).filter(isPlace).map(mercator);

const exact = (value: number): string => String(Math.round(value * 10_000) / 10_000);
const ringPath = (ring: Point[]): string => `M${ring.map(([x, y]) => `${exact(x)} ${exact(y)}`).join('L')}Z`;
const extent = ({ left, top, right, bottom }: Box): number => (right - left) * (bottom - top);

/** As the build writes shapes; an archipelago has the middle of its main island. */
function shapeOf(rings: Point[][]): Shape {
  const boxes = rings.map((ring) => boxOf(ring) as Box);
  const whole = boxOf(boxes.flatMap(({ left, top, right, bottom }): Point[] => [[left, top], [right, bottom]])) as Box;
  const { left, top, right, bottom } = boxes.reduce((best, box) => (extent(box) > extent(best) ? box : best));

  return { path: rings.map(ringPath).join(''), box: [whole.left, whole.top, whole.right, whole.bottom], middle: [(left + right) / 2, (top + bottom) / 2] };
}

function ringsOf({ type, coordinates, geometries }: Json): unknown[] {
  if (type === 'Polygon') return Array.isArray(coordinates) ? coordinates : [];
  if (type === 'MultiPolygon') return Array.isArray(coordinates) ? coordinates.flat() : [];
  return type === 'GeometryCollection' && Array.isArray(geometries) ? geometries.flatMap((one) => (one ? ringsOf(one as Json) : [])) : [];
}

const featuresOf = (geojson: unknown): Json[] => {
  const { type, features } = (geojson ?? {}) as Json;

  return type === 'FeatureCollection' && Array.isArray(features) ? features.filter((one) => typeof one === 'object' && one !== null) : [];
};

/** The properties that some region has: one of them is its code, one its name. */
export const propertiesOf = (geojson: unknown): string[] => [...new Set(featuresOf(geojson).slice(0, mostRegions).flatMap(({ properties }) => Object.keys((properties ?? {}) as object)))];

export function shapesOf(map: OwnMap): Stored[] {
  const { region_key: regionKey, region_name: regionName } = (map ?? {}) as Json;
  const read = (properties: Json, name: unknown) => (typeof name === 'string' ? String(properties[name] ?? '') : '');

  return featuresOf(map).slice(0, mostRegions).flatMap(({ properties, geometry }): Stored[] => {
    const said = (properties ?? {}) as Json;
    const key = read(said, regionKey) || read(said, regionName);
    const rings = ringsOf((geometry ?? {}) as Json).map(points).filter(({ length }) => length >= leastPoints);
    return key && rings.length ? [{ key, names: [read(said, regionName) || key], ...shapeOf(rings) }] : [];
  });
}

export async function loadOwnShapes(region: string): Promise<Stored[] | null> {
  const shapes = shapesOf(await source(region));

  return shapes.length ? shapes : null;
}
