// Connects a database; the server tries the connection before it answers.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post, put } from '../../api/client';
import type { Database } from '../../api/types';
import { databasesKey } from '../../lib/databases';

interface NewConnection {
  name: string;
  engine: string;
  details: Record<string, unknown>;
}

/** With the id of a database, changes its connection. */
export function useConnect(onConnected: (database: Database) => void, id?: number) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (connection: NewConnection) => (id ? put<Database>(`/api/database/${id}`, connection) : post<Database>('/api/database', connection)),
    onSuccess: async (database) => {
      await client.invalidateQueries({ queryKey: databasesKey });
      onConnected(database);
    },
  });
}
