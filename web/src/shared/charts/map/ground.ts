// What a map lies on: the areas of an atlas, or the outline of the land. Once there it is there for every map of the page.
import type { Locale } from '../../i18n';
import { type Atlas, loadAtlas } from './atlas';
import { loadLand } from './shapes';

export type Ground = { kind: 'regions'; atlas: Atlas } | { kind: 'pins'; land: string } | 'missing';

const known = new Map<string, Ground>();

export const knownGround = (name: string, locale: Locale): Ground | null => known.get(`${name} ${locale}`) ?? null;

async function groundOf(name: string, locale: Locale): Promise<Ground> {
  if (name === 'pins') return { kind: 'pins', land: await loadLand() };
  const atlas = await loadAtlas(name, locale);

  return atlas ? { kind: 'regions', atlas } : 'missing';
}

export async function loadGround(name: string, locale: Locale): Promise<Ground> {
  const ground = knownGround(name, locale) ?? (await groundOf(name, locale));

  known.set(`${name} ${locale}`, ground);
  return ground;
}
