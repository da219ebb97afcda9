// Before a tab goes: what goes with it, and where its cards can go instead.
import { useState } from 'react';
import type { Dashcard } from '../../../lib/question-types';
import { titleOf } from '../../../shared/dashboard';
import { useI18n } from '../../../shared/i18n';
import { Button, Dialog, Select, Toolbar } from '../../../ui';
import { type EditState, withoutTab, withTabMoved } from './state';

const mostListed = 10;
const mostLetters = 60;

/** What a card is called: the title of its question, or the words that stand on it. */
export function nameOfCard({ card_id, card, visualization_settings: own }: Dashcard): string {
  const words = card_id === null ? String(own.text ?? (own.link as { url?: string } | undefined)?.url ?? own.iframe ?? '') : titleOf({ card: card ?? {}, visualization_settings: own } as Parameters<typeof titleOf>[0]);
  const line = words.replace(/[*_#`]/g, '').trim().split('\n')[0] ?? '';

  return line.length > mostLetters ? `${line.slice(0, mostLetters)}…` : line;
}

interface TabDialogProps {
  state: EditState;
  tab: number;
  cards: Dashcard[];
  onClose: () => void;
}

export function TabDialog({ state, tab, cards, onClose }: TabDialogProps) {
  const { t } = useI18n();
  const others = state.tabs.filter(({ id }) => id !== tab);
  const [target, setTarget] = useState(others[0]?.id ?? null);
  const names = cards.map(nameOfCard).filter(Boolean);
  const name = state.tabs.find(({ id }) => id === tab)?.name ?? '';

  return (
    <Dialog role="alertdialog" title={t('Remove the tab {name}?', { name })} onClose={onClose}>
      <p>{t('{count, plural, one {# card goes} other {# cards go}} with it. The questions themselves stay.', { count: cards.length })}</p>
      <ul>
        {names.slice(0, mostListed).map((one, index) => (
          <li key={index}>{one}</li>
        ))}
        {names.length > mostListed && <li>{t('and {count, plural, one {# other} other {# others}}', { count: names.length - mostListed })}</li>}
      </ul>
      {target !== null && <Select label={t('Keep the cards on the tab')} choices={others.map((one) => ({ id: String(one.id), label: one.name }))} value={String(target)} onChange={(id) => setTarget(Number(id))} />}
      <Toolbar>
        {target !== null && (
          <Button look="primary" autoFocus onPress={() => (state.set(withTabMoved(state, tab, target)), onClose())}>
            {t('Move the cards there')}
          </Button>
        )}
        <Button look="danger" onPress={() => (state.set(withoutTab(state, tab)), onClose())}>
          {t('Remove the tab with its cards')}
        </Button>
        <Button onPress={onClose}>{t('Cancel')}</Button>
      </Toolbar>
    </Dialog>
  );
}
