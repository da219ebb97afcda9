// The tables of a database, and the columns of a table.
import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/client';
import type { DatabaseWithTables, TableWithFields } from '../../api/types';
import { databasesKey, isBeingRead } from '../../lib/databases';

export const useDatabase = (id: string) =>
  useQuery({
    queryKey: [...databasesKey, id],
    queryFn: () => get<DatabaseWithTables>(`/api/database/${id}/metadata`, { skip_fields: true }),
    refetchInterval: ({ state }) => (state.data && isBeingRead(state.data) ? 2_000 : false),
  });

export const useTable = (id: string) =>
  useQuery({
    queryKey: ['tables', id],
    queryFn: () => get<TableWithFields>(`/api/table/${id}/query_metadata`),
  });
