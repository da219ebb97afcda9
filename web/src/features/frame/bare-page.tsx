// A page without navigation, for those who are not signed in: one sheet, and the language.
import type { ReactNode } from 'react';
import { useLanguageSwitch } from '../../lib/language';
import { announcerId } from '../../lib/announce';
import { useSiteName } from '../../lib/session';
import { Wordmark } from '../../shared/brand';
import { type Locale, localeNames, useI18n } from '../../shared/i18n';
import { Button, Toasts } from '../../ui';
import { SkipLink } from './skip-link';
import frame from './app-frame.module.css';
import styles from './bare-page.module.css';

export function BarePage({ children }: { children: ReactNode }) {
  const { locale } = useI18n();
  const siteName = useSiteName();
  const change = useLanguageSwitch();
  const other: Locale = locale === 'fr' ? 'en' : 'fr';

  return (
    <div className={styles.page}>
      <SkipLink />
      <header className={styles.header}>
        <Wordmark name={siteName} />
        <Button look="quiet" onPress={() => change(other)}>
          <span lang={other}>{localeNames[other]}</span>
        </Button>
      </header>
      <main id="main" tabIndex={-1} className={styles.sheet}>
        {children}
      </main>
      <div id={announcerId} role="status" className={frame.announcer} />
      <Toasts />
    </div>
  );
}
