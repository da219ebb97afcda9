// What one can make, from everywhere.
import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import { useI18n } from '../../shared/i18n';
import { IconPlus, Menu } from '../../ui';

const DetailsDialog = lazy(async () => ({ default: (await import('../dashboard')).DetailsDialog }));

export function NewMenu() {
  const { t } = useI18n();
  const [, go] = useLocation();
  const [isMaking, make] = useState(false);

  return (
    <>
      <Menu
        label={t('New')}
        actions={[
          { id: 'question', label: t('Question'), onAction: () => go('/question/new') },
          { id: 'sql', label: t('Question in SQL'), onAction: () => go('/question/new?sql') },
          { id: 'dashboard', label: t('Dashboard'), onAction: () => make(true) },
        ]}
      >
        <IconPlus />
      </Menu>
      {isMaking && (
        <Suspense>
          <DetailsDialog onClose={() => make(false)} />
        </Suspense>
      )}
    </>
  );
}
