// What one can make, from everywhere.
import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import { useCanUpload } from '../../lib/databases';
import { useI18n } from '../../shared/i18n';
import { IconPlus, Menu } from '../../ui';

const UploadDialog = lazy(async () => ({ default: (await import('../upload')).UploadDialog }));
const DetailsDialog = lazy(async () => ({ default: (await import('../dashboard')).DetailsDialog }));

export function NewMenu() {
  const { t } = useI18n();
  const [, go] = useLocation();
  const [making, make] = useState<'dashboard' | 'upload' | null>(null);
  // Asked when somebody looks: pages start without it.
  const [isLooking, look] = useState(false);
  const takesFiles = useCanUpload(isLooking);

  return (
    <>
      <Menu
        label={t('New')}
        onOpen={() => look(true)}
        actions={[
          { id: 'question', label: t('Question'), onAction: () => go('/question/new') },
          { id: 'sql', label: t('Question in SQL'), onAction: () => go('/question/new?sql') },
          { id: 'metric', label: t('Metric'), onAction: () => go('/question/new?metric') },
          { id: 'dashboard', label: t('Dashboard'), onAction: () => make('dashboard') },
          ...(takesFiles ? [{ id: 'upload', label: t('Table from a file'), onAction: () => make('upload') }] : []),
        ]}
      >
        <IconPlus />
      </Menu>
      {making && (
        <Suspense>
          {making === 'upload' ? <UploadDialog collection="root" onClose={() => make(null)} /> : <DetailsDialog onClose={() => make(null)} />}
        </Suspense>
      )}
    </>
  );
}
