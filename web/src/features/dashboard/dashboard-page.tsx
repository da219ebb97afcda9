// A dashboard: read, or edited by those who may.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { errorText } from '../../lib/error-text';
import type { Dashboard } from '../../lib/question-types';
import { useUser } from '../../lib/session';
import { useWidePage } from '../../lib/wide-page';
import { useI18n } from '../../shared/i18n';
import { Button, ButtonLink, EmptyState, IconEdit, IconShare, Loaded, Menu, PageHeader, showToast } from '../../ui';
import { SharePanel } from '../sharing';
import { DashboardView } from './dashboard-view';
import { DetailsDialog } from './details-dialog';
import { DashboardEditor } from './edit/dashboard-editor';
import { copyDashboard, dashboardKey, useDashboard, useDashboardSaving } from './queries';

export function DashboardPage({ id }: { id: string }) {
  const query = useDashboard(/^\d+/.exec(id)?.[0] ?? id);

  return <Loaded query={query}>{(dashboard) => <LoadedDashboard key={dashboard.id} dashboard={dashboard} />}</Loaded>;
}

function LoadedDashboard({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useI18n();
  const [isEditing, setEditing] = useState(location.hash === '#edit');
  const [round, setRound] = useState(0);

  useWidePage();
  useRefresh(() => setRound((count) => count + 1));
  if (dashboard.archived) {
    return (
      <EmptyState title={t('This dashboard is in the trash')} action={<ButtonLink href="/trash">{t('Open the trash')}</ButtonLink>}>
        {dashboard.name}
      </EmptyState>
    );
  }
  if (isEditing && dashboard.can_write) return <DashboardEditor dashboard={dashboard} onClose={() => setEditing(false)} />;
  return (
    <>
      <DashboardHeader dashboard={dashboard} onEdit={() => setEditing(true)} onRefresh={() => setRound((count) => count + 1)} />
      <DashboardView key={dashboard.updated_at} dashboard={dashboard} round={round} onEdit={() => setEditing(true)} />
    </>
  );
}

const leastSeconds = 10;

/** `#refresh=60` in the address asks again every minute. */
function useRefresh(refresh: () => void): void {
  useEffect(() => {
    const seconds = Number(new URLSearchParams(location.hash.slice(1)).get('refresh'));
    if (!(seconds > 0)) return;
    const timer = setInterval(refresh, Math.max(leastSeconds, seconds) * 1_000);
    return () => clearInterval(timer);
  }, []);
}

type Opened = 'share' | 'details' | null;

function DashboardHeader({ dashboard, onEdit, onRefresh }: { dashboard: Dashboard; onEdit: () => void; onRefresh: () => void }) {
  const { t } = useI18n();
  const [opened, open] = useState<Opened>(null);
  const actions = useActions(dashboard, onRefresh, () => open('details'));
  const isAdmin = useUser().is_superuser;
  const place = dashboard.collection_id ? `/collection/${dashboard.collection_id}` : '/collection/root';

  return (
    <>
      <PageHeader
        title={dashboard.name}
        lead={dashboard.description ?? undefined}
        path={[{ label: dashboard.collection?.name ?? t('Shared space'), href: place }]}
        actions={
          <>
            {dashboard.can_write && (
              <Button onPress={onEdit}>
                <IconEdit />
                {t('Edit')}
              </Button>
            )}
            {isAdmin && (
              <Button onPress={() => open('share')}>
                <IconShare />
                {t('Share')}
              </Button>
            )}
            <Menu label={t('More actions')} actions={actions} />
          </>
        }
      />
      {opened === 'share' && <SharePanel kind="dashboard" item={dashboard} parameters={dashboard.parameters} onClose={() => open(null)} />}
      {opened === 'details' && <DetailsDialog dashboard={dashboard} onClose={() => open(null)} />}
    </>
  );
}

function useActions(dashboard: Dashboard, onRefresh: () => void, onDetails: () => void) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const client = useQueryClient();
  const saving = useDashboardSaving();

  async function attempt(act: () => Promise<void>) {
    try {
      await act();
    } catch (error) {
      showToast(errorText(t, error));
    }
  }
  const duplicate = () =>
    attempt(async () => {
      const copy = await copyDashboard(dashboard.id, t('{name}, a copy', { name: dashboard.name }));
      go(`/dashboard/${copy.id}`);
      showToast(t('This is the copy'));
    });
  const archive = () =>
    attempt(async () => {
      await saving.mutateAsync({ id: dashboard.id, archived: true });
      go(dashboard.collection_id ? `/collection/${dashboard.collection_id}` : '/collection/root');
      showToast(t('{name} is in the trash', { name: dashboard.name }), () =>
        void saving.mutateAsync({ id: dashboard.id, archived: false }).then(() => client.invalidateQueries({ queryKey: dashboardKey(dashboard.id) })),
      );
    });

  return [
    { id: 'refresh', label: t('Ask again'), onAction: onRefresh },
    { id: 'full', label: t('Full screen'), onAction: () => void document.documentElement.requestFullscreen?.() },
    { id: 'print', label: t('Print, or save as PDF'), onAction: () => print() },
    { id: 'copy', label: t('Duplicate'), onAction: () => void duplicate() },
    ...(dashboard.can_write
      ? [
          { id: 'details', label: t('Name, description, place'), onAction: onDetails },
          { id: 'trash', label: t('Move to the trash'), isDangerous: true, onAction: () => void archive() },
        ]
      : []),
  ];
}
