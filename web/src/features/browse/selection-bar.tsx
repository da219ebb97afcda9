// What can be done with the items that are ticked.
import { useState } from 'react';
import { errorText } from '../../lib/error-text';
import type { Item } from '../../lib/question-types';
import { useI18n } from '../../shared/i18n';
import { Button, showToast } from '../../ui';
import { MoveDialog } from './move-dialog';
import { useItemChanges } from './queries';
import styles from './browse.module.css';

export function SelectionBar({ items, onClear }: { items: Item[]; onClear: () => void }) {
  const { t } = useI18n();
  const [isMoving, setMoving] = useState(false);
  const changing = useItemChanges();
  const count = items.length;
  const archive = (archived: boolean) => changing.mutateAsync(items.map((item) => ({ item, change: { archived } })));

  if (!count) return null;
  return (
    <div className={styles.selection}>
      <span role="status">{t('{count, plural, one {# item chosen} other {# items chosen}}', { count })}</span>
      <Button onPress={() => setMoving(true)}>{t('Move')}</Button>
      <Button
        look="danger"
        isPending={changing.isPending}
        onPress={() =>
          void archive(true).then(
            () => {
              onClear();
              showToast(t('{count, plural, one {# item is in the trash} other {# items are in the trash}}', { count }), () => void archive(false));
            },
            (error: unknown) => showToast(errorText(t, error)),
          )
        }
      >
        {t('Move to the trash')}
      </Button>
      <Button look="quiet" onPress={onClear}>
        {t('Choose none')}
      </Button>
      {isMoving && <MoveDialog items={items} onClose={() => setMoving(false)} onMoved={onClear} />}
    </div>
  );
}
