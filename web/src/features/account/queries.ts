// One's own account.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, put } from '../../api/client';
import type { SignIn, User } from '../../api/types';
import { sessionKeys, useUser } from '../../lib/session';
import type { Theme } from '../../shared/theme';

export interface Profile {
  first_name: string | null;
  last_name: string | null;
  email: string;
  locale: string;
}

export function useSaveProfile(onSuccess: (profile: Profile) => void) {
  const client = useQueryClient();
  const { id } = useUser();

  return useMutation({
    mutationFn: (profile: Profile) => put<User>(`/api/user/${id}`, profile),
    onSuccess: async (_, profile) => {
      await client.invalidateQueries({ queryKey: sessionKeys.user });
      onSuccess(profile);
    },
  });
}

export function useSaveTheme() {
  const { id } = useUser();

  return useMutation({
    mutationFn: (theme: Theme) => put(`/api/user/${id}`, { theme: theme || 'auto' }),
  });
}

interface PasswordChange {
  old_password: string;
  password: string;
}

export function useChangePassword(onSuccess: () => void) {
  const { id } = useUser();

  return useMutation({
    mutationFn: (change: PasswordChange) => put(`/api/user/${id}/password`, change),
    onSuccess,
  });
}

export const useSignIns = () =>
  useQuery({
    queryKey: ['sign-ins'],
    queryFn: () => get<SignIn[]>('/api/login-history/current'),
  });
