// What one can find from anywhere, and where one can go.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { get } from '../../api/client';
import { fold } from '../../lib/fold';
import { findSettings } from '../../lib/general-settings';
import { type Found, kinds, useSearch } from '../../lib/search';
import { useUser } from '../../lib/session';
import { useSettled } from '../../lib/use-settled';
import { msg, useI18n } from '../../shared/i18n';
import { Dialog, Picker, type PickerGroup } from '../../ui';

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
  { id: '/admin/groups', label: msg('Groups') },
  { id: '/admin/permissions', label: msg('Rights') },
  { id: '/admin/databases', label: msg('Databases') },
  { id: '/admin/published', label: msg('Published') },
  { id: '/admin/caching', label: msg('Kept answers') },
  { id: '/admin/jobs', label: msg('Jobs') },
  { id: '/admin/settings', label: msg('Settings') },
  { id: '/admin/audit', label: msg('Activity') },
  { id: '/admin/troubleshooting', label: msg('Troubleshooting') },
];

const shown = 12;
const mostSettings = 5;

interface PaletteDialogProps {
  /** Gives what was typed before the dialog was here; from then on letters are its own. */
  begun: () => string;
  onClose: () => void;
}

export function PaletteDialog({ begun, onClose }: PaletteDialogProps) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const [text, setText] = useState('');

  useEffect(() => setText(begun()), []);
  const groups = useGroups(text);

  return (
    <Dialog title={t('Search')} onClose={onClose}>
      <Picker
        label={t('Search')}
        search={{ text, onChange: setText }}
        groups={groups}
        onPick={(address) => {
          onClose();
          go(address);
        }}
      />
    </Dialog>
  );
}

/** Without a word, what one saw lately; with one, what the server finds, then the places of the app. */
function useGroups(text: string): PickerGroup[] {
  const { t } = useI18n();
  const isAdmin = useUser().is_superuser;
  const word = useSettled(text.trim());
  const found = useSearch({ q: word, limit: shown }, word !== '').data?.found ?? [];
  const recents = useQuery({ queryKey: ['recents'], queryFn: async () => (await get<{ recents: Found[] }>('/api/activity/recents', { context: 'views' })).recents, retry: false }).data ?? [];
  const item = (one: Found) => ({ id: kinds[one.model]?.address(one) ?? '/', label: one.name, detail: t(kinds[one.model]?.label ?? '') });
  const places = [...actions, ...(isAdmin ? forAdmins : [])].map(({ id, label }) => ({ id, label: t(label) }));
  const fitting = places.filter(({ label }) => fold(label).includes(fold(text)));

  if (!text.trim()) return [{ label: t('Seen lately'), items: recents.filter(({ model }) => kinds[model]).slice(0, 6).map(item) }, { label: t('Go to'), items: places }];
  const settings = isAdmin ? findSettings(t, word).slice(0, mostSettings) : [];
  return [
    { label: t('Found'), items: word ? found.map(item) : [] },
    { label: t('Go to'), items: fitting },
    { label: t('Settings'), items: settings.map(({ address, label, variable }) => ({ id: address, label, ...(variable && { detail: variable }) })) },
    { label: t('Search'), items: [{ id: `/browse/search?q=${encodeURIComponent(text.trim())}`, label: t('All results for “{text}”', { text: text.trim() }) }] },
  ];
}
