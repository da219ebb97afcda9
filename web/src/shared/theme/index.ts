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
