// The shapes of each map, as the build writes them: downloaded when a page shows that map.
import type { Point } from './view';

/** Its outline in the units of the map, the stretch that it fills, and where one reads it. */
export interface Shape {
  path: string;
  box: [left: number, top: number, right: number, bottom: number];
  middle: Point;
}

export interface Stored extends Shape {
  key: string;
  names: string[];
}

const files: Record<string, () => Promise<{ shapes: Stored[] }>> = {
  world_countries: () => import('./world.geo'),
  fr_regions: () => import('./regions.geo'),
  fr_departments: () => import('./departments.geo'),
  us_states: () => import('./states.geo'),
};

/** Null for a map that is not known here. */
export const loadShapes = async (region: string): Promise<Stored[] | null> => (await files[region]?.())?.shapes ?? null;

/** The land of the world as background of pins. */
export const loadLand = async (): Promise<string> => (await import('./land.geo')).shapes.map(({ path }) => path).join('');
