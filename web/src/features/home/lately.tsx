// What waits for one, what one keeps at hand, what was pinned for everyone, what one looked at last, what others look at
// and what the public reads.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { get } from '../../api/client';
import { useBookmarks } from '../../lib/bookmarks';
import type { Item } from '../../lib/question-types';
import { formatDateTime, formatNumber } from '../../shared/format';
import { useI18n } from '../../shared/i18n';
import { IconChart, IconDashboard, IconFolder, IconTable } from '../../ui';
import styles from './home-page.module.css';

interface Seen {
  id: number;
  model: string;
  name: string;
  /** What there is to know of it here. */
  note?: string;
}

const useRecents = () =>
  useQuery({ queryKey: ['recents'], queryFn: async () => (await get<{ recents: Seen[] }>('/api/activity/recents', { context: 'views' })).recents, retry: false });

interface Shelf extends Seen {
  at: string | null;
  /** Of what is published, in 30 days. */
  visits?: number;
}

const useShelves = () => useQuery({ queryKey: ['home'], queryFn: () => get<Record<'drafts' | 'failing' | 'published', Shelf[]>>('/api/vigie/home'), retry: false });

const usePopular = () =>
  useQuery({ queryKey: ['popular'], queryFn: async () => (await get<{ popular_items: Seen[] }>('/api/activity/popular_items')).popular_items, retry: false });

const usePinned = () =>
  useQuery({ queryKey: ['items', 'root'], queryFn: async () => (await get<{ data: Item[] }>('/api/collection/root/items')).data });

const places: Record<string, string> = { card: '/question', dataset: '/question', metric: '/question', dashboard: '/dashboard', collection: '/collection' };
const icons: Record<string, typeof IconTable> = { card: IconChart, dataset: IconTable, dashboard: IconDashboard, collection: IconFolder };
const mostShown = 8;

export function Lately() {
  const { t, locale } = useI18n();
  const { drafts = [], failing = [], published = [] } = useShelves().data ?? {};
  const noted = (items: Shelf[], note: (date: string) => string) => items.map(({ at, ...item }) => ({ ...item, note: at ? note(formatDateTime(locale, at)) : '' }));
  const visitNote = ({ at, visits = 0 }: Shelf) => {
    if (visits) return t('{count, plural, one {{number} visit} other {{number} visits}} in 30 days', { count: visits, number: formatNumber(locale, visits) });
    return at ? t('Last look on {date}', { date: formatDateTime(locale, at) }) : t('Nobody has looked yet');
  };
  const pinned = (usePinned().data ?? []).filter(({ collection_position }) => collection_position !== null);
  const recents = (useRecents().data ?? []).filter(({ model }) => places[model]);

  const kept = (useBookmarks().data ?? []).map(({ item_id, type, name }) => ({ id: item_id, model: type, name }));
  const isAbove = ({ id, model }: Seen) => [...kept, ...pinned, ...recents.slice(0, mostShown)].some((one) => one.id === id && one.model === model);
  const popular = (usePopular().data ?? []).filter((one) => places[one.model] && !isAbove(one));

  return (
    <>
      <Row title={t('Your questions that fail')} items={noted(failing, (date) => t('Failed on {date}', { date }))} />
      <Row title={t('Your drafts')} items={noted(drafts, (date) => t('Changed on {date}', { date }))} hash="#edit" />
      <Row title={t('Bookmarks')} items={kept} />
      <Row title={t('Pinned')} items={pinned} />
      <Row title={t('Seen lately')} items={recents} />
      <Row title={t('Looked at by many')} items={popular} />
      <Row title={t('Read by the public')} items={published.map((item) => ({ ...item, note: visitNote(item) }))} />
    </>
  );
}

function Row({ title, items, hash = '' }: { title: string; items: Seen[]; hash?: string }) {
  if (!items.length) return null;
  return (
    <section className={styles.lately} aria-label={title}>
      <h2>{title}</h2>
      <ul className={styles.items}>
        {items.slice(0, mostShown).map(({ id, model, name, note }) => {
          const Icon = icons[model] ?? IconChart;
          return (
            <li key={`${model}${id}`}>
              <Link href={`${places[model]}/${id}${hash}`}>
                <Icon />
                <span className={styles.words}>
                  <span>{name}</span>
                  {note && <span className={styles.text}>{note}</span>}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
