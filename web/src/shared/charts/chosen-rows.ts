// Slices, steps and series that settings put in an order, name, colour or leave out: one list each, as Metabase stores it.

export interface ChosenRow {
  key: string;
  name?: string;
  color?: unknown;
  isHidden: boolean;
}

export function chosenRows(value: unknown): ChosenRow[] {
  if (!Array.isArray(value)) return [];

  return (value as unknown[]).flatMap((row): ChosenRow[] => {
    const { key, name, originalName, color, enabled, hidden } = (row ?? {}) as Record<string, unknown>;
    if (typeof key !== 'string' && typeof key !== 'number' && typeof key !== 'boolean') return [];
    // A name that is the value itself is no choice: the value is written as others are.
    const isNamed = typeof name === 'string' && name !== '' && name !== originalName && name !== String(key);
    return [{ key: String(key), color, isHidden: enabled === false || hidden === true, ...(isNamed && { name }) }];
  });
}

/** In the order of the rows, without what they hide; what they do not know comes after. */
export function inChosenOrder<Item>(rows: readonly ChosenRow[], items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const known = new Set(rows.map(({ key }) => key));
  const listed = rows.flatMap(({ key, isHidden }) => (isHidden ? [] : items.filter((item) => keyOf(item) === key)));

  return [...listed, ...items.filter((item) => !known.has(keyOf(item)))];
}
