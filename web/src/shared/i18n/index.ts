export { type I18n, I18nContext, useI18n } from './context';
export { chooseLocale, loadCatalogue, localeNames } from './locale';
export { type Catalogue, type Locale, msg, type Translate, translator, type Values } from './translate';
