// Removing databases, and bringing the sample back.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post, remove } from '../../../api/client';
import { databasesKey } from '../../../lib/databases';

function useDatabaseChange<Input>(mutationFn: (input: Input) => Promise<unknown>, onSuccess: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: databasesKey });
      onSuccess();
    },
  });
}

export const useRemoveDatabase = (onDone: () => void) =>
  useDatabaseChange((id: number) => remove(`/api/database/${id}`), onDone);

export const useRestoreSample = (onDone: () => void) =>
  useDatabaseChange((_: void) => post('/api/database/sample_database'), onDone);
