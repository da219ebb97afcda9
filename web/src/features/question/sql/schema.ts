// What the editor completes: tables and their columns, within their schemas when there are several.
import type { DatabaseWithTables } from '../../../api/types';

type TableLike = DatabaseWithTables['tables'][number] & { fields?: { name: string }[] };

export type Schema = Record<string, string[] | Record<string, string[]>>;

/** Tables of every schema are found by their name alone, and behind the name of their schema. */
export function schemaOf(tables: readonly TableLike[]): Schema {
  const columns = ({ fields = [] }: TableLike) => fields.map(({ name }) => name);
  const schemas = [...new Set(tables.flatMap(({ schema }) => schema ?? []))];
  const nested = schemas.map((schema) => [schema, Object.fromEntries(tables.filter((table) => table.schema === schema).map((table) => [table.name, columns(table)]))] as const);

  return { ...Object.fromEntries(tables.map((table) => [table.name, columns(table)])), ...Object.fromEntries(nested) };
}
