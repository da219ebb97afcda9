// Publishing and withdrawing.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post, put, remove } from '../../api/client';

export type Kind = 'card' | 'dashboard';

/** The page shows what is published: it is read again after each change. */
function useChange<Values, Result>(kind: Kind, id: number, act: (values: Values) => Promise<Result>) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: [kind === 'card' ? 'question' : 'dashboard', String(id)] }),
  });
}

export const usePublish = (kind: Kind, id: number) => useChange(kind, id, () => post<{ uuid: string }>(`/api/${kind}/${id}/public_link`));

export const useWithdraw = (kind: Kind, id: number) => useChange(kind, id, () => remove(`/api/${kind}/${id}/public_link`));

export interface Embedding {
  enable_embedding?: boolean;
  embedding_params?: Record<string, string>;
}

export const useEmbedding = (kind: Kind, id: number) => useChange(kind, id, (change: Embedding) => put(`/api/${kind}/${id}`, change));
