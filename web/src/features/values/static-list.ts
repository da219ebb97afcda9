// A list of values as one writes it: one on each line, with a name behind a comma; quotes keep commas.

const mostLines = 1_000;

/** The parts of a line that stand between commas. */
function partsOf(line: string): string[] {
  const found = [...line.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)];

  return found.map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim()).slice(0, 2);
}

/** Numbers stay texts unless the filter compares numbers. */
export function readList(text: string, isNumeric: boolean): unknown[][] {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);

  return lines.slice(0, mostLines).flatMap((line): unknown[][] => {
    const [value = '', label = ''] = partsOf(line);
    const number = Number(value);
    const read = isNumeric ? number : value;
    if (!value || (isNumeric && !Number.isFinite(number))) return [];
    return [label && label !== value ? [read, label] : [read]];
  });
}

const quoted = (text: string): string => (/[,"]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The stored list holds values, or lists of a value and its name. */
export const writeList = (values: readonly unknown[]): string =>
  values.map((value) => (Array.isArray(value) ? value : [value]).slice(0, 2).map((part) => quoted(String(part ?? ''))).join(', ')).join('\n');
