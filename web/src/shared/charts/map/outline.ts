// The regions of an own map as lines, to be looked at before anybody uses it.
import type { Locale } from '../../i18n';
import { atlasOf } from './atlas';
import { type OwnMap, shapesOf } from './own';

export interface Outline {
  viewBox: string;
  areas: { key: string; label: string; path: string }[];
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Null when no region has a code and a surface. */
export function outlineOf(own: OwnMap, locale: Locale): Outline | null {
  const { areas, box } = atlasOf(shapesOf(own), locale);
  if (!box) return null;
  const air = Math.max(box.right - box.left, box.bottom - box.top) * 0.02 || 1;

  return {
    viewBox: [box.left - air, box.top - air, box.right - box.left + 2 * air, box.bottom - box.top + 2 * air].map(round).join(' '),
    areas,
  };
}
