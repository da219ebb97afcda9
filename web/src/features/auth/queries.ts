// Signing in and out, and the links that open an account again.
import { useMutation, useQuery } from '@tanstack/react-query';
import { get, post, remove } from '../../api/client';
import { useSessionChange } from '../../lib/session';

interface Credentials {
  username: string;
  password: string;
  remember: boolean;
}

export function useLogin(onSuccess: () => void) {
  const changeSession = useSessionChange();

  return useMutation({
    mutationFn: async (credentials: Credentials) => {
      await post('/api/session', credentials);
      await changeSession();
    },
    onSuccess,
  });
}

export const useLogout = () => useMutation({ mutationFn: () => remove('/api/session') });

export const useForgotPassword = () =>
  useMutation({ mutationFn: (email: string) => post('/api/session/forgot_password', { email }) });

export const useResetLink = (token: string) =>
  useQuery({
    queryKey: ['reset-link', token],
    queryFn: () => get<{ valid: boolean }>('/api/session/password_reset_token_valid', { token }),
  });

export function useResetPassword(token: string, onSuccess: () => void) {
  const changeSession = useSessionChange();

  return useMutation({
    mutationFn: async (password: string) => {
      await post('/api/session/reset_password', { token, password });
      await changeSession();
    },
    onSuccess,
  });
}
