// The language that the whole app speaks now, and how to change it without reloading.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { configureClient } from '../api/client';
import {
  type Catalogue,
  chooseLocale,
  I18nContext,
  loadCatalogue,
  type Locale,
  translator,
  useI18n,
} from '../shared/i18n';
import { saveLocale } from './preferences';
import { useCurrentUser } from './session';
import { site } from './site';

export interface Language {
  locale: Locale;
  catalogue: Catalogue;
}

export async function loadLanguage(locale: Locale): Promise<Language> {
  return { locale, catalogue: await loadCatalogue(locale) };
}

/** What the server chose for the page, else what the browser prefers. */
export const firstLocale = (): Locale => chooseLocale(document.documentElement.lang, ...navigator.languages);

const SwitchContext = createContext<(locale: Locale) => void>(() => {});

export const useLanguageSwitch = () => useContext(SwitchContext);

export function LanguageProvider({ first, children }: { first: Language; children: ReactNode }) {
  const [language, setLanguage] = useState(first);
  const { locale, catalogue } = language;
  const i18n = useMemo(() => ({ locale, t: translator(locale, catalogue) }), [locale, catalogue]);

  function change(next: Locale) {
    saveLocale(site.base, next);
    void loadLanguage(next).then(setLanguage);
  }

  useEffect(() => {
    document.documentElement.lang = locale;
    configureClient({ locale });
  }, [locale]);

  return (
    <SwitchContext.Provider value={change}>
      <I18nContext.Provider value={i18n}>{children}</I18nContext.Provider>
    </SwitchContext.Provider>
  );
}

/** A signed-in person's own language wins over what the page started with. */
export function useOwnLanguage(): void {
  const change = useLanguageSwitch();
  const { locale } = useI18n();
  const own = useCurrentUser().data?.locale;

  useEffect(() => {
    if (!own) return;
    if (chooseLocale(own) === locale) saveLocale(site.base, locale);
    else change(chooseLocale(own));
    // Only when the choice itself changes: `change` is new on each drawing.
  }, [own]);
}
