// Where in the text a database found a mistake, from what it said.

export function mistakeIn(sql: string, message: string | undefined): number | undefined {
  if (!message) return undefined;
  const position = /\b(?:position|at character)\s+(\d+)/i.exec(message);
  if (position) return Number(position[1]) - 1;

  const line = /\bline\s+(\d+)(?:,?\s*(?:column|col)\s+(\d+))?/i.exec(message);
  if (line) return startOfLine(sql, Number(line[1])) + Math.max(0, Number(line[2] ?? 1) - 1);
  return wordIn(sql, message);
}

const startOfLine = (sql: string, line: number) =>
  sql.split('\n').slice(0, Math.max(0, line - 1)).reduce((length, text) => length + text.length + 1, 0);

/** No such table: X, near "X": the name itself says where, when it stands there once. */
function wordIn(sql: string, message: string): number | undefined {
  const named = /(?:no such (?:table|column|function)|unknown (?:table|column)):?\s+["'`]?([\w.]+)|near "([^"]+)"/i.exec(message);
  const word = named?.[1] ?? named?.[2];
  const at = word ? sql.toLowerCase().indexOf(word.toLowerCase()) : -1;

  return at >= 0 ? at : undefined;
}
