// How the site sends e-mail.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post, put, remove } from '../../../api/client';
import { sessionKeys } from '../../../lib/session';

export type EmailSettings = Record<string, string | number | null>;

function useEmailChange<Input>(mutationFn: (input: Input) => Promise<unknown>, onSuccess: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn,
    onSuccess: async () => {
      const keys = [['settings'], sessionKeys.properties];
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
      onSuccess();
    },
  });
}

export const useSaveEmail = (onSaved: () => void) =>
  useEmailChange((settings: EmailSettings) => put('/api/email', settings), onSaved);

export const useForgetEmail = (onForgotten: () => void) =>
  useEmailChange((_: void) => remove('/api/email'), onForgotten);

export const useTestEmail = () => useMutation({ mutationFn: () => post<{ ok: boolean }>('/api/email/test') });
