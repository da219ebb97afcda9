// What people say of tables and columns.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put, remove } from '../../../api/client';
import type { Field, Table, TableWithFields } from '../../../api/types';

export interface AdminField extends Field {
  coercion_strategy: string | null;
  visibility_type: string;
  has_field_values: string | null;
  settings: Record<string, unknown> | null;
  dimensions: { id: number; type: string; name: string; human_readable_field_id: number | null }[];
}

export interface AdminTable extends TableWithFields {
  field_order: string;
  /** It was made from a file. */
  is_upload: boolean;
  fields: AdminField[];
}

const tableKey = (id: number) => ['admin-table', id] as const;

export const useAdminTable = (id: number) =>
  useQuery({
    queryKey: tableKey(id),
    queryFn: () => get<AdminTable>(`/api/table/${id}/query_metadata`, { include_hidden_fields: true, include_sensitive_fields: true }),
    staleTime: 0,
  });

function useTableChange<Input>(id: number, mutationFn: (input: Input) => Promise<unknown>, onDone: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn,
    onSuccess: async () => {
      // Names are shown all over the app.
      await client.invalidateQueries({ queryKey: tableKey(id) });
      void client.invalidateQueries();
      onDone();
    },
  });
}

export const useSaveTable = (id: number, onDone: () => void) =>
  useTableChange(id, (change: Partial<Pick<Table, 'display_name' | 'description' | 'visibility_type' | 'public_source' | 'public_licence'>> & { field_order?: string }) => put(`/api/table/${id}`, change), onDone);

export const useFieldOrder = (id: number, onDone: () => void) =>
  useTableChange(id, (ids: number[]) => put(`/api/table/${id}/fields/order`, ids), onDone);

export const useTableWork = (id: number, onDone: () => void) =>
  useTableChange(id, (work: 'rescan_values' | 'discard_values') => post(`/api/table/${id}/${work}`), onDone);

export interface FieldChange {
  display_name: string;
  description: string | null;
  semantic_type: string | null;
  /** What the values are read as; only for columns that have a choice. */
  coercion_strategy?: string | null;
  visibility_type: string;
  has_field_values: string;
  /** Only for a key of another table. */
  fk_target_field_id?: number;
  settings: Record<string, unknown> | null;
}

/** How values are shown: as they are, as names given to codes, or by a column of the table that a key points to. */
export type Remapping = { kind: 'none' } | { kind: 'codes'; names: [value: unknown, name: string][] } | { kind: 'other'; field: number };

async function saveField(field: AdminField, change: FieldChange, remapping: Remapping) {
  await put(`/api/field/${field.id}`, change);
  if (remapping.kind === 'none' && field.dimensions.length) await remove(`/api/field/${field.id}/dimension`);
  if (remapping.kind === 'other') await post(`/api/field/${field.id}/dimension`, { type: 'external', name: change.display_name, human_readable_field_id: remapping.field });
  if (remapping.kind !== 'codes') return;
  await post(`/api/field/${field.id}/dimension`, { type: 'internal', name: change.display_name });
  await post(`/api/field/${field.id}/values`, { values: remapping.names });
}

export const useSaveField = (table: number, field: AdminField, onDone: () => void) =>
  useTableChange(table, ({ change, remapping }: { change: FieldChange; remapping: Remapping }) => saveField(field, change, remapping), onDone);

export const useKeptValues = (field: number) =>
  useQuery({ queryKey: ['field-values', field], queryFn: async () => (await get<{ values: unknown[][] }>(`/api/field/${field}/values`)).values });

/** Columns of the database that a key may point to, by the names of their tables. */
export const useKeys = (database: number, isWanted: boolean) =>
  useQuery({
    queryKey: ['keys', database],
    queryFn: () => get<(Field & { table: { display_name: string } })[]>(`/api/database/${database}/idfields`),
    enabled: isWanted,
  });
