// Publishing and withdrawing.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put, remove } from '../../api/client';
import type { Limits, SmallCells } from './limits';

export type Kind = 'card' | 'dashboard';

/** Something that strangers can reach. */
export interface Published {
  model: Kind;
  id: number;
  name: string;
  public_uuid: string | null;
  enable_embedding: boolean;
  expires_at: string | null;
  has_password: boolean;
  small_cells?: SmallCells | null;
  /** The only one that readers see. */
  tab_id?: number | null;
  last_seen_at: string | null;
  /** In the last 30 days. */
  visits: number;
  framed_by: Framed[];
}

/** A site that shows it in a frame: its origin, how often, when last. */
export interface Framed {
  origin: string;
  visits: number;
  last_day: string | null;
}

export const publishedKey = ['published'] as const;

export const usePublished = () => useQuery({ queryKey: publishedKey, queryFn: () => get<Published[]>('/api/vigie/share'), staleTime: 0 });

export function useLimits({ model, id }: Pick<Published, 'model' | 'id'>, onDone: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (limits: Limits) => put(`/api/vigie/share/${model}/${id}`, limits),
    onSuccess: async () => {
      await Promise.all([publishedKey, checkKey(model, id), ['share-preview', model, id]].map((queryKey) => client.invalidateQueries({ queryKey })));
      onDone();
    },
  });
}

export interface VisitsOfDays {
  visits: number;
  /** Whether they are, as the settings say. */
  is_counted: boolean;
  days: { day: string; visits: number }[];
  /** The newest first. */
  framed_by: Framed[];
}

export const useVisits = (kind: Kind, id: number) =>
  useQuery({ queryKey: ['share-visits', kind, id], queryFn: () => get<VisitsOfDays>(`/api/vigie/share/${kind}/${id}/visits`), staleTime: 0 });

/** Something to look at again, in both languages. */
export interface Finding {
  level: 'danger' | 'warning' | 'notice';
  kind: string;
  card_id: number | null;
  card_name: string | null;
  text: { en: string; fr: string };
  todo: { en: string; fr: string };
}

const checkKey = (kind: Kind, id: number) => ['share-check', kind, id] as const;

export const useCheck = (kind: Kind, id: number) =>
  useQuery({ queryKey: checkKey(kind, id), queryFn: () => get<{ findings: Finding[] }>(`/api/vigie/share/check/${kind}/${id}`), staleTime: 0 });

/** The page shows what is published: it is read again after each change. */
function useChange<Values, Result>(kind: Kind, id: number, act: (values: Values) => Promise<Result>) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: act,
    onSuccess: () => Promise.all([[kind === 'card' ? 'question' : 'dashboard', String(id)], publishedKey].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

export const usePublish = (kind: Kind, id: number) => useChange(kind, id, () => post<{ uuid: string }>(`/api/${kind}/${id}/public_link`));

export const useWithdraw = (kind: Kind, id: number) => useChange(kind, id, () => remove(`/api/${kind}/${id}/public_link`));

/** Which filters a preview shows, and what the site that frames it would set. */
export interface PreviewOf {
  embedding_params: Record<string, string>;
  params: Record<string, unknown>;
}

/** Its address opens for whoever asked for it, for an hour: it is asked for anew before. */
export const usePreview = (kind: Kind, id: number, of: PreviewOf) =>
  useQuery({
    queryKey: ['share-preview', kind, id, of],
    queryFn: () => post<{ path: string }>(`/api/vigie/share/preview/${kind}/${id}`, of),
    staleTime: 30 * 60_000,
    placeholderData: keepPreviousData,
  });

export interface Embedding {
  enable_embedding?: boolean;
  embedding_params?: Record<string, string>;
}

export const useEmbedding = (kind: Kind, id: number) => useChange(kind, id, (change: Embedding) => put(`/api/${kind}/${id}`, change));
