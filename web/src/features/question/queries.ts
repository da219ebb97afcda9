// What the pages of questions ask the server.
import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, get, post, put } from '../../api/client';
import type { DatabaseWithTables } from '../../api/types';
import type { Answer, Parameter, Question, TableForQuestion } from '../../lib/question-types';
import type { Column, Settings } from '../../shared/data';
import type { DatasetQuery } from './model/query';

const tableForQuestion = (id: number) => ({
  queryKey: ['table-for-question', id],
  queryFn: () => get<TableForQuestion>(`/api/table/${id}/query_metadata`),
  staleTime: 5 * 60_000,
});

export const useTable = (id: number) => useQuery(tableForQuestion(id));

export const useTables = (ids: number[]) =>
  useQueries({
    queries: ids.map(tableForQuestion),
    combine: (results) => ({
      tables: new Map(results.flatMap(({ data }) => (data ? [[data.id, data] as const] : []))),
      isPending: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error)?.error ?? null,
    }),
  });

export const useDatabaseTables = (id: number | null) =>
  useQuery({
    queryKey: ['database-tables', id],
    queryFn: () => get<DatabaseWithTables>(`/api/database/${id}/metadata`),
    enabled: id !== null,
    staleTime: 5 * 60_000,
  });

export const questionKey = (id: number | string) => ['question', String(id)] as const;

export const useQuestion = (id: string | null) =>
  useQuery({
    queryKey: questionKey(id ?? ''),
    queryFn: () => get<Question>(`/api/card/${id}`),
    enabled: id !== null,
  });

export const useQuestions = () => useQuery({ queryKey: ['questions'], queryFn: () => get<Question[]>('/api/card') });

/** The columns that a question gives: its first row is enough to know them. */
export const columnsOfAnswer = (query: DatasetQuery | null) => ({
  queryKey: ['answer-columns', query],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Column[]> => {
    const { data, status } = await ask<Answer>({ ...query, constraints: { 'max-results': 1 } }, signal);
    return status === 'completed' ? data.cols : [];
  },
  enabled: query !== null,
  staleTime: 5 * 60_000,
  retry: false,
});

export const useAnswerColumns = (query: DatasetQuery | null) => useQuery(columnsOfAnswer(query));

export interface Run {
  query: DatasetQuery;
  parameters: (Parameter & { value?: unknown })[];
  /** Changes when the reader asks for the same again. */
  round: number;
}

/** The answer to a question. Leaving, changing it, or Cancel stops the work on the server too. */
export const useAnswer = (run: Run | null) =>
  useQuery({
    queryKey: ['answer', run],
    queryFn: ({ signal }) => ask<Answer>({ ...run?.query, ...(run?.parameters.length && { parameters: run.parameters }) }, signal),
    enabled: run !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });

export const useSql = (query: DatasetQuery | null, parameters: Run['parameters'] = []) =>
  useQuery({
    queryKey: ['native', query, parameters],
    queryFn: () => post<{ query: string; params?: unknown[] | null }>('/api/dataset/native', { ...query, ...(parameters.length && { parameters }) }),
    enabled: query !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

export interface Saving {
  id?: number;
  name?: string;
  description?: string | null;
  collection_id?: number | null;
  dataset_query?: DatasetQuery;
  display?: string;
  visualization_settings?: Settings;
  parameters?: Parameter[];
  type?: string;
  archived?: boolean;
  /** `updated_at` of what was read: refused when somebody saved meanwhile. */
  vigie_based_on?: string;
}

export function useSaving() {
  const client = useQueryClient();

  return useMutation({
    mutationFn: ({ id, ...card }: Saving) => (id ? put<Question>(`/api/card/${id}`, card) : post<Question>('/api/card', card)),
    onSuccess: (question) => {
      client.setQueryData(questionKey(question.id), question);
      return Promise.all(['questions', 'collection', 'items', 'recents'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
}
