// A statement with the values that the server would bind, written into it: what one goes on with in SQL.

const places = /('(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`)|\$(\d+)|\?/g;

function written(value: unknown, hasBackslashes: boolean): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = String(value).replaceAll("'", "''");

  return `'${hasBackslashes ? text.replaceAll('\\', '\\\\') : text}'`;
}

/** Places are `$1` or `?`, but not within quotes. In MySQL and MariaDB a backslash means something in a text. */
export function withValues(sql: string, values: readonly unknown[] | null | undefined, engine: string): string {
  if (!values?.length) return sql;
  const hasBackslashes = engine === 'mysql' || engine === 'mariadb';
  let next = 0;

  return sql.replace(places, (whole, quoted: string | undefined, place: string | undefined) => {
    if (quoted !== undefined) return quoted;
    const at = place ? Number(place) - 1 : next++;
    return at < values.length ? written(values[at], hasBackslashes) : whole;
  });
}
