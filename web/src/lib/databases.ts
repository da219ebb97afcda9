// The list of databases, which several parts of the app show.
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Database } from '../api/types';

export const databasesKey = ['databases'] as const;

/** Right after connecting, the tables of a database are still being read. */
export const isBeingRead = ({ initial_sync_status }: Database) => initial_sync_status === 'incomplete';

export const useDatabases = (isWanted = true) =>
  useQuery({
    queryKey: databasesKey,
    queryFn: async () => (await get<{ data: Database[] }>('/api/database')).data,
    enabled: isWanted,
    refetchInterval: ({ state }) => (state.data?.some(isBeingRead) ? 3_000 : false),
  });

/** Whether some database takes files from the person who asks. */
export const useCanUpload = (isWanted = true): boolean => useDatabases(isWanted).data?.some(({ can_upload }) => can_upload) ?? false;
