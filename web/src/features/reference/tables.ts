// Sorting and finding tables, as pure functions.
import type { Table } from '../../api/types';
import { fold } from '../../lib/fold';

interface SchemaGroup {
  schema: string;
  tables: Table[];
}

export function tablesBySchema(tables: Table[], wanted: string): SchemaGroup[] {
  const words = fold(wanted);
  const found = tables.filter((table) => fold(`${table.display_name} ${table.name}`).includes(words));
  const schemas = [...new Set(found.map(({ schema }) => schema ?? ''))].sort();

  return schemas.map((schema) => ({
    schema,
    tables: found
      .filter((table) => (table.schema ?? '') === schema)
      .sort((a, b) => a.display_name.localeCompare(b.display_name)),
  }));
}
