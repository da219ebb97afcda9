// Straight meridians, true angles: what people know from street maps. Between 85° south and north.
import type { Point } from './view';

/** Units of the map in a degree of longitude. */
export const degree = 50;
const radians = Math.PI / 180;

export function mercator([longitude, latitude]: Point): Point {
  const bounded = Math.max(-85, Math.min(85, latitude));

  return [longitude * degree, (-Math.log(Math.tan(Math.PI / 4 + (bounded * radians) / 2)) / radians) * degree];
}
