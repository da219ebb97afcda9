// Databases, their tables and their columns.
import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/client';
import type { Database, DatabaseWithTables, TableWithFields } from '../../api/types';

export const useDatabases = () =>
  useQuery({
    queryKey: ['databases'],
    queryFn: async () => (await get<{ data: Database[] }>('/api/database')).data,
  });

export const useDatabase = (id: string) =>
  useQuery({
    queryKey: ['databases', id],
    queryFn: () => get<DatabaseWithTables>(`/api/database/${id}/metadata`, { skip_fields: true }),
    // Right after connecting, the tables are still being read.
    refetchInterval: ({ state }) => (state.data?.initial_sync_status === 'incomplete' ? 2_000 : false),
  });

export const useTable = (id: string) =>
  useQuery({
    queryKey: ['tables', id],
    queryFn: () => get<TableWithFields>(`/api/table/${id}/query_metadata`),
  });
