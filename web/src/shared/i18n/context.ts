// The language of the page, for components.
import { createContext, useContext } from 'react';
import { type Locale, type Translate, translator } from './translate';

export interface I18n {
  locale: Locale;
  t: Translate;
}

export const I18nContext = createContext<I18n>({ locale: 'en', t: translator('en', {}) });

export const useI18n = (): I18n => useContext(I18nContext);
