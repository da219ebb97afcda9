// Dashboards that the server makes up for something, and that nobody has kept yet.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, get, post } from '../../api/client';
import type { Answer, Dashboard, Dashcard, Question } from '../../lib/question-types';

export type MadeCard = Omit<Dashcard, 'card'> & { card: (Omit<Question, 'id'> & { id: null }) | null };

export type Made = Pick<Dashboard, 'name' | 'description' | 'parameters'> & { dashcards: MadeCard[] };

export const useXray = (path: string) =>
  useQuery({
    queryKey: ['xray', path],
    queryFn: () => get<Made>(`/api/automagic-dashboards/${path}`),
    staleTime: 5 * 60_000,
    retry: false,
  });

export const useMadeAnswer = ({ card }: MadeCard) =>
  useQuery({
    queryKey: ['answer', card?.dataset_query],
    queryFn: ({ signal }) => ask<Answer>(card?.dataset_query ?? {}, signal),
    enabled: card !== null,
    staleTime: 5 * 60_000,
    retry: false,
  });

export function useKeeping() {
  const client = useQueryClient();

  return useMutation({
    mutationFn: ({ name, description, parameters, dashcards }: Made) => post<{ id: number }>('/api/dashboard/save', { name, description, parameters, dashcards }),
    onSuccess: () => Promise.all(['items', 'dashboards', 'questions', 'collection', 'recents'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}
