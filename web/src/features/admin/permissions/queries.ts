// Rights, as two graphs with a number each: who saves over somebody else's change is told.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put, remove } from '../../../api/client';
import type { Table, TableWithFields } from '../../../api/types';
import type { CollectionTree } from '../../../lib/question-types';
import type { DataGraph } from './model';

export interface Graph<Groups> {
  revision: number;
  groups: Groups;
}

export type CollectionGraph = Record<string, Record<string, string>>;

const paths = { data: '/api/permissions/graph', collection: '/api/collection/graph' };

type Kind = keyof typeof paths;

const graphKey = (kind: Kind) => ['rights', kind] as const;

function useGraph<Groups>(kind: Kind) {
  return useQuery({ queryKey: graphKey(kind), queryFn: () => get<Graph<Groups>>(paths[kind]), staleTime: 0 });
}

export const useDataGraph = () => useGraph<DataGraph>('data');
export const useCollectionGraph = () => useGraph<CollectionGraph>('collection');

export function useSaveGraph(kind: Kind, onSaved: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (graph: Graph<object>) => put(paths[kind], graph),
    // After a refusal too: what somebody else changed has to be seen.
    onSettled: () => client.invalidateQueries({ queryKey: graphKey(kind) }),
    onSuccess: onSaved,
  });
}

export const useTables = (database: number, isWanted: boolean) =>
  useQuery({
    queryKey: ['rights', 'tables', database],
    queryFn: async () => (await get<{ tables: Table[] }>(`/api/database/${database}`, { include: 'tables', include_hidden: true })).tables,
    enabled: isWanted,
  });

export const useSharedCollections = () =>
  useQuery({
    queryKey: ['rights', 'collections'],
    queryFn: () => get<CollectionTree[]>('/api/collection/tree', { 'exclude-archived': true, 'exclude-other-user-collections': true }),
  });

/* ------------------------------------------------------------------------------ rows and columns */

export interface RowRule {
  id: number;
  group_id: number;
  table_id: number;
  field_id: number;
  operator: string;
  user_attribute: string | null;
  value: unknown;
}

export interface ColumnRule {
  id: number;
  group_id: number;
  field_id: number;
}

const rulesKey = ['rules'] as const;

export const useRowRules = () => useQuery({ queryKey: [...rulesKey, 'rows'], queryFn: () => get<RowRule[]>('/api/vigie/row-filter') });
export const useColumnRules = () => useQuery({ queryKey: [...rulesKey, 'columns'], queryFn: () => get<ColumnRule[]>('/api/vigie/hidden-field') });

function useRuleChange<Input>(mutationFn: (input: Input) => Promise<unknown>, onDone: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: rulesKey });
      onDone();
    },
  });
}

export const useAddRowRule = (onDone: () => void) =>
  useRuleChange((rule: Omit<RowRule, 'id'>) => post('/api/vigie/row-filter', rule), onDone);

export const useRemoveRowRule = (onDone: () => void) =>
  useRuleChange((id: number) => remove(`/api/vigie/row-filter/${id}`), onDone);

export const useHideColumn = (onDone: () => void) =>
  useRuleChange((rule: Omit<ColumnRule, 'id'>) => post('/api/vigie/hidden-field', rule), onDone);

export const useShowColumn = (onDone: () => void) =>
  useRuleChange((id: number) => remove(`/api/vigie/hidden-field/${id}`), onDone);

export const useTableFields = (id: number | null) =>
  useQuery({ queryKey: ['rights', 'fields', id], queryFn: () => get<TableWithFields>(`/api/table/${id}/query_metadata`), enabled: id !== null });

/* ------------------------------------------------------------------------------------------ why */

export interface Explanation {
  may_read: boolean;
  may_write: boolean;
  reasons: string[];
}

export const useExplanation = (user: string | null, what: string | null) =>
  useQuery({
    queryKey: ['rights', 'why', user, what],
    queryFn: () => get<Explanation>('/api/vigie/access/explain', { user: user ?? '', what: what ?? '' }),
    enabled: user !== null && what !== null,
    staleTime: 0,
  });
