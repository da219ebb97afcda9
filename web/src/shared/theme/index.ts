// Light, dark, or what the system prefers. Colours live in src/themes; this file only says which.

export type Theme = 'light' | 'dark' | '';

export function toTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : '';
}

/** The server wrote the choice of a signed-in person into the page. */
export const currentTheme = (): Theme => toTheme(document.documentElement.dataset.theme);

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

const themeWords: Record<string, Theme> = { night: 'dark', dark: 'dark', light: 'light', transparent: 'light' };

/** What an address asks for behind its #: `theme=night`, or in older words `night`. */
export const themeOfWord = (asked: URLSearchParams): Theme => themeWords[asked.get('theme') ?? ''] ?? (asked.has('night') && asked.get('night') !== 'false' ? 'dark' : '');

/** The typefaces of the reader's own machine, which a frame may ask for: nothing is fetched from elsewhere. */
export const fonts: Record<string, string> = { 'system-ui': 'system-ui, sans-serif', 'sans-serif': 'sans-serif', serif: 'ui-serif, serif', monospace: 'ui-monospace, monospace' };

/** "": the site's own. */
export const fontOfWord = (word: string): string => Object.entries(fonts).find(([name]) => name === word.trim().toLowerCase())?.[1] ?? '';
