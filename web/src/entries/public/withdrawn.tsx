// What a visitor reads when a public link leads nowhere (404), or nowhere any more (410), or a frame is refused (400).
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
  refused: {
    title: msg('This page cannot be shown'),
    text: msg('Load the page again. If that does not help, tell this to the site that shows it:'),
  },
};

/** The reason is in the words of who signs frames. */
export function Withdrawn({ kind, reason }: { kind: keyof typeof words; reason?: string }) {
  const { t } = useI18n();
  const { title, text } = words[kind];

  return (
    <main className={styles.page}>
      <Wordmark />
      <h1>{t(title)}</h1>
      <p>{t(text)}</p>
      {reason && (
        <p>
          <code>{reason}</code>
        </p>
      )}
    </main>
  );
}
