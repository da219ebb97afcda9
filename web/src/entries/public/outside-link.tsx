// A link that leaves the page.
import type { Settings } from '../../shared/data';
import { Sign } from '../../shared/sign';
import styles from './page.module.css';

function addressIn(settings: Settings): string | undefined {
  const link = settings.link as { url?: string } | undefined;
  const address = String(link?.url ?? '');

  return /^https?:\/\//i.test(address) ? address : undefined;
}

export function OutsideLink({ settings }: { settings: Settings }) {
  const address = addressIn(settings);

  if (!address) return null;
  return (
    <a className={styles.outside} href={address} target="_blank" rel="noopener noreferrer">
      {address.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')} <Sign name="away" />
    </a>
  );
}
