// Finding anything by its name: what the server ranks, and where each thing is.
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import { msg } from '../shared/i18n';

export interface Found {
  id: number;
  model: string;
  name: string;
  description: string | null;
  database_id: number | null;
  /** Of a row that an index of a model holds. */
  model_index_id?: number;
  collection: { id: number | null; name: string | null } | null;
  creator_common_name: string | null;
  last_editor_common_name: string | null;
  last_edited_at: string | null;
  updated_at: string | null;
}

interface Kind {
  label: string;
  address: (found: Pick<Found, 'id' | 'database_id' | 'model_index_id'>) => string;
}

const question: Kind['address'] = ({ id }) => `/question/${id}`;

/** What can be found, and where it is. Others are not shown. */
export const kinds: Record<string, Kind> = {
  dashboard: { label: msg('Dashboard'), address: ({ id }) => `/dashboard/${id}` },
  card: { label: msg('Question'), address: question },
  dataset: { label: msg('Model'), address: question },
  metric: { label: msg('Metric'), address: question },
  collection: { label: msg('Collection'), address: ({ id }) => `/collection/${id}` },
  table: { label: msg('Table'), address: ({ id, database_id }) => `/reference/databases/${database_id}/tables/${id}` },
  database: { label: msg('Database'), address: ({ id }) => `/browse/databases/${id}` },
  'indexed-entity': { label: msg('Row'), address: ({ id, model_index_id }) => `/auto/dashboard/model_index/${model_index_id}/primary_key/${id}` },
};

export interface Search {
  q: string;
  models?: string;
  collection?: string;
  created_by?: string;
  limit?: number;
}

export const useSearch = ({ q, ...filters }: Search, isWanted = true) =>
  useQuery({
    queryKey: ['search', q, filters],
    queryFn: async () => {
      const asked = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined && value !== ''));
      const { data, total } = await get<{ data: Found[]; total: number }>('/api/search', { ...(q && { q }), ...asked });
      return { found: data.filter(({ model }) => kinds[model]), total };
    },
    // The list stays in sight while one types.
    placeholderData: (previous) => previous,
    enabled: isWanted,
    retry: false,
  });
