// What lies in a collection, as a table with the acts that each item allows.
import { useState } from 'react';
import { Link } from 'wouter';
import { useBookmark } from '../../lib/bookmarks';
import { errorText } from '../../lib/error-text';
import type { Item } from '../../lib/question-types';
import { formatDate } from '../../shared/format';
import { useUser } from '../../lib/session';
import { useI18n } from '../../shared/i18n';
import { type Column, IconChart, IconDashboard, IconFolder, IconPin, IconTable, Menu, showToast, Table } from '../../ui';
import { addressOf, kindWords, reachWord } from './item-words';
import { MoveDialog } from './move-dialog';
import { SelectionBar } from './selection-bar';
import { useItemChange, usePublished } from './queries';
import styles from './browse.module.css';

const icons = { card: IconChart, dataset: IconTable, metric: IconChart, dashboard: IconDashboard, collection: IconFolder };

export function ItemTable({ caption, items }: { caption: string; items: Item[] }) {
  const { t, locale } = useI18n();
  const isAdmin = useUser().is_superuser;
  const published = usePublished(isAdmin).data;
  const [moving, move] = useState<Item | null>(null);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const chosen = items.filter((item) => ticked.has(keyOf(item)));
  const tick = (item: Item) => setTicked((before) => (before.has(keyOf(item)) ? new Set([...before].filter((key) => key !== keyOf(item))) : new Set([...before, keyOf(item)])));
  const columns: Column<Item>[] = [
    { label: t('Name'), cell: (item) => <ItemName item={item} isTicked={ticked.has(keyOf(item))} onTick={() => tick(item)} /> },
    { label: t('Kind'), cell: ({ model }) => t(kindWords[model]) },
    ...(isAdmin ? [{ label: t('Publication'), cell: (item: Item) => (published ? t(reachWord(item, published) ?? '') || null : null) }] : []),
    {
      label: t('Last change'),
      cell: ({ 'last-edit-info': edit }) => (edit?.timestamp ? `${formatDate(locale, edit.timestamp)}${edit.first_name ? `, ${edit.first_name}` : ''}` : null),
    },
    { label: t('Actions'), kind: 'actions', cell: (item) => (item.can_write === false ? null : <ItemMenu item={item} onMove={() => move(item)} />) },
  ];

  return (
    <>
      <Table caption={caption} columns={columns} rows={items} keyOf={keyOf} />
      <SelectionBar items={chosen} onClear={() => setTicked(new Set())} />
      {moving && <MoveDialog items={[moving]} onClose={() => move(null)} />}
    </>
  );
}

const keyOf = ({ model, id }: Item) => `${model}${id}`;

function ItemName({ item, isTicked, onTick }: { item: Item; isTicked: boolean; onTick: () => void }) {
  const { t } = useI18n();
  const Icon = icons[item.model];

  return (
    <span className={styles.name}>
      {item.can_write !== false && (
        <label className={styles.tick}>
          <input type="checkbox" checked={isTicked} onChange={onTick} aria-label={t('Choose {name}', { name: item.name })} />
        </label>
      )}
      <Icon />
      <Link href={addressOf(item)}>{item.name}</Link>
      {item.collection_position !== null && (
        <span className={styles.pin} title={t('Pinned')}>
          <IconPin />
        </span>
      )}
    </span>
  );
}

function ItemMenu({ item, onMove }: { item: Item; onMove: () => void }) {
  const { t } = useI18n();
  const changing = useItemChange();
  const bookmark = useBookmark(item.model === 'dashboard' || item.model === 'collection' ? item.model : 'card', item.id);
  const isPinned = item.collection_position !== null;
  const attempt = (change: Parameters<typeof changing.mutateAsync>[0]['change'], done: string, undo: typeof change) =>
    changing.mutateAsync({ item, change }).then(
      () => showToast(done, () => void changing.mutateAsync({ item, change: undo })),
      (error: unknown) => showToast(errorText(t, error)),
    );

  return (
    <Menu
      label={t('Actions for {name}', { name: item.name })}
      actions={[
        ...(item.model === 'collection'
          ? []
          : [
              {
                id: 'pin',
                label: isPinned ? t('Unpin') : t('Pin to the top'),
                onAction: () => void attempt({ collection_position: isPinned ? null : 1 }, isPinned ? t('Unpinned: {name}', { name: item.name }) : t('Pinned: {name}', { name: item.name }), { collection_position: isPinned ? (item.collection_position ?? 1) : null }),
              },
            ]),
        { id: 'bookmark', label: bookmark.isKept ? t('Take out of my bookmarks') : t('Add to my bookmarks'), onAction: bookmark.turn },
        { id: 'move', label: t('Move'), onAction: onMove },
        { id: 'trash', label: t('Move to the trash'), isDangerous: true, onAction: () => void attempt({ archived: true }, t('{name} is in the trash', { name: item.name }), { archived: false }) },
      ]}
    />
  );
}
