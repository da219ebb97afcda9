// Finding anything from anywhere: Ctrl or Cmd and K, or the button in the header.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { get } from '../../api/client';
import type { Table } from '../../api/types';
import type { Collection, Dashboard, Question } from '../../lib/question-types';
import { useUser } from '../../lib/session';
import { msg, useI18n } from '../../shared/i18n';
import { Button, Dialog, IconSearch, Picker } from '../../ui';

const actions = [
  { id: '/question/new', label: msg('Ask a question') },
  { id: '/question/new?sql', label: msg('Question in SQL') },
  { id: '/', label: msg('Home') },
  { id: '/collection/root', label: msg('Collections') },
  { id: '/browse/databases', label: msg('Data') },
  { id: '/trash', label: msg('Trash') },
  { id: '/account/profile', label: msg('My account') },
];

const forAdmins = [
  { id: '/admin/people', label: msg('People') },
  { id: '/admin/databases', label: msg('Databases') },
  { id: '/admin/settings', label: msg('Settings') },
];

export function Palette() {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  return (
    <>
      <Button look="quiet" label={t('Search')} onPress={() => setOpen(true)}>
        <IconSearch />
      </Button>
      {isOpen && <PaletteDialog onClose={() => setOpen(false)} />}
    </>
  );
}

const useList = <Found,>(key: string, path: string) => useQuery({ queryKey: [key], queryFn: () => get<Found[]>(path), retry: false }).data ?? [];

function PaletteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const isAdmin = useUser().is_superuser;
  const questions = useList<Question>('questions', '/api/card').filter(({ archived }) => !archived);
  const dashboards = useList<Dashboard>('dashboards', '/api/dashboard').filter(({ archived }) => !archived);
  const collections = useList<Collection>('collections', '/api/collection').filter(({ id, archived }) => typeof id === 'number' && !archived);
  const tables = useList<Table>('tables', '/api/table');
  const group = (label: string, list: { id: string; label: string }[]) => ({ label, items: list });

  return (
    <Dialog title={t('Search')} onClose={onClose}>
      <Picker
        label={t('Search')}
        groups={[
          group(t('Dashboards'), dashboards.map(({ id, name }) => ({ id: `/dashboard/${id}`, label: name }))),
          group(t('Questions'), questions.map(({ id, name }) => ({ id: `/question/${id}`, label: name }))),
          group(t('Collections'), collections.map(({ id, name }) => ({ id: `/collection/${id}`, label: name }))),
          group(t('Tables'), tables.map(({ id, db_id, display_name }) => ({ id: `/reference/databases/${db_id}/tables/${id}`, label: display_name }))),
          group(t('Go to'), [...actions, ...(isAdmin ? forAdmins : [])].map(({ id, label }) => ({ id, label: t(label) }))),
        ]}
        onPick={(address) => {
          onClose();
          go(address);
        }}
      />
    </Dialog>
  );
}
