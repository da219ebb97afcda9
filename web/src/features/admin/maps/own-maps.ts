// The maps of the site as they are stored, by their keys. The keys of each are Metabase's.

export interface MapDefinition {
  name: string;
  url: string;
  region_key: string;
  region_name: string;
  /** When its file was read last. */
  read_at?: string | null;
  builtin?: boolean;
}

/** Whether its file was sent, and not read at an address. */
export const isSent = ({ url }: Pick<MapDefinition, 'url'>): boolean => url.startsWith('sent:');

export type MapDefinitions = Record<string, MapDefinition>;

/** Those of the administrators: the server may name its own beside them. */
export const ownMaps = (maps: MapDefinitions | null | undefined): [key: string, map: MapDefinition][] =>
  Object.entries(maps ?? {})
    .filter(([, { builtin }]) => !builtin)
    .sort(([, one], [, other]) => one.name.localeCompare(other.name));

/** What stands in the settings of charts: readable, and taken by no other map. */
export function keyFor(name: string, taken: readonly string[]): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 40) || 'map';
  const free = (count: number): string => (count === 1 ? plain : `${plain}_${count}`);
  let count = 1;

  while (taken.includes(free(count))) count += 1;
  return free(count);
}

export const withMap = (maps: MapDefinitions, key: string, map: MapDefinition | null): MapDefinitions => {
  const others = Object.fromEntries(ownMaps(maps).flatMap(([other, { read_at: _, ...kept }]) => (other === key ? [] : [[other, kept] as const])));

  return map ? { ...others, [key]: map } : others;
};

/** The property that most likely is a code, or a name. */
export function likely(properties: readonly string[], kind: 'key' | 'name'): string | undefined {
  const wanted = kind === 'key' ? /^(code|insee|iso)|^id$|[_-](code|id)$/i : /^(nom|name|libelle|label|title)/i;

  return properties.find((property) => wanted.test(property)) ?? properties[kind === 'key' ? 0 : 1] ?? properties[0];
}
