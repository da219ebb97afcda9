// The first stop of the Tab key: past the navigation, straight to the page.
import { useI18n } from '../../shared/i18n';
import styles from './skip-link.module.css';

export function SkipLink() {
  const { t } = useI18n();

  return (
    <a href="#main" className={styles.skip}>
      {t('Skip to the content')}
    </a>
  );
}
