// A list in groups, narrowed down while one types; choosing acts at once.
import type { KeyboardEvent } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { SearchField } from 'react-aria-components/SearchField';
import { useI18n } from '../shared/i18n';
import field from './field.module.css';
import list from './list.module.css';
import styles from './picker.module.css';

export interface PickerItem {
  id: string;
  label: string;
  detail?: string;
}

export interface PickerGroup {
  label: string;
  items: PickerItem[];
}

interface PickerProps {
  label: string;
  groups: PickerGroup[];
  /** What is typed, when the groups follow it by themselves; otherwise the list is narrowed down here. */
  search?: { text: string; onChange: (text: string) => void };
  onPick: (id: string) => void;
}

export function Picker({ label, groups, search, onPick }: PickerProps) {
  const { t } = useI18n();
  const { contains } = useFilter({ sensitivity: 'base' });
  const shown = groups.filter(({ items }) => items.length);

  /** What there is to choose may arrive while one types: Enter takes the first, unless the arrows chose another. */
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.key !== 'Enter' || (event.target as HTMLElement).getAttribute('aria-activedescendant')) return;
    const first = event.currentTarget.querySelector<HTMLElement>('[role=option]')?.dataset.key;
    if (first) onPick(first);
  }

  return (
    <div className={styles.picker} onKeyDownCapture={onKeyDown}>
      <Autocomplete {...(search ? { inputValue: search.text, onInputChange: search.onChange, disableAutoFocusFirst: true } : { filter: contains })}>
        <SearchField aria-label={t('Search')} autoFocus className={styles.search ?? ''}>
          <Input className={field.input ?? ''} placeholder={t('Search')} />
        </SearchField>
        {/* The arrows stay in the box above; whoever wants to scroll can stop here. */}
        <div className={styles.scroller} tabIndex={0}>
        <ListBox aria-label={label} className={styles.list ?? ''} onAction={(key) => onPick(String(key))} renderEmptyState={() => <p className={styles.none}>{t('Nothing fits.')}</p>}>
          {shown.map((group) => (
            <ListBoxSection key={group.label} id={group.label}>
              <Header className={styles.header ?? ''}>{group.label}</Header>
              {group.items.map(({ id, label: name, detail }) => (
                <ListBoxItem key={id} id={id} textValue={`${name} ${detail ?? ''}`} className={list.item ?? ''}>
                  <span>{name}</span>
                  {detail && <span className={styles.detail}>{detail}</span>}
                </ListBoxItem>
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
        </div>
      </Autocomplete>
    </div>
  );
}
