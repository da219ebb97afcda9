// What this browser remembers, whoever is signed in: its last language, and whether keys of one letter act.

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
    // As above.
  }
}
