// Light, dark, or what the system prefers. Colours live in src/themes; this file only says which.

export type Theme = 'light' | 'dark' | '';

export const isTheme = (value: unknown): value is Theme =>
  value === 'light' || value === 'dark' || value === '';

export const currentTheme = (): Theme => {
  const theme = document.documentElement.dataset.theme;

  return isTheme(theme) ? theme : '';
};

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}
