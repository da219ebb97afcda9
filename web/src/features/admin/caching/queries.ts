// How long answers may be shown again: for the site, a database, a dashboard, a question.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put, removeWith } from '../../../api/client';
import type { Strategy } from './strategies';

export type Model = 'root' | 'database' | 'dashboard' | 'question';

export interface Lifetime {
  model: Model;
  model_id: number;
  strategy: Strategy;
}

const lifetimesKey = ['lifetimes'] as const;
const models = ['root', 'database', 'dashboard', 'question'].map((model) => `model=${model}`).join('&');

export const useLifetimes = () =>
  useQuery({ queryKey: lifetimesKey, queryFn: async () => (await get<{ data: Lifetime[] }>(`/api/cache?${models}`)).data });

function useLifetimeChange<Input>(mutationFn: (input: Input) => Promise<unknown>, onDone: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: lifetimesKey });
      onDone();
    },
  });
}

/** Without a strategy, what is above decides. */
export const useSetLifetime = (onDone: () => void) =>
  useLifetimeChange(
    ({ model, model_id, strategy }: Omit<Lifetime, 'strategy'> & { strategy: Strategy | null }) =>
      strategy ? put('/api/cache', { model, model_id, strategy }) : removeWith('/api/cache', { model, model_id: [model_id] }),
    onDone,
  );

export const useForgetAnswers = (onDone: (count: number) => void) =>
  useMutation({ mutationFn: () => post<{ count: number }>('/api/cache/invalidate'), onSuccess: ({ count }) => onDone(count) });
