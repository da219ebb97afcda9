// The settings of the site.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, put } from '../../../api/client';
import type { Setting } from '../../../api/types';
import { sessionKeys } from '../../../lib/session';

const settingsKey = ['settings'] as const;

export const useSettings = () =>
  useQuery({
    queryKey: settingsKey,
    queryFn: async () => {
      const settings = await get<Setting[]>('/api/setting');
      return new Map(settings.map((setting) => [setting.key, setting]));
    },
  });

/** The list hides values that the environment sets; each can be read by itself. */
export const useSettingValue = (setting: Setting | undefined) =>
  useQuery({
    queryKey: [...settingsKey, setting?.key],
    queryFn: () => get<unknown>(`/api/setting/${setting?.key}`),
    enabled: setting?.is_env_setting === true,
  });

export function useSaveSetting(key: string, onSaved: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (value: string | number | boolean | null) => put(`/api/setting/${key}`, { value }),
    onSuccess: async () => {
      const keys = [settingsKey, sessionKeys.properties];
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
      onSaved();
    },
  });
}
