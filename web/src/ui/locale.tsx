// Makes the words inside React Aria follow the language of the page.
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';

export function AriaLocale({ locale, children }: { locale: string; children: ReactNode }) {
  return <I18nProvider locale={locale === 'fr' ? 'fr-FR' : 'en-US'}>{children}</I18nProvider>;
}
