// Choices of one person on one browser. A browser that refuses storage just forgets them.
import { isTheme, type Theme } from '../shared/theme';

const themeKey = 'vigie.theme';
const localeKey = 'vigie.locale';

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Private windows may refuse: the choice then lasts as long as the page.
  }
}

export function savedTheme(): Theme | null {
  const theme = read(themeKey);

  return isTheme(theme) ? theme : null;
}

export const saveTheme = (theme: Theme) => write(themeKey, theme);

export const savedLocale = () => read(localeKey);

export const saveLocale = (locale: string) => write(localeKey, locale);
