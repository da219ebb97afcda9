// Maps are downloaded when a page shows one: the part that draws them, and the shapes of that map, at the same time.
import type { ComponentType } from 'react';
import type { Settings } from '../data/types';
import type { Locale } from '../i18n';
import type { ChartProps } from './chart';
import { loadShapes } from './map/shapes';

const drawing = () => import('./map/map-view');

let view: ComponentType<ChartProps> | null = null;

/** Null until it is here. */
export const knownMapView = (): ComponentType<ChartProps> | null => view;

export async function loadMapView(): Promise<ComponentType<ChartProps>> {
  view = (await drawing()).MapView;
  return view;
}

/** Asked for as soon as a page knows that it will show this map, so that it is here when its figures are. */
export async function prepareMap(settings: Settings, locale: Locale): Promise<void> {
  const region = typeof settings['map.region'] === 'string' && settings['map.type'] !== 'pin' && settings['map.type'] !== 'grid' ? settings['map.region'] : null;
  const shapes = region ? loadShapes(region) : null;
  const [{ loadGround }] = await Promise.all([drawing(), loadMapView(), shapes]);

  if (region) await loadGround(region, locale);
}
