// Questions whose answers can be the values of a filter, and their columns.
import { useQuery } from '@tanstack/react-query';
import { ask, get } from '../../api/client';
import type { Answer, Question } from '../../lib/question-types';
import type { Column } from '../../shared/data';

export const useSourceQuestions = (isWanted: boolean) => useQuery({ queryKey: ['questions'], queryFn: () => get<Question[]>('/api/card'), enabled: isWanted });

export const useSourceColumns = (card: Question | undefined) =>
  useQuery({
    queryKey: ['answer-columns', 'card', card?.id],
    queryFn: async (): Promise<Column[]> => {
      const query = { database: card?.database_id, type: 'query', query: { 'source-table': `card__${card?.id}` }, constraints: { 'max-results': 1 } };
      const { data, status } = await ask<Answer>(query);
      return status === 'completed' ? data.cols : [];
    },
    enabled: card !== undefined,
    staleTime: 5 * 60_000,
    retry: false,
  });
