// The language that was last used on this browser, for when nobody is signed in.

const localeKey = 'vigie.locale';

export function savedLocale(): string | null {
  try {
    return localStorage.getItem(localeKey);
  } catch {
    return null;
  }
}

export function saveLocale(locale: string): void {
  try {
    localStorage.setItem(localeKey, locale);
  } catch {
    // A browser may refuse storage: the choice then lasts as long as the page.
  }
}
