// Groups and who belongs to them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put, remove } from '../../../api/client';
import type { Group, GroupWithMembers } from '../../../api/types';

export const groupsKey = ['groups'] as const;

export const useGroups = () =>
  useQuery({ queryKey: groupsKey, queryFn: () => get<Group[]>('/api/permissions/group') });

export const useGroup = (id: number) =>
  useQuery({
    queryKey: [...groupsKey, id],
    queryFn: () => get<GroupWithMembers>(`/api/permissions/group/${id}`),
  });

function useGroupChange<Input>(mutationFn: (input: Input) => Promise<unknown>, onSuccess: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await Promise.all([groupsKey, ['people']].map((queryKey) => client.invalidateQueries({ queryKey })));
      onSuccess();
    },
  });
}

export const useCreateGroup = (onDone: () => void) =>
  useGroupChange((name: string) => post('/api/permissions/group', { name }), onDone);

export const useRenameGroup = (id: number, onDone: () => void) =>
  useGroupChange((name: string) => put(`/api/permissions/group/${id}`, { name }), onDone);

export const useDeleteGroup = (onDone: () => void) =>
  useGroupChange((id: number) => remove(`/api/permissions/group/${id}`), onDone);

export const useAddMember = (groupId: number, onDone: () => void) =>
  useGroupChange(
    (userId: number) => post('/api/permissions/membership', { group_id: groupId, user_id: userId }),
    onDone,
  );

export const useRemoveMember = (onDone: () => void) =>
  useGroupChange((membershipId: number) => remove(`/api/permissions/membership/${membershipId}`), onDone);
