// Keys that let programs in.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put, remove } from '../../../api/client';
import type { ApiKey } from '../../../api/types';

const keysKey = ['api-keys'] as const;

export const useKeys = () => useQuery({ queryKey: keysKey, queryFn: () => get<ApiKey[]>('/api/api-key') });

function useKeyChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>, onSuccess: (answer: Answer) => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn,
    onSuccess: async (answer) => {
      await client.invalidateQueries({ queryKey: keysKey });
      onSuccess(answer);
    },
  });
}

interface NewKey {
  name: string;
  group_id: number;
}

export const useCreateKey = (onCreated: (key: ApiKey) => void) =>
  useKeyChange((key: NewKey) => post<ApiKey>('/api/api-key', key), onCreated);

export const useRegenerateKey = (onDone: (key: ApiKey) => void) =>
  useKeyChange(({ id }: ApiKey) => put<ApiKey>(`/api/api-key/${id}/regenerate`), onDone);

export const useRevokeKey = (onDone: () => void) =>
  useKeyChange(({ id }: ApiKey) => remove(`/api/api-key/${id}`), onDone);
