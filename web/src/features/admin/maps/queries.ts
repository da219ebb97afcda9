// The maps of the site, and the files that they are made of.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, postForm, put } from '../../../api/client';
import { sessionKeys } from '../../../lib/session';
import type { MapDefinition, MapDefinitions } from './own-maps';

const setting = '/api/setting/custom-geojson';
const mapsKey = ['own-maps'] as const;

export const useOwnMaps = () =>
  useQuery({
    queryKey: mapsKey,
    queryFn: async (): Promise<MapDefinitions> => Object.fromEntries((await get<(MapDefinition & { key: string })[]>('/api/vigie/geojson')).map(({ key, ...map }) => [key, map])),
  });

/** What is published at the address may have changed. */
export function useReadAgain(onDone: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (key: string) => post(`/api/vigie/geojson/${encodeURIComponent(key)}/read`),
    onSuccess: async () => {
      await Promise.all([mapsKey, ['geojson']].map((queryKey) => client.invalidateQueries({ queryKey })));
      onDone();
    },
  });
}

export function useSaveMaps(onSaved: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (value: MapDefinitions) => put(setting, { value }),
    onSuccess: async () => {
      await Promise.all([mapsKey, sessionKeys.properties].map((queryKey) => client.invalidateQueries({ queryKey })));
      onSaved();
    },
  });
}

interface SentMap {
  key: string;
  map: MapDefinition;
  file: File;
}

/** A file of one's own, with what is said of it. */
export function useSendMap(onSent: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: ({ key, map, file }: SentMap) => {
      const form = new FormData();
      for (const field of ['name', 'region_key', 'region_name'] as const) form.append(field, map[field]);
      form.append('file', file);
      return postForm(`/api/vigie/geojson/${encodeURIComponent(key)}/file`, form);
    },
    onSuccess: async () => {
      await Promise.all([mapsKey, ['geojson'], sessionKeys.properties].map((queryKey) => client.invalidateQueries({ queryKey })));
      onSent();
    },
  });
}

/** The file of an address, fetched by the server; that of a map that is stored, as it is kept. */
export const useGeojson = (map: { key?: string | undefined; url: string } | null) =>
  useQuery({
    queryKey: ['geojson', map],
    queryFn: () => (map?.key ? get<unknown>(`/api/geojson/${encodeURIComponent(map.key)}`) : get<unknown>('/api/geojson', { url: map?.url ?? '' })),
    enabled: map !== null,
    retry: false,
    staleTime: 60_000,
  });
