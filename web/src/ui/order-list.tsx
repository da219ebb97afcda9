// A list whose order one chooses: by dragging, by the keyboard (Enter on the handle, the arrows, Enter), by pressing an arrow.
import { Button as AriaButton } from 'react-aria-components/Button';
import { GridList, GridListItem } from 'react-aria-components/GridList';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { useI18n } from '../shared/i18n';
import { Button } from './button';
import styles from './order-list.module.css';

interface OrderListProps {
  label: string;
  items: { id: string; label: string }[];
  /** The one with this id goes to this place, counted from 0. */
  onMove: (id: string, to: number) => void;
}

/** Where it stands at last: taken out first, then put before or after another one. */
export function placeOf(ids: string[], id: string, target: string, position: 'before' | 'after' | 'on'): number {
  const others = ids.filter((one) => one !== id);

  return others.indexOf(target) + (position === 'after' ? 1 : 0);
}

export function OrderList({ label, items, onMove }: OrderListProps) {
  const { t } = useI18n();
  const ids = items.map(({ id }) => id);
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': items.find(({ id }) => id === key)?.label ?? '' })),
    onReorder: ({ keys, target }) => {
      const [id] = [...keys].map(String);
      if (id !== undefined && id !== target.key) onMove(id, placeOf(ids, id, String(target.key), target.dropPosition));
    },
  });

  return (
    <GridList aria-label={label} className={styles.list ?? ''} items={items} dependencies={[ids.join()]} dragAndDropHooks={dragAndDropHooks}>
      {(item) => (
        <GridListItem id={item.id} textValue={item.label} className={styles.item ?? ''}>
          <AriaButton slot="drag" className={styles.handle ?? ''}>
            ⠿
          </AriaButton>
          <span className={styles.name}>{item.label}</span>
          {ids[0] !== item.id && (
            <Button look="quiet" label={t('Move up: {name}', { name: item.label })} onPress={() => onMove(item.id, ids.indexOf(item.id) - 1)}>
              ↑
            </Button>
          )}
        </GridListItem>
      )}
    </GridList>
  );
}
