// What can be put on a dashboard.
import { useState } from 'react';
import type { Dashboard, Dashcard, Parameter } from '../../../lib/question-types';
import { msg, useI18n } from '../../../shared/i18n';
import { Button, IconPlus, later, Picker, Popover } from '../../../ui';
import { QuestionPicker } from './question-picker';
import { sections } from './sections';
import { slugOf } from './slug';
import { type EditState, withNewTab, withQuestion, withSection, withWords } from './state';
import { WordsForm } from './words-editor';
import styles from './edit.module.css';

const PhoneDialog = later(async () => (await import('./phone-dialog')).PhoneDialog, null);

interface AddBarProps {
  dashboard: Dashboard;
  state: EditState;
  /** Those of the tab. */
  cards: Dashcard[];
  tab: number | null;
  onTab: (tab: number) => void;
  /** A filter was added: its settings come next. */
  onFilter: (id: string) => void;
}

export function AddBar({ dashboard, state, cards, tab, onTab, onFilter }: AddBarProps) {
  const { t } = useI18n();
  const [isOnPhone, showPhone] = useState(false);
  const add = (words: string) => (
    <>
      <IconPlus />
      {words}
    </>
  );
  const words = (display: string, label: string) => (
    <Popover look="plain" label={label} trigger={add(label)}>
      {(close) => (
        <WordsForm
          display={display}
          settings={{}}
          onSubmit={(settings) => {
            state.set({ dashcards: withWords(state, tab, display, settings) });
            close();
          }}
        />
      )}
    </Popover>
  );

  return (
    <div className={styles.bar}>
      <Popover look="primary" label={t('Question')} trigger={add(t('Question'))}>
        {(close) => (
          <QuestionPicker
            onPick={(question) => {
              state.set({ dashcards: withQuestion(state, tab, question) });
              close();
            }}
          />
        )}
      </Popover>
      {words('heading', t('Heading'))}
      {words('text', t('Text'))}
      {words('link', t('Link'))}
      {words('iframe', t('Frame'))}
      <Popover look="plain" label={t('Section')} trigger={add(t('Section'))}>
        {(close) => (
          <Picker
            label={t('Ready layouts')}
            groups={[{ label: t('Ready layouts'), items: sections.map(({ id, label }) => ({ id, label: t(label) })) }]}
            onPick={(id) => {
              const section = sections.find((one) => one.id === id);
              if (section) state.set({ dashcards: withSection(state, tab, section, t('Title of the section')) });
              close();
            }}
          />
        )}
      </Popover>
      <Popover look="plain" label={t('Filter')} trigger={add(t('Filter'))}>
        {(close) => (
          <Picker
            label={t('Kinds of filters')}
            groups={[{ label: t('Kinds of filters'), items: filterKinds.map(({ type, label }) => ({ id: type, label: t(label) })) }]}
            onPick={(type) => {
              const kind = filterKinds.find((one) => one.type === type);
              const made = newParameter(state.parameters, type, t(kind?.name ?? msg('Filter')));
              state.set({ parameters: [...state.parameters, made] });
              close();
              onFilter(made.id);
            }}
          />
        )}
      </Popover>
      <Button
        look="quiet"
        onPress={() => {
          const { tab: next, ...change } = withNewTab(state, (number) => t('Tab {number}', { number }));
          state.set(change);
          onTab(next);
        }}
      >
        {add(t('Tab'))}
      </Button>
      {cards.length > 0 && (
        <Button look="quiet" onPress={() => showPhone(true)}>
          {t('Phone and reading order')}
        </Button>
      )}
      {isOnPhone && <PhoneDialog dashboard={dashboard} state={state} cards={cards} onClose={() => showPhone(false)} />}
    </div>
  );
}

const filterKinds = [
  { type: 'date/all-options', label: msg('Date: whatever period'), name: msg('Date') },
  { type: 'date/range', label: msg('Date: between two days'), name: msg('Date') },
  { type: 'date/single', label: msg('Date: one day'), name: msg('Date') },
  { type: 'date/relative', label: msg('Date: a period until today'), name: msg('Period') },
  { type: 'date/month-year', label: msg('Date: one month'), name: msg('Month') },
  { type: 'date/quarter-year', label: msg('Date: one quarter'), name: msg('Quarter') },
  { type: 'temporal-unit', label: msg('Grouping of dates'), name: msg('Grouping') },
  { type: 'string/=', label: msg('Text: is'), name: msg('Text') },
  { type: 'string/!=', label: msg('Text: is not'), name: msg('Text') },
  { type: 'string/contains', label: msg('Text: contains'), name: msg('Text') },
  { type: 'string/starts-with', label: msg('Text: starts with'), name: msg('Text') },
  { type: 'number/=', label: msg('Number: is'), name: msg('Number') },
  { type: 'number/between', label: msg('Number: between'), name: msg('Number') },
  { type: 'number/>=', label: msg('Number: at least'), name: msg('Number') },
  { type: 'number/<=', label: msg('Number: at most'), name: msg('Number') },
  { type: 'boolean/=', label: msg('Yes or no'), name: msg('Filter') },
  { type: 'id', label: msg('Key of a row'), name: msg('Key') },
  { type: 'location/=', label: msg('Place'), name: msg('Place') },
];

function newParameter(others: Parameter[], type: string, name: string): Parameter {
  const taken = others.filter((other) => other.name === name || other.name.startsWith(`${name} `)).length;
  const full = taken ? `${name} ${taken + 1}` : name;
  const id = Math.random().toString(16).slice(2, 10).padEnd(8, '0');

  return { id, name: full, slug: slugOf(full, others), type: type === 'location/=' ? 'string/=' : type, sectionId: type.startsWith('location') ? 'location' : (type.split('/')[0] ?? 'string') };
}
