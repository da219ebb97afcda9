// Maps that an administrator added: GeoJSON, as regions of an atlas. Who knows the server says where it is.
import type { Stored } from './shapes';

/** A FeatureCollection that says which properties of its regions are the code and the name: `region_key`, `region_name`. */
export type OwnMap = unknown;

type Source = (region: string) => Promise<OwnMap>;

let source: Source = async () => null;

/** Where own maps come from; without it only the maps of the build are known. */
export function setOwnMaps(next: Source): void {
  source = next;
}

const mostRegions = 50_000;
const degreeParts = 20;

type Json = Record<string, unknown>;

const isPlace = (value: unknown): value is [number, number] => Array.isArray(value) && Number.isFinite(value[0]) && Number.isFinite(value[1]);

/** Each point as the step from the one before it, as the build writes shapes. */
function steps(ring: unknown): number[] {
  let [x, y] = [0, 0];

  return (Array.isArray(ring) ? ring : []).filter(isPlace).flatMap(([longitude, latitude]) => {
    const [toX, toY] = [longitude * degreeParts, latitude * degreeParts];
    const step = [toX - x, toY - y];
    [x, y] = [toX, toY];
    return step;
  });
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
    const parts = ringsOf((geometry ?? {}) as Json).map(steps).filter(({ length }) => length >= 6);
    return key && parts.length ? [{ key, names: [read(said, regionName) || key], parts }] : [];
  });
}

export async function loadOwnShapes(region: string): Promise<Stored[] | null> {
  const shapes = shapesOf(await source(region));

  return shapes.length ? shapes : null;
}
