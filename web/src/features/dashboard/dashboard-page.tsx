// A dashboard: read, or edited by those who may.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useBookmark } from '../../lib/bookmarks';
import { errorText } from '../../lib/error-text';
import { usePageActions } from '../../lib/page-actions';
import { printPage } from '../../lib/print-page';
import type { Dashboard } from '../../lib/question-types';
import { useUser } from '../../lib/session';
import { useDrawn } from '../../lib/use-drawn';
import { useVisits } from '../../lib/visits';
import { useWidePage } from '../../lib/wide-page';
import { formatDateTime } from '../../shared/format';
import { useI18n } from '../../shared/i18n';
import { Button, ButtonLink, EmptyState, IconEdit, IconShare, Loaded, Menu, Notice, PageHeader, showToast } from '../../ui';
import { ManagedLead } from '../frame';
import { DashboardView } from './dashboard-view';
import { useDraft } from './edit/drafts';
import { CopyDialog, DashboardEditor, DetailsDialog, RefreshDialog, SharePanel } from './parts';
import { dashboardKey, useDashboard, useDashboardSaving } from './queries';
import { useAddressLook } from './use-address-look';
import { useRefresh } from './use-refresh';
import styles from './dashboard.module.css';

export function DashboardPage({ id }: { id: string }) {
  const query = useDashboard(/^\d+/.exec(id)?.[0] ?? id);

  return <Loaded query={query}>{(dashboard) => <LoadedDashboard key={dashboard.id} dashboard={dashboard} />}</Loaded>;
}

function LoadedDashboard({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useI18n();
  const [isEditing, setEditing] = useState(location.hash === '#edit');
  const [round, setRound] = useState(0);
  const visits = useVisits();

  const [minutes, setMinutes] = useRefresh(() => setRound((count) => count + 1));

  useWidePage();
  useAddressLook();
  if (dashboard.archived) {
    return (
      <EmptyState title={t('This dashboard is in the trash')} action={<ButtonLink href="/trash">{t('Open the trash')}</ButtonLink>}>
        {dashboard.name}
      </EmptyState>
    );
  }
  if (isEditing && dashboard.can_write) return <DashboardEditor dashboard={dashboard} onClose={() => setEditing(false)} onReopen={() => setEditing(true)} />;
  return (
    <>
      <DashboardHeader dashboard={dashboard} minutes={minutes} onMinutes={setMinutes} onEdit={() => setEditing(true)} onRefresh={() => setRound((count) => count + 1)} />
      {dashboard.can_write && <DraftNotice id={dashboard.id} onEdit={() => setEditing(true)} />}
      <DashboardView key={`${dashboard.updated_at} ${visits}`} dashboard={dashboard} round={round} onEdit={() => setEditing(true)} />
    </>
  );
}

/** Editors see that somebody left changes that are not published. */
function DraftNotice({ id, onEdit }: { id: number; onEdit: () => void }) {
  const { t, locale } = useI18n();
  const draft = useDraft(id, useDrawn()).data;

  if (!draft?.version) return null;
  return (
    <div className={styles.notice}>
      <Notice>
        <p>
          {t('There is a draft that readers do not see: {name}, {date}.', { name: draft.editor?.common_name ?? '', date: draft.updated_at ? formatDateTime(locale, draft.updated_at) : '' })}{' '}
          <Button look="quiet" onPress={onEdit}>
            {t('Continue it')}
          </Button>
        </p>
      </Notice>
    </div>
  );
}

type Opened = 'share' | 'details' | 'copy' | 'refresh' | null;

interface HeaderProps {
  dashboard: Dashboard;
  /** How often it asks again by itself; 0 for never. */
  minutes: number;
  onMinutes: (minutes: number) => void;
  onEdit: () => void;
  onRefresh: () => void;
}

function DashboardHeader({ dashboard, minutes, onMinutes, onEdit, onRefresh }: HeaderProps) {
  const { t } = useI18n();
  const [opened, open] = useState<Opened>(null);
  const actions = useActions(dashboard, onRefresh, open);
  const isAdmin = useUser().is_superuser;
  const place = dashboard.collection_id ? `/collection/${dashboard.collection_id}` : '/collection/root';

  usePageActions([...(dashboard.can_write ? [{ id: 'edit', label: t('Edit'), onAction: onEdit }] : []), ...(isAdmin ? [{ id: 'share', label: t('Share'), onAction: () => open('share') }] : []), ...actions]);
  return (
    <>
      <PageHeader
        title={dashboard.name}
        lead={(dashboard.description || dashboard.is_remote_synced) && <ManagedLead isManaged={dashboard.is_remote_synced} description={dashboard.description} />}
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
      {opened === 'copy' && <CopyDialog dashboard={dashboard} onClose={() => open(null)} />}
      {opened === 'refresh' && <RefreshDialog minutes={minutes} onChange={onMinutes} onClose={() => open(null)} />}
    </>
  );
}

function useActions(dashboard: Dashboard, onRefresh: () => void, open: (opened: Opened) => void) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const client = useQueryClient();
  const saving = useDashboardSaving();
  const bookmark = useBookmark('dashboard', dashboard.id);

  async function attempt(act: () => Promise<void>) {
    try {
      await act();
    } catch (error) {
      showToast(errorText(t, error));
    }
  }
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
    { id: 'again', label: t('Ask again by itself…'), onAction: () => open('refresh') },
    { id: 'full', label: t('Full screen'), onAction: () => void document.documentElement.requestFullscreen?.() },
    { id: 'print', label: t('Print, or save as PDF'), onAction: printPage },
    { id: 'bookmark', label: bookmark.isKept ? t('Take out of my bookmarks') : t('Add to my bookmarks'), onAction: bookmark.turn },
    { id: 'copy', label: t('Duplicate'), onAction: () => open('copy') },
    { id: 'history', label: t('History'), onAction: () => go(`/dashboard/${dashboard.id}/history`) },
    ...(dashboard.can_write
      ? [
          { id: 'details', label: t('Name, description, place'), onAction: () => open('details') },
          { id: 'trash', label: t('Move to the trash'), isDangerous: true, onAction: () => void archive() },
        ]
      : []),
  ];
}
