// Versions of a question or a dashboard.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../../api/client';
import type { Question } from '../../lib/question-types';
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

export type Entity = 'card' | 'dashboard';

/** What has versions: its name, and whether one may go back. */
export interface Kept {
  id: number;
  name: string;
  can_write: boolean;
}

const revisionsKey = (entity: Entity, id: string) => ['revisions', entity, id] as const;

/** Of one answer. */
const most = 100;

export const useRevisions = (entity: Entity, id: string) =>
  useInfiniteQuery({
    queryKey: revisionsKey(entity, id),
    queryFn: ({ pageParam }) => get<Revision[]>(`/api/revision/${entity}/${id}${pageParam ? `?before=${pageParam}` : ''}`),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.length < most ? undefined : page.at(-1)?.id),
    select: ({ pages }) => pages.flat(),
    staleTime: 0,
  });

export const useKept = (entity: Entity, id: string) =>
  useQuery({ queryKey: ['versions-of', entity, id], queryFn: () => get<Kept>(`/api/${entity}/${id}`) });

/** Names of questions, for cards that are known by their number. */
export const useQuestionNames = () =>
  useQuery({ queryKey: ['questions'], queryFn: () => get<Question[]>('/api/card'), select: (questions) => new Map(questions.map(({ id, name }) => [id, name])) });

export function useRevert(entity: Entity, id: string, onDone: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (revision_id: number) => post('/api/revision/revert', { entity, id: Number(id), revision_id }),
    onSuccess: async () => {
      const keys = [revisionsKey(entity, id), [entity === 'card' ? 'question' : 'dashboard', id], ['versions-of', entity, id], ['items']];
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
      onDone();
    },
  });
}
