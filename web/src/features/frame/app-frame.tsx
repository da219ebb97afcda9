// What surrounds every page of a signed-in person.
import { type ReactNode, useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { announcerId } from '../../lib/announce';
import { useSiteName, useUser } from '../../lib/session';
import { Wordmark } from '../../shared/brand';
import { msg, useI18n } from '../../shared/i18n';
import { IconDown, IconPerson, Menu, prepareMenus, prepareToasts, Toasts } from '../../ui';
import { useKeys } from './keys';
import { NewMenu } from './new-menu';
import { Palette } from './palette';
import { SkipLink } from './skip-link';
import { UnreachableBanner } from './unreachable-banner';
import styles from './app-frame.module.css';

const places = [
  { href: '/', label: msg('Home'), within: /^\/$/ },
  { href: '/collection/root', label: msg('Collections'), within: /^\/(collection|question|dashboard|trash)(\/|$)/ },
  { href: '/browse/databases', label: msg('Data'), within: /^\/(browse(?!\/search)|reference)\// },
  { href: '/admin/people', label: msg('Administration'), within: /^\/admin\//, forAdmins: true },
];

export function AppFrame({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  const siteName = useSiteName();
  const keys = useKeys();

  usePrepared();
  return (
    <>
      <SkipLink />
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link href="/" className={styles.home} aria-label={t('{site}, home', { site: siteName })}>
            <Wordmark name={siteName} />
          </Link>
          <MainNavigation />
          <Palette onKeys={keys.show} />
          <NewMenu />
          <UserMenu onKeys={keys.show} />
        </div>
      </header>
      <UnreachableBanner />
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <div id={announcerId} role="status" className={styles.announcer} />
      {keys.dialog}
      <Toasts />
    </>
  );
}

/** What opens on a press is fetched once the page is there: nobody waits for it, and it is there when the server is not. */
function usePrepared() {
  useEffect(() => {
    const timer = setTimeout(() => void Promise.allSettled([prepareMenus(), prepareToasts()]), 1_000);
    return () => clearTimeout(timer);
  }, []);
}

function MainNavigation() {
  const { t } = useI18n();
  const [address] = useLocation();
  const isAdmin = useUser().is_superuser;
  const shown = places.filter((place) => isAdmin || !place.forAdmins);

  return (
    <nav className={styles.nav} aria-label={t('Main')}>
      <ul className={styles.places}>
        {shown.map(({ href, label, within }) => (
          <li key={href}>
            <Link href={href} {...(within.test(address) && { 'aria-current': 'true' as const })}>
              {t(label)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function UserMenu({ onKeys }: { onKeys: () => void }) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const user = useUser();

  return (
    <Menu
      label={t('Account of {name}', { name: user.common_name })}
      actions={[
        { id: 'account', label: t('My account'), onAction: () => go('/account/profile') },
        { id: 'keys', label: t('Keys'), onAction: onKeys },
        { id: 'logout', label: t('Sign out'), onAction: () => go('/auth/logout') },
      ]}
    >
      <IconPerson />
      <span className={styles.userName}>{user.common_name}</span>
      <IconDown />
    </Menu>
  );
}
