// Connects a database; the server tries the connection before it answers.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../../api/client';
import type { Database } from '../../api/types';
import { databasesKey } from '../../lib/databases';

interface NewConnection {
  name: string;
  engine: string;
  details: Record<string, unknown>;
}

export function useConnect(onConnected: (database: Database) => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (connection: NewConnection) => post<Database>('/api/database', connection),
    onSuccess: async (database) => {
      await client.invalidateQueries({ queryKey: databasesKey });
      onConnected(database);
    },
  });
}
