// The signed-in person and the settings of the site: the only state that every page shares.
import { QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get } from '../api/client';
import { ApiError } from '../api/errors';
import type { CurrentUser, Properties } from '../api/types';
import { site } from './site';

export const sessionKeys = {
  user: ['current-user'] as const,
  properties: ['properties'] as const,
};

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // Asking again helps when the server was out of reach, not when it said no.
        retry: (count, error) => count < 2 && error instanceof ApiError && error.kind === 'unreachable',
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

export const useCurrentUser = () =>
  useQuery({
    queryKey: sessionKeys.user,
    queryFn: () => get<CurrentUser>('/api/user/current'),
    staleTime: 5 * 60_000,
  });

const properties = {
  queryKey: sessionKeys.properties,
  queryFn: () => get<Properties>('/api/session/properties'),
};

export const useProperties = (isWanted = true) => useQuery({ ...properties, enabled: isWanted });

/** The shell knows the name already; a change of it is seen without asking for it on each page. */
export const useSiteName = (): string =>
  useQuery({ ...properties, enabled: false }).data?.['site-name'] ?? site['site-name'];

/** The signed-in person, inside pages that are only shown to one. */
export function useUser(): CurrentUser {
  const user = useCurrentUser().data;

  if (!user) throw new Error('this page needs a signed-in person');
  return user;
}

/** Reads who is here now. Leaving reloads the page, so nothing of another person is ever in memory. */
export function useSessionChange(): () => Promise<void> {
  const client = useQueryClient();

  return async () => {
    await client.fetchQuery({
      queryKey: sessionKeys.user,
      queryFn: () => get<CurrentUser>('/api/user/current'),
      staleTime: 0,
    });
    await client.invalidateQueries({ queryKey: sessionKeys.properties });
  };
}

/** When any request finds that the session is over, asks again who is here: nobody, so the door opens. */
export function useSessionEnd(): void {
  const client = useQueryClient();

  useEffect(() => {
    const forget = (error: unknown) => {
      const isOver = error instanceof ApiError && error.kind === 'unauthenticated';
      if (isOver && client.getQueryData(sessionKeys.user)) void client.resetQueries({ queryKey: sessionKeys.user });
    };
    const stops = [
      client.getQueryCache().subscribe((event) => event.type === 'updated' && forget(event.query.state.error)),
      client.getMutationCache().subscribe((event) => event.type === 'updated' && forget(event.mutation.state.error)),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client]);
}
