// The lookout in the crow's nest: a light above a basket on its mast, and the name.
import styles from './wordmark.module.css';

export function Wordmark({ name = 'vigie' }: { name?: string }) {
  return (
    <span className={styles.wordmark}>
      <svg className={styles.mark} viewBox="0 0 24 24" aria-hidden="true">
        <circle className={styles.light} cx="12" cy="4.2" r="2.9" />
        <path d="M2.8 9h18.4l-4 8a1.8 1.8 0 0 1-1.6 1H8.4a1.8 1.8 0 0 1-1.6-1z" />
        <path className={styles.mast} d="M12 18v4.6" />
      </svg>
      <span className={styles.name}>{name}</span>
    </span>
  );
}
