// Names of tables and columns as one writes them in SQL, quoted where the database would read something else.

const plainHere: Record<string, RegExp> = { postgres: /^[a-z_][a-z0-9_]*$/, redshift: /^[a-z_][a-z0-9_]*$/, snowflake: /^[A-Z_][A-Z0-9_]*$/ };
const graves = new Set(['mysql', 'mariadb', 'clickhouse', 'bigquery', 'databricks', 'sparksql']);

export function writtenName(engine: string, name: string): string {
  if ((plainHere[engine] ?? /^[A-Za-z_]\w*$/).test(name)) return name;
  if (engine === 'sqlserver') return `[${name.replaceAll(']', ']]')}]`;

  return graves.has(engine) ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;
}

export const tableName = (engine: string, { schema, name }: { schema: string | null; name: string }): string =>
  [...(schema ? [schema] : []), name].map((part) => writtenName(engine, part)).join('.');

/** What `with name as (…)` names in a text: tables for the rest of it. */
export const namedParts = (sql: string): string[] => [...new Set([...sql.matchAll(/(?:\bwith\s+(?:recursive\s+)?|\)\s*,\s*)([\p{L}_][\p{L}\p{N}_]*)\s*(?:\([^()]*\)\s*)?as\s+(?:not\s+materialized\s+|materialized\s+)?\(/giu)].map(([, name]) => name as string))];
