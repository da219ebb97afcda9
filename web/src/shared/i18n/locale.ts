// Which of our languages to speak, and its sentences.
import type { Catalogue, Locale } from './translate';

export const localeNames: Record<Locale, string> = { en: 'English', fr: 'Français' };

/** The first wish that we can grant: `fr-CA` is French; English when nothing fits. */
export function chooseLocale(...wishes: (string | null | undefined)[]): Locale {
  const languages = wishes.map((wish) => wish?.toLowerCase().split(/[-_]/)[0]);

  return languages.find((language): language is Locale => language === 'fr' || language === 'en') ?? 'en';
}

export async function loadCatalogue(locale: Locale): Promise<Catalogue> {
  const { messages } =
    locale === 'fr' ? await import('../../locales/fr.po') : await import('../../locales/en.po');

  return messages;
}
