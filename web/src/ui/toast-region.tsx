// Where news are shown.
import {
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as AriaToastRegion,
} from 'react-aria-components';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Text } from 'react-aria-components/Text';
import { useI18n } from '../shared/i18n';
import { IconClose } from './icons';
import type { News } from './toast';
import styles from './toast.module.css';

const queue = new ToastQueue<News>({ maxVisibleToasts: 3 });

// Long enough to read, and to reach Undo with the keyboard: the clock stops while the toast has the focus.
const plainMilliseconds = 6_000;
const undoMilliseconds = 12_000;

export function addNews(news: News): void {
  queue.add(news, { timeout: news.undo ? undoMilliseconds : plainMilliseconds });
}

export function ToastRegion() {
  const { t } = useI18n();

  return (
    <AriaToastRegion queue={queue} className={styles.region ?? ''} aria-label={t('News')}>
      {({ toast }) => (
        <Toast toast={toast} className={styles.toast ?? ''}>
          <ToastContent className={styles.content ?? ''}>
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.undo && (
            <AriaButton
              className={styles.undo ?? ''}
              onPress={() => {
                toast.content.undo?.();
                queue.close(toast.key);
              }}
            >
              {t('Undo')}
            </AriaButton>
          )}
          <AriaButton slot="close" className={styles.close ?? ''} aria-label={t('Close')}>
            <IconClose />
          </AriaButton>
        </Toast>
      )}
    </AriaToastRegion>
  );
}
