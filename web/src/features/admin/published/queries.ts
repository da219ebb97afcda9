// Withdrawing what strangers can reach.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { put, remove } from '../../../api/client';
import { type Published, publishedKey } from '../../sharing';

/** The link and the frames: nobody outside sees it any more. */
export function useWithdrawAll(onDone: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: async ({ model, id, public_uuid, enable_embedding }: Published) => {
      if (public_uuid) await remove(`/api/${model}/${id}/public_link`);
      if (enable_embedding) await put(`/api/${model}/${id}`, { enable_embedding: false });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: publishedKey });
      onDone();
    },
  });
}
