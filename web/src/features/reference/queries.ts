// The tables of a database, and the columns of a table.
import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/client';
import type { Database, DatabaseWithTables, TableWithFields } from '../../api/types';
import { databasesKey, isBeingRead } from '../../lib/databases';

export interface Dictionary extends Database {
  tables: TableWithFields[];
}

export interface QuestionOn {
  id: number;
  name: string;
  type: 'question' | 'model' | 'metric';
  description: string | null;
  collection: { name: string } | null;
}

export const useDatabase = (id: string) =>
  useQuery({
    queryKey: [...databasesKey, id],
    queryFn: () => get<DatabaseWithTables>(`/api/database/${id}/metadata`, { skip_fields: true }),
    refetchInterval: ({ state }) => (state.data && isBeingRead(state.data) ? 2_000 : false),
  });

/** The same with the columns of all tables: long, for who prints it. */
export const useDictionary = (id: string) =>
  useQuery({
    queryKey: [...databasesKey, id, 'dictionary'],
    queryFn: () => get<Dictionary>(`/api/database/${id}/metadata`),
  });

/** The questions that begin with a table, of those that the reader may see. */
export const useQuestionsOn = (tableId: string) =>
  useQuery({
    queryKey: ['tables', tableId, 'questions'],
    queryFn: () => get<QuestionOn[]>('/api/card', { f: 'table', model_id: tableId }),
  });

export const useTable = (id: string) =>
  useQuery({
    queryKey: ['tables', id],
    queryFn: () => get<TableWithFields>(`/api/table/${id}/query_metadata`),
  });
