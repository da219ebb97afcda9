// One of many, in a list that opens. A long list can be searched.
import { type ReactNode, useContext } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { SearchField } from 'react-aria-components/SearchField';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import { useI18n } from '../shared/i18n';
import type { Choice } from './choice';
import { FieldError } from './field';
import { FieldChange } from './field-change';
import { IconDown } from './icons';
import field from './field.module.css';
import list from './list.module.css';

interface SelectProps {
  label: string;
  choices: Choice[];
  name?: string;
  hint?: ReactNode;
  value?: string | null;
  defaultValue?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  isSearchable?: boolean;
  onChange?: (id: string) => void;
}

export function Select({ label, choices, hint, isSearchable, onChange, ...props }: SelectProps) {
  const { t } = useI18n();
  const changed = useContext(FieldChange);

  function choose(id: string) {
    changed(props.name ?? '');
    onChange?.(id);
  }

  return (
    <AriaSelect {...props} className={field.field ?? ''} placeholder={t('Choose…')} onChange={(key) => choose(String(key))}>
      <Label className={field.label ?? ''}>{label}</Label>
      <Button className={field.trigger ?? ''}>
        <SelectValue className={field.chosen ?? ''} />
        <IconDown />
      </Button>
      {hint && (
        <Text slot="description" className={field.hint ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError />
      <Popover className={list.popover ?? ''}>
        {isSearchable ? <SearchableList choices={choices} /> : <PlainList choices={choices} />}
      </Popover>
    </AriaSelect>
  );
}

function PlainList({ choices }: { choices: Choice[] }) {
  return (
    <ListBox className={list.list ?? ''} items={choices}>
      {({ id, label }: Choice) => (
        <ListBoxItem id={id} textValue={label} className={list.item ?? ''}>
          {label}
        </ListBoxItem>
      )}
    </ListBox>
  );
}

function SearchableList({ choices }: { choices: Choice[] }) {
  const { t } = useI18n();
  const { contains } = useFilter({ sensitivity: 'base' });

  return (
    <Autocomplete filter={contains}>
      <SearchField aria-label={t('Search')} autoFocus className={list.search ?? ''}>
        <Input className={field.input ?? ''} placeholder={t('Search')} />
      </SearchField>
      <PlainList choices={choices} />
    </Autocomplete>
  );
}
