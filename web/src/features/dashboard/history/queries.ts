// Versions of a dashboard.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../../../api/client';
import type { Question } from '../../../lib/question-types';
import { dashboardKey } from '../queries';
import type { Side } from './differences';

export interface Revision {
  id: number;
  timestamp: string;
  is_creation: boolean;
  is_reversion: boolean;
  message: string | null;
  /** What the server says of it, in the reader's language. */
  description: string;
  user: { common_name: string } | null;
  diff: { before: Side | null; after: Side | null } | null;
}

const revisionsKey = (id: string) => ['revisions', id] as const;

export const useRevisions = (id: string) =>
  useQuery({ queryKey: revisionsKey(id), queryFn: () => get<Revision[]>(`/api/dashboard/${id}/revisions`), staleTime: 0 });

/** Names of questions, for cards that are known by their number. */
export const useQuestionNames = () =>
  useQuery({ queryKey: ['questions'], queryFn: () => get<Question[]>('/api/card'), select: (questions) => new Map(questions.map(({ id, name }) => [id, name])) });

export function useRevert(id: string, onDone: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (revision_id: number) => post(`/api/dashboard/${id}/revert`, { revision_id }),
    onSuccess: async () => {
      await Promise.all([revisionsKey(id), dashboardKey(id)].map((queryKey) => client.invalidateQueries({ queryKey })));
      onDone();
    },
  });
}
