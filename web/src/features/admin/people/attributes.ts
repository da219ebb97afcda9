// Attributes of a person, one a line: `region = Bretagne`. Rules on rows compare with them.

export type Attributes = Record<string, string>;

export const attributesText = (attributes: Attributes | null | undefined): string =>
  Object.entries(attributes ?? {})
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n');

/** Lines without a name are left out. */
export function attributesFrom(text: string): Attributes {
  const pairs = text.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf('=');
    const name = (at < 0 ? line : line.slice(0, at)).trim();
    return name ? [[name, at < 0 ? '' : line.slice(at + 1).trim()]] : [];
  });

  return Object.fromEntries(pairs);
}
