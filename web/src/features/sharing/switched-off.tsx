// What the settings of the site do not allow, and, for who may change them, the way there.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useUser } from '../../lib/session';
import { useI18n } from '../../shared/i18n';
import { Notice } from '../../ui';

export function SwitchedOff({ setting, children }: { setting: string; children: ReactNode }) {
  const { t } = useI18n();
  const { is_superuser: isAdmin } = useUser();

  return (
    <Notice kind="warning">
      <p>{children}</p>
      {isAdmin && (
        <p>
          <Link href={`/admin/settings?setting=${setting}`}>{t('Open the settings')}</Link>
        </p>
      )}
    </Notice>
  );
}
