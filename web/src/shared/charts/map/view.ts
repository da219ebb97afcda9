// Where a map is looked at: the stretch of it that fills the place, and how one comes closer or moves.
import type { Size } from '../ask';

export type Point = [x: number, y: number];

/** How large a unit of the map is in pixels, and which of its points is in the middle. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The stretch that some points fill. There may be thousands: they are not taken apart one by one. */
export function boxOf(points: readonly Point[]): Box | null {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];

  for (const [x, y] of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return Number.isFinite(left) ? { left, top, right, bottom } : null;
}

const margin = 10;

/** The whole of a stretch, with some air; a single point gets a neighbourhood. */
export function fitted({ left, top, right, bottom }: Box, { width, height }: Size, least = 1e-6): View {
  const [wide, high] = [Math.max(right - left, least), Math.max(bottom - top, least)];
  const scale = Math.min(Math.max(20, width - 2 * margin) / wide, Math.max(20, height - 2 * margin) / high);

  return { scale, x: (left + right) / 2, y: (top + bottom) / 2 };
}

export const placed = ({ scale, x, y }: View, { width, height }: Size, at: Point): Point => [(at[0] - x) * scale + width / 2, (at[1] - y) * scale + height / 2];

/** The same, for shapes in the units of the map: the browser moves them whole. */
export const placing = ({ scale, x, y }: View, { width, height }: Size): string => `matrix(${[scale, 0, 0, scale, width / 2 - x * scale, height / 2 - y * scale].join(' ')})`;

export interface Look {
  /** 1 is the whole map. */
  zoom: number;
  /** In pixels of the view as it is. */
  shift: Point;
}

export const whole: Look = { zoom: 1, shift: [0, 0] };
export const mostZoom = 60;

export const looked = (view: View, { zoom, shift: [x, y] }: Look): View => ({ scale: view.scale * zoom, x: view.x - x / (view.scale * zoom), y: view.y - y / (view.scale * zoom) });

/** Closer to a point of the place, which stays where it is. */
export function zoomed({ zoom, shift: [x, y] }: Look, by: number, size: Size, [atX, atY]: Point = [size.width / 2, size.height / 2]): Look {
  const next = Math.min(mostZoom, Math.max(1, zoom * by));
  const share = next / zoom;
  const [fromX, fromY] = [atX - size.width / 2, atY - size.height / 2];
  if (next === 1) return whole;

  return { zoom: next, shift: [fromX - (fromX - x) * share, fromY - (fromY - y) * share] };
}

export const moved = ({ zoom, shift: [x, y] }: Look, [byX, byY]: Point): Look => ({ zoom, shift: [x + byX, y + byY] });
