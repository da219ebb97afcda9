// The places of one part of the app, beside its pages; above them on a phone.
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { useI18n } from '../../shared/i18n';
import styles from './side-navigation.module.css';

interface SideNavigationProps {
  label: string;
  /** `also`: the pages that it leads to are there. */
  places: { href: string; label: string; also?: string }[];
  children: ReactNode;
}

export function SideNavigation({ label, places, children }: SideNavigationProps) {
  const { t } = useI18n();
  const [address] = useLocation();
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    // On a phone the row of places scrolls: the current one must be in sight.
    const current = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current && current) list.current.scrollLeft = current.offsetLeft - 24;
  }, [address]);

  return (
    <div className={styles.frame}>
      <nav className={styles.side} aria-label={t(label)}>
        <ul ref={list} className={styles.places}>
          {places.map((place) => (
            <li key={place.href}>
              <Link
                href={place.href}
                {...((isWithin(address, place.href) || (place.also && isWithin(address, place.also))) && { 'aria-current': 'page' as const })}
              >
                {t(place.label)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.content}>{children}</div>
    </div>
  );
}

const isWithin = (address: string, place: string) => address === place || address.startsWith(`${place}/`);
