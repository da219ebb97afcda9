// A screen on a wall opens an address: `#fullscreen` leaves the places to go away, `#theme=night` is dark, for as long as the
// dashboard is on it.
import { useEffect } from 'react';
import { applyTheme, currentTheme, themeOfWord } from '../../shared/theme';

export function useAddressLook(): void {
  useEffect(() => {
    const asked = new URLSearchParams(location.hash.slice(1));
    const { dataset } = document.documentElement;
    const before = currentTheme();
    const theme = themeOfWord(asked);

    if (asked.has('fullscreen') && asked.get('fullscreen') !== 'false') dataset.full = 'true';
    if (theme) applyTheme(theme);
    return () => {
      delete dataset.full;
      if (theme) applyTheme(before);
    };
  }, []);
}
