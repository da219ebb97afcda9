// The shapes of each map, as the build writes them: downloaded when a page shows that map.

/** As the build writes it: each part is a ring, each point the step from the one before it. */
export interface Stored {
  key: string;
  names: string[];
  parts: number[][];
  /** Drawn aside, at another scale. */
  isInset?: boolean;
}

const files: Record<string, () => Promise<{ shapes: Stored[] }>> = {
  world_countries: () => import('./world.geo'),
  fr_regions: () => import('./regions.geo'),
  fr_departments: () => import('./departments.geo'),
  us_states: () => import('./states.geo'),
};

/** Null for a map that is not known here. */
export const loadShapes = async (region: string): Promise<Stored[] | null> => (await files[region]?.())?.shapes ?? null;
