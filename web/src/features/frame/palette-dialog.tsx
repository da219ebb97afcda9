// What one can find from anywhere, and where one can go.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { get } from '../../api/client';
import { fold } from '../../lib/fold';
import { findSettings } from '../../lib/general-settings';
import { type PageAction, pageActions } from '../../lib/page-actions';
import { type Found, kinds, useSearch } from '../../lib/search';
import { useUser } from '../../lib/session';
import { useSettled } from '../../lib/use-settled';
import { msg, type Translate, useI18n } from '../../shared/i18n';
import { Dialog, Picker, type PickerGroup } from '../../ui';

interface Place {
  id: string;
  label: string;
  /** Other words that people use for it. */
  also: string;
}

/** The one place that is no page. */
const keysId = 'keys';

const actions: Place[] = [
  { id: '/question/new', label: msg('Ask a question'), also: msg('new query, chart, analysis') },
  { id: '/question/new?sql', label: msg('Question in SQL'), also: msg('native query, editor') },
  { id: '/question/new?metric', label: msg('New metric'), also: msg('indicator, key figure') },
  { id: '/', label: msg('Home'), also: msg('start, first page') },
  { id: '/collection/root', label: msg('Collections'), also: msg('folders, dashboards, reports') },
  { id: '/browse/databases', label: msg('Data'), also: msg('tables, columns, dictionary, schema') },
  { id: '/trash', label: msg('Trash'), also: msg('bin, deleted, archive') },
  { id: '/account/profile', label: msg('My account'), also: msg('profile, password, language, theme') },
  { id: keysId, label: msg('Keys'), also: msg('keyboard, shortcuts, help') },
];

const forAdmins: Place[] = [
  { id: '/admin/people', label: msg('People'), also: msg('users, accounts, invite') },
  { id: '/admin/groups', label: msg('Groups'), also: msg('teams, members') },
  { id: '/admin/permissions', label: msg('Rights'), also: msg('permissions, access, security') },
  { id: '/admin/databases', label: msg('Databases'), also: msg('connections, sources, sync') },
  { id: '/admin/published', label: msg('Published'), also: msg('public links, embedding, frames, shared') },
  { id: '/admin/caching', label: msg('Kept answers'), also: msg('cache, speed') },
  { id: '/admin/jobs', label: msg('Jobs'), also: msg('tasks, schedules, history') },
  { id: '/admin/settings', label: msg('Settings'), also: msg('options, configuration, preferences') },
  { id: '/admin/audit', label: msg('Activity'), also: msg('audit, who did what') },
  { id: '/admin/troubleshooting', label: msg('Troubleshooting'), also: msg('errors, logs, slow questions, support') },
];

/** By its name, or by another word for it, in the reader's language or in English. */
export const isMeant = (t: Translate, text: string, { label, also = '' }: { label: string; also?: string }): boolean => fold(`${t(label)} ${also && t(also)} ${also}`).includes(fold(text.trim()));

const shown = 12;
const mostSettings = 5;

interface PaletteDialogProps {
  /** Gives what was typed before the dialog was here; from then on letters are its own. */
  begun: () => string;
  onKeys: () => void;
  onClose: () => void;
}

export function PaletteDialog({ begun, onKeys, onClose }: PaletteDialogProps) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const [text, setText] = useState('');

  useEffect(() => setText(begun()), []);
  // Those of the page beneath, as they are when one looks.
  const [here] = useState(pageActions);
  const groups = useGroups(text, here);

  return (
    <Dialog title={t('Search')} onClose={onClose}>
      <Picker
        label={t('Search')}
        search={{ text, onChange: setText }}
        groups={groups}
        onPick={(id) => {
          onClose();
          const act = here.find((one) => ofPage + one.id === id);
          if (act) act.onAction();
          else if (id === keysId) onKeys();
          else go(id);
        }}
      />
    </Dialog>
  );
}

const ofPage = 'here ';

/** First what can be done on this page. Then, without a word, what one saw lately; with one, what the server finds, then the places of the app. */
function useGroups(text: string, here: readonly PageAction[]): PickerGroup[] {
  const { t } = useI18n();
  const isAdmin = useUser().is_superuser;
  const word = useSettled(text.trim());
  const found = useSearch({ q: word, limit: shown }, word !== '').data?.found ?? [];
  const recents = useQuery({ queryKey: ['recents'], queryFn: async () => (await get<{ recents: Found[] }>('/api/activity/recents', { context: 'views' })).recents, retry: false }).data ?? [];
  const item = (one: Found) => ({ id: kinds[one.model]?.address(one) ?? '/', label: one.name, detail: t(kinds[one.model]?.label ?? '') });
  const places = [...actions, ...(isAdmin ? forAdmins : [])].filter((place) => isMeant(t, text, place)).map(({ id, label }) => ({ id, label: t(label) }));
  const acts = { label: t('On this page'), items: here.filter(({ label }) => fold(label).includes(fold(text.trim()))).map(({ id, label }) => ({ id: ofPage + id, label })) };

  if (!text.trim()) return [acts, { label: t('Seen lately'), items: recents.filter(({ model }) => kinds[model]).slice(0, 6).map(item) }, { label: t('Go to'), items: places }];
  const settings = isAdmin ? findSettings(t, word).slice(0, mostSettings) : [];
  return [
    acts,
    { label: t('Found'), items: word ? found.map(item) : [] },
    { label: t('Go to'), items: places },
    { label: t('Settings'), items: settings.map(({ address, label, variable }) => ({ id: address, label, ...(variable && { detail: variable }) })) },
    { label: t('Search'), items: [{ id: `/browse/search?q=${encodeURIComponent(text.trim())}`, label: t('All results for “{text}”', { text: text.trim() }) }] },
  ];
}
