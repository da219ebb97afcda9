// What this browser remembers, whoever is signed in: its last language, and whether keys of one letter act.

const year = 365 * 24 * 60 * 60;

/** For the server, which writes the next page in it. Pages do not ask: the first look into the browser's storage makes them wait. */
export function saveLocale(base: string, locale: string): void {
  document.cookie = `vigie-locale=${locale}; path=${base}/; max-age=${year}; samesite=lax`;
}

// Keys of one letter, without Ctrl: whoever speaks to the computer, or presses keys by accident, turns them off.

const lettersKey = 'vigie.letters';

export function hasLetterKeys(): boolean {
  try {
    return localStorage.getItem(lettersKey) !== 'off';
  } catch {
    return true;
  }
}

export function saveLetterKeys(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(lettersKey);
    else localStorage.setItem(lettersKey, 'off');
  } catch {
    // A browser may refuse storage: the choice then lasts as long as the page.
  }
}
