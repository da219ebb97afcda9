// The regions of a map, and finding one by what stands in the data: a code or a name, with or without accents.
import type { Locale } from '../../i18n';
import { regions as localeRegions } from '../../format/number';
import { loadOwnShapes } from './own';
import { loadShapes, type Shape, type Stored } from './shapes';
import type { Box } from './view';

export interface Area extends Shape {
  key: string;
  label: string;
}

export interface Atlas {
  areas: Area[];
  /** The stretch that they fill; null without areas. */
  box: Box | null;
  find: (value: unknown) => Area | undefined;
}

/** Usual letters are told by a short list: those of all writings take the browser long to get ready. */
export function folded(value: unknown): string {
  const plain = String(value ?? '').normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  const isUsual = !/[^ -~]/.test(plain);

  return (isUsual ? plain.replace(/[^a-z0-9]+/g, ' ') : plain.replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ')).trim();
}

const nameIn = (locale: Locale, key: string): string | undefined => {
  try {
    return new Intl.DisplayNames(localeRegions[locale], { type: 'region', fallback: 'none' }).of(key);
  } catch {
    return undefined;
  }
};

function boxAround(shapes: readonly Shape[]): Box | null {
  const [first] = shapes;
  if (!first) return null;
  const [left, top, right, bottom] = shapes.reduce((one, { box }) => [Math.min(one[0], box[0]), Math.min(one[1], box[1]), Math.max(one[2], box[2]), Math.max(one[3], box[3])], first.box);

  return { left, top, right, bottom };
}

export function atlasOf(stored: Stored[], locale: Locale, isWorld = false): Atlas {
  const known = new Map<string, Area>();
  const areas = stored.map(({ names, ...shape }): Area => {
    const label = (isWorld && nameIn(locale, shape.key)) || (names.find((name) => name.length > 3 && !/^(FR|US)-/.test(name)) ?? names[0] ?? shape.key);
    const area = { ...shape, label };
    for (const name of [...names, ...(isWorld ? [nameIn('en', shape.key), nameIn('fr', shape.key)] : []), shape.key]) if (name) known.set(folded(name), area);
    return area;
  });

  return { areas, box: boxAround(areas), find: (value) => known.get(folded(value)) ?? known.get(folded(value).padStart(2, '0')) };
}

export async function loadAtlas(region: string, locale: Locale): Promise<Atlas | null> {
  const shapes = (await loadShapes(region)) ?? (await loadOwnShapes(region));

  // Countries are named by the browser, in the language of the page.
  return shapes && atlasOf(shapes, locale, region === 'world_countries');
}

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
