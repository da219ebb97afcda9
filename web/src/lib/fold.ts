/** Text without case and accents, for finding "Élodie" with "elo". */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase().trim();
