// Sorting and finding tables, as pure functions.
import type { Table } from '../../api/types';
import { fold } from '../../lib/fold';

interface SchemaGroup<Found> {
  schema: string;
  tables: Found[];
}

export function tablesBySchema<Found extends Table>(tables: Found[], wanted: string): SchemaGroup<Found>[] {
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
