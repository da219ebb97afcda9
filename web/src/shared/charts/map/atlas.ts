// The regions of a map, and finding one by what stands in the data: a code or a name, with or without accents.
import type { Locale } from '../../i18n';
import { regions as localeRegions } from '../../format/number';
import { loadOwnShapes } from './own';
import { loadShapes, type Stored } from './shapes';
import { type Box, boxOf } from './view';

export type Point = [x: number, y: number];

export interface Area {
  key: string;
  label: string;
  parts: Point[][];
}

export interface Atlas {
  areas: Area[];
  /** The stretch that they fill; null without areas. */
  box: Box | null;
  find: (value: unknown) => Area | undefined;
}

export const folded = (value: unknown): string =>
  String(value ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function points(steps: number[], place: (point: Point) => Point): Point[] {
  const ring: Point[] = [];
  let [x, y] = [0, 0];

  for (let at = 0; at + 1 < steps.length; at += 2) {
    x += steps[at] ?? 0;
    y += steps[at + 1] ?? 0;
    ring.push(place([x, y]));
  }
  return ring;
}

const radians = Math.PI / 180;

/** Longitude and latitude, in twentieths of a degree, on a map that keeps areas in proportion (Equal Earth). */
export function equalEarth([longitude, latitude]: Point): Point {
  const [a, b, c, d] = [1.340264, -0.081106, 0.000893, 0.003796];
  const turn = Math.asin((Math.sqrt(3) / 2) * Math.sin((latitude / 20) * radians));
  const two = turn * turn;
  const six = two * two * two;
  const width = ((longitude / 20) * radians * Math.cos(turn)) / ((Math.sqrt(3) / 2) * (a + 3 * b * two + six * (7 * c + 9 * d * two)));

  return [width * 100, -turn * (a + b * two + six * (c + d * two)) * 100];
}

/** Straight meridians, true angles: what people know from street maps. Between 85° south and north. */
export function mercator([longitude, latitude]: Point): Point {
  const bounded = Math.max(-85, Math.min(85, latitude / 20));

  return [longitude / 20, -Math.log(Math.tan(Math.PI / 4 + (bounded * radians) / 2)) / radians];
}

const flat: (point: Point) => Point = (point) => point;

interface Projection {
  place: (point: Point) => Point;
  /** Countries are named by the browser, in the language of the page. */
  isWorld?: boolean;
}

const projections: Record<string, Projection> = {
  world_countries: { place: equalEarth, isWorld: true },
  fr_regions: { place: flat },
  fr_departments: { place: flat },
  us_states: { place: flat },
};

const nameIn = (locale: Locale, key: string): string | undefined => {
  try {
    return new Intl.DisplayNames(localeRegions[locale], { type: 'region', fallback: 'none' }).of(key);
  } catch {
    return undefined;
  }
};

export function atlasOf(stored: Stored[], place: (point: Point) => Point, locale: Locale, isWorld = false): Atlas {
  const areas = stored.map(({ key, names, parts }): Area & { names: string[] } => ({
    key,
    label: (isWorld && nameIn(locale, key)) || (names.find((name) => name.length > 3 && !/^(FR|US)-/.test(name)) ?? names[0] ?? key),
    names: [...names, ...(isWorld ? [nameIn('en', key), nameIn('fr', key)].flatMap((name) => name ?? []) : [])],
    parts: parts.map((steps) => points(steps, place)),
  }));
  const known = new Map<string, Area>();
  for (const area of areas) for (const name of [...area.names, area.key]) known.set(folded(name), area);

  return { areas, box: boxOf(...areas.flatMap(({ parts: rings }) => rings)), find: (value) => known.get(folded(value)) ?? known.get(folded(value).padStart(2, '0')) };
}

export async function loadAtlas(region: string, locale: Locale): Promise<Atlas | null> {
  const { place, isWorld } = projections[region] ?? { place: mercator };
  const shapes = (await loadShapes(region)) ?? (await loadOwnShapes(region));

  return shapes && atlasOf(shapes, place, locale, isWorld);
}

/** The land of the world as background of pins. */
export const loadLand = async (): Promise<Point[][]> => ((await loadShapes('world_countries')) ?? []).flatMap(({ parts }) => parts.map((steps) => points(steps, mercator)));

/** Codes of the post in the United States. */
const stateCodes = /^(A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])$/;

/** When nobody has said which map: countries and regions say so themselves. */
export function likelyRegion(semantic: string | null | undefined, values: readonly unknown[]): string {
  if (semantic === 'type/Country') return 'world_countries';
  const sample = values.filter((value) => value !== null && value !== '').slice(0, 40);
  const countOf = (pattern: RegExp) => sample.filter((value) => pattern.test(String(value))).length;
  const mostAre = (pattern: RegExp) => countOf(pattern) > sample.length / 2;

  if (sample.length && countOf(stateCodes) === sample.length) return 'us_states';
  if (mostAre(/^[A-Z]{2}$/)) return 'world_countries';
  return mostAre(/^(\d{1,3}|2[ab])$/i) ? 'fr_departments' : semantic === 'type/State' ? 'fr_regions' : 'fr_departments';
}
