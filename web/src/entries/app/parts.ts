// The part of the app that the opened address needs, whose files the server has linked, and the maps of a dashboard: their files
// are asked for before the app itself is read. The shell says which they are.
import { readBoot } from '../../shared/boot';

type Part = 'home' | 'question' | 'dashboard';

const addresses: [part: Part, address: RegExp][] = [
  ['home', /^\/$/],
  ['question', /^\/question\//],
  ['dashboard', /^\/dashboard\/\d+(-|$)/],
];

const { base = '' } = readBoot<{ base: string }>();

export const openedPart = addresses.find(([, address]) => address.test(location.pathname.slice(base.length)))?.[0];

function filesOf(names: string[]): string[] {
  const parts = JSON.parse(document.getElementById('parts')?.textContent ?? '{}') as Record<string, string[]>;

  return [...new Set(names.flatMap((name) => parts[name] ?? []))];
}

/** A hint to the browser; what is really used is still asked for where it is used. */
function hint(file: string): void {
  const link = document.createElement('link');

  link.rel = 'modulepreload';
  link.crossOrigin = '';
  link.href = new URL(file, import.meta.url).href;
  document.head.append(link);
}

export interface Shown {
  dashcards: { card?: { display: string; visualization_settings?: Settings } | null; visualization_settings?: Settings }[];
}

type Settings = Record<string, unknown>;

/** The part that draws maps, and the shapes of each. */
function mapsOf({ dashcards }: Shown): string[] {
  return dashcards.flatMap(({ card, visualization_settings: own }) => (card?.display === 'map' ? ['map', String(own?.['map.region'] ?? card.visualization_settings?.['map.region'])] : []));
}

export function askForMaps(dashboard: Shown | undefined): void {
  if (dashboard) filesOf(mapsOf(dashboard)).forEach(hint);
}
