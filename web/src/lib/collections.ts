// Collections: the folders where questions and dashboards are kept.
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import { useI18n } from '../shared/i18n';
import type { CollectionTree } from './question-types';

export const useCollectionTree = () =>
  useQuery({
    queryKey: ['collection', 'tree'],
    queryFn: () => get<CollectionTree[]>('/api/collection/tree', { 'exclude-archived': true }),
  });

interface Place {
  id: string;
  label: string;
}

const flat = (tree: CollectionTree[], depth: number): Place[] =>
  tree.flatMap(({ id, name, children }) => [{ id: String(id), label: `${'\u2003'.repeat(depth)}${name}` }, ...flat(children, depth + 1)]);

export function useCollectionChoices(): Place[] {
  const { t } = useI18n();

  return [{ id: 'root', label: t('Shared space') }, ...flat(useCollectionTree().data ?? [], 1)];
}
