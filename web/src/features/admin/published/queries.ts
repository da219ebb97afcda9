// Everything that strangers can reach.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, put, remove } from '../../../api/client';

export interface Published {
  model: 'card' | 'dashboard';
  id: number;
  name: string;
  public_uuid: string | null;
  enable_embedding: boolean;
  expires_at: string | null;
  has_password: boolean;
  last_seen_at: string | null;
  /** The addresses of the sites that show it in a frame. */
  framed_by: string[];
}

const publishedKey = ['published'] as const;

export const usePublished = () => useQuery({ queryKey: publishedKey, queryFn: () => get<Published[]>('/api/vigie/share'), staleTime: 0 });

function usePublishedChange<Input>(mutationFn: (input: Input) => Promise<unknown>, onDone: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: publishedKey });
      onDone();
    },
  });
}

/** The link and the frames: nobody outside sees it any more. */
export const useWithdrawAll = (onDone: () => void) =>
  usePublishedChange(async ({ model, id, public_uuid, enable_embedding }: Published) => {
    if (public_uuid) await remove(`/api/${model}/${id}/public_link`);
    if (enable_embedding) await put(`/api/${model}/${id}`, { enable_embedding: false });
  }, onDone);

export interface Limits {
  expires_at?: string | null;
  password?: string | null;
}

export const useLimits = ({ model, id }: Pick<Published, 'model' | 'id'>, onDone: () => void) =>
  usePublishedChange((limits: Limits) => put(`/api/vigie/share/${model}/${id}`, limits), onDone);
