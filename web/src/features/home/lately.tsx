// What one keeps at hand, what was pinned for everyone, what one looked at last, and what others look at.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { get } from '../../api/client';
import { useBookmarks } from '../../lib/bookmarks';
import type { Item } from '../../lib/question-types';
import { useI18n } from '../../shared/i18n';
import { IconChart, IconDashboard, IconFolder, IconTable } from '../../ui';
import styles from './home-page.module.css';

interface Seen {
  id: number;
  model: string;
  name: string;
}

const useRecents = () =>
  useQuery({ queryKey: ['recents'], queryFn: async () => (await get<{ recents: Seen[] }>('/api/activity/recents', { context: 'views' })).recents, retry: false });

const usePopular = () =>
  useQuery({ queryKey: ['popular'], queryFn: async () => (await get<{ popular_items: Seen[] }>('/api/activity/popular_items')).popular_items, retry: false });

const usePinned = () =>
  useQuery({ queryKey: ['items', 'root'], queryFn: async () => (await get<{ data: Item[] }>('/api/collection/root/items')).data });

const places: Record<string, string> = { card: '/question', dataset: '/question', metric: '/question', dashboard: '/dashboard', collection: '/collection' };
const icons: Record<string, typeof IconTable> = { card: IconChart, dataset: IconTable, dashboard: IconDashboard, collection: IconFolder };
const mostShown = 8;

export function Lately() {
  const { t } = useI18n();
  const pinned = (usePinned().data ?? []).filter(({ collection_position }) => collection_position !== null);
  const recents = (useRecents().data ?? []).filter(({ model }) => places[model]);

  const kept = (useBookmarks().data ?? []).map(({ item_id, type, name }) => ({ id: item_id, model: type, name }));
  const isAbove = ({ id, model }: Seen) => [...kept, ...pinned, ...recents.slice(0, mostShown)].some((one) => one.id === id && one.model === model);
  const popular = (usePopular().data ?? []).filter((one) => places[one.model] && !isAbove(one));

  return (
    <>
      <Row title={t('Bookmarks')} items={kept} />
      <Row title={t('Pinned')} items={pinned} />
      <Row title={t('Seen lately')} items={recents} />
      <Row title={t('Looked at by many')} items={popular} />
    </>
  );
}

function Row({ title, items }: { title: string; items: Seen[] }) {
  if (!items.length) return null;
  return (
    <section className={styles.lately} aria-label={title}>
      <h2>{title}</h2>
      <ul className={styles.items}>
        {items.slice(0, mostShown).map(({ id, model, name }) => {
          const Icon = icons[model] ?? IconChart;
          return (
            <li key={`${model}${id}`}>
              <Link href={`${places[model]}/${id}`}>
                <Icon />
                <span>{name}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
