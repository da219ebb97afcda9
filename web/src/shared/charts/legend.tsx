// Which colour is what. A list, not a picture: it wraps, and can be read.
import { useI18n } from '../i18n';
import type { LegendEntry } from './ask';
import styles from './chart.module.css';

const inkOf = (ink: string) => ({ '--ink': ink }) as object;

/** Longer ones may not fit, and are scrolled, with the keys too. */
const mostAtOnce = 5;

export function Legend({ entries }: { entries: LegendEntry[] }) {
  const { t } = useI18n();

  return (
    <ul className={styles.legend} aria-label={t('Legend')} {...(entries.length > mostAtOnce && { tabIndex: 0 })}>
      {entries.map(({ label, ink, value, isDashed }, index) => (
        <li key={`${label}${index}`}>
          <span className={styles.swatch} style={inkOf(ink)} data-dashed={isDashed || undefined} />
          <span className={styles.legendName} title={label}>
            {label}
          </span>
          {value && <b>{value}</b>}
        </li>
      ))}
    </ul>
  );
}
