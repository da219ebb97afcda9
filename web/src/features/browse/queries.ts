// Collections and what lies in them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put, remove } from '../../api/client';
import type { Collection, Item } from '../../lib/question-types';

type Id = string | number;

export const useCollection = (id: Id) => useQuery({ queryKey: ['collection', String(id)], queryFn: () => get<Collection>(`/api/collection/${id}`) });

export const useItems = (id: Id) =>
  useQuery({
    queryKey: ['items', String(id)],
    queryFn: async () => (await get<{ data: Item[] }>(`/api/collection/${id}/items`)).data,
  });

interface Published {
  model: 'card' | 'dashboard';
  id: number;
  public_uuid: string | null;
  enable_embedding: boolean;
}

/** What strangers can read, and how: only administrators are told, who alone can publish. */
export const usePublished = (isTold: boolean) => useQuery({ queryKey: ['published'], queryFn: () => get<Published[]>('/api/vigie/share'), enabled: isTold, staleTime: 0 });

const paths: Record<Item['model'], string> = { card: 'card', dataset: 'card', metric: 'card', dashboard: 'dashboard', collection: 'collection' };

export interface ItemChange {
  item: Pick<Item, 'id' | 'model'>;
  change: { archived?: boolean; collection_id?: number | null; parent_id?: number | null; collection_position?: number | null };
}

function useRefresh() {
  const client = useQueryClient();

  return () => Promise.all(['items', 'collection', 'questions', 'question', 'dashboard'].map((key) => client.invalidateQueries({ queryKey: [key] })));
}

export const useItemChange = () => {
  const refresh = useRefresh();

  return useMutation({ mutationFn: ({ item, change }: ItemChange) => put(`/api/${paths[item.model]}/${item.id}`, change), onSuccess: refresh });
};

/** One after the other: what fails stops the rest, and says why. */
export const useItemChanges = () => {
  const refresh = useRefresh();

  return useMutation({
    mutationFn: async (changes: ItemChange[]) => {
      for (const { item, change } of changes) await put(`/api/${paths[item.model]}/${item.id}`, change);
    },
    onSettled: refresh,
  });
};

export const useItemRemoval = () => {
  const refresh = useRefresh();

  return useMutation({ mutationFn: ({ id, model }: Pick<Item, 'id' | 'model'>) => remove(`/api/${paths[model]}/${id}`), onSuccess: refresh });
};

export const useCollectionSaving = () => {
  const refresh = useRefresh();

  return useMutation({
    mutationFn: ({ id, ...collection }: { id?: Id; name: string; description: string | null; parent_id: number | null }) =>
      id ? put<Collection>(`/api/collection/${id}`, collection) : post<Collection>('/api/collection', collection),
    onSuccess: refresh,
  });
};
