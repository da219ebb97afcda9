// What a visitor reads when a public link leads nowhere (404), or nowhere any more (410).
import { Wordmark } from '../../shared/brand';
import { msg, useI18n } from '../../shared/i18n';
import styles from './withdrawn.module.css';

const words = {
  missing: {
    title: msg('There is nothing at this address'),
    text: msg('The link may be incomplete. Copy it again, whole, from where you found it.'),
  },
  withdrawn: {
    title: msg('This page is no longer published'),
    text: msg('The team that published it has withdrawn it. Ask them if you still need these figures.'),
  },
};

export function Withdrawn({ kind }: { kind: keyof typeof words }) {
  const { t } = useI18n();
  const { title, text } = words[kind];

  return (
    <main className={styles.page}>
      <Wordmark />
      <h1>{t(title)}</h1>
      <p>{t(text)}</p>
    </main>
  );
}
