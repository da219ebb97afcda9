// Creates the first account, which administers the site.
import { useMutation } from '@tanstack/react-query';
import { post } from '../../api/client';
import { useSessionChange } from '../../lib/session';
import { site } from '../../lib/site';
import type { FormValues } from '../../ui';

interface FirstAccount {
  values: FormValues;
  locale: string;
}

export function useFirstAccount(onSuccess: () => void) {
  const changeSession = useSessionChange();

  return useMutation({
    mutationFn: async ({ values, locale }: FirstAccount) => {
      const { token, site_name, first_name, last_name, email, password } = values;

      await post('/api/setup', {
        token: site['setup-token'] ?? token,
        user: { email, password, first_name: first_name || null, last_name: last_name || null, site_name },
        prefs: { site_name, site_locale: locale, allow_tracking: false },
      });
      await changeSession();
    },
    onSuccess,
  });
}
