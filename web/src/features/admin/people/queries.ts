// People, as administrators see them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put, remove } from '../../../api/client';
import type { User } from '../../../api/types';
import { sessionKeys } from '../../../lib/session';
import { groupsKey } from '../groups/queries';

const peopleKey = ['people'] as const;

export type PeopleStatus = 'active' | 'deactivated';

export const usePeople = (query: string, status: PeopleStatus) =>
  useQuery({
    queryKey: [...peopleKey, status, query],
    queryFn: async () => {
      const filter = { query, ...(status === 'deactivated' && { status }) };
      return (await get<{ data: User[] }>('/api/user', filter)).data;
    },
    // The list stays in sight while one types.
    placeholderData: (previous) => previous,
  });

export interface Person {
  email: string;
  first_name: string | null;
  last_name: string | null;
  user_group_memberships: { id: number }[];
  login_attributes: Record<string, string>;
}

/** What became of an invitation: sent by e-mail, or a link to hand over. */
export interface Invitation {
  email: string;
  url: string | null;
}

/** A change of people, after which their lists and those of the groups are read again. */
function usePeopleChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>, onSuccess: (answer: Answer) => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn,
    onSuccess: async (answer) => {
      const keys = [peopleKey, groupsKey, sessionKeys.user];
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
      onSuccess(answer);
    },
  });
}

export const useInvite = (onInvited: (invitation: Invitation) => void) =>
  usePeopleChange(
    (person: Person) => post<User & { invite_url?: string | null }>('/api/user', person),
    ({ email, invite_url }) => onInvited({ email, url: invite_url ?? null }),
  );

export const useInviteAgain = (onInvited: (invitation: Invitation) => void) =>
  usePeopleChange(
    async ({ id, email }: User): Promise<Invitation> => {
      const { url } = await post<{ sent: boolean; url: string | null }>(`/api/user/${id}/invite`);
      return { email, url };
    },
    onInvited,
  );

export const useSavePerson = (onSaved: (user: User) => void) =>
  usePeopleChange(
    ({ id, ...changes }: Partial<Person> & { id: number; is_superuser?: boolean }) => put<User>(`/api/user/${id}`, changes),
    onSaved,
  );

export const useDeactivate = (onDone: (user: User) => void) =>
  usePeopleChange(async (user: User) => {
    await remove(`/api/user/${user.id}`);
    return user;
  }, onDone);

export const useReactivate = (onDone: (user: User) => void) =>
  usePeopleChange((user: User) => put<User>(`/api/user/${user.id}/reactivate`), onDone);
