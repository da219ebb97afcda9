// What one keeps at hand.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, remove } from '../api/client';
import { useDrawn } from './use-drawn';

export interface Bookmark {
  item_id: number;
  type: 'card' | 'dashboard' | 'collection';
  name: string;
}

const bookmarksKey = ['bookmarks'] as const;

export const useBookmarks = (isWanted = true) => useQuery({ queryKey: bookmarksKey, queryFn: () => get<Bookmark[]>('/api/bookmark'), retry: false, enabled: isWanted });

/** Whether a thing is kept at hand, and how to change that. */
export function useBookmark(type: Bookmark['type'], id: number) {
  const client = useQueryClient();
  const isKept = (useBookmarks(useDrawn()).data ?? []).some((one) => one.type === type && one.item_id === id);
  const change = useMutation({
    mutationFn: () => (isKept ? remove(`/api/bookmark/${type}/${id}`) : post(`/api/bookmark/${type}/${id}`)),
    onSuccess: () => client.invalidateQueries({ queryKey: bookmarksKey }),
  });

  return { isKept, turn: () => change.mutate() };
}
