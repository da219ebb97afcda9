// One or several values out of a list; typed when there is no list.
import { type MouseEvent, useEffect, useRef, useState } from 'react';
import { msg, useI18n } from '../i18n';
import { FilterField } from './field';
import type { WidgetProps } from './filter-bar';
import { TextWidget } from './text-widget';
import { asList, type Choices, takesList } from './types';
import styles from './filters.module.css';

const unitNames: Record<string, string> = {
  day: msg('Day'),
  week: msg('Week'),
  month: msg('Month'),
  quarter: msg('Quarter'),
  year: msg('Year'),
  hour: msg('Hour'),
};

export function ChoiceWidget(props: WidgetProps) {
  const { type, isMultiSelect } = props.parameter;
  const { t } = useI18n();
  const choices = useChoices(props, '');

  if (type === 'temporal-unit') {
    const units = props.parameter.temporal_units ?? Object.keys(unitNames).filter((unit) => unit !== 'hour');
    return <OneOf {...props} options={units.map((unit) => [unit, t(unitNames[unit] ?? unit)])} />;
  }
  if (type === 'boolean/=' || type === 'boolean') return <OneOf {...props} options={[['true', t('Yes')], ['false', t('No')]]} />;
  if (choices === undefined) return <OneOf {...props} options={asList(props.value).map((value) => [value, value])} />;
  if (!choices.values.length) return <TextWidget {...props} />;
  const options = choices.values.map(([value, label]): [string, string] => [String(value ?? ''), String(label ?? value ?? '')]);
  const isOne = isMultiSelect === false || !takesList(props.parameter);
  const isSearched = choices.has_more_values || props.parameter.values_query_type === 'search';
  return isOne && !isSearched ? <OneOf {...props} options={options} /> : <ManyOf {...props} options={options} hasMore={isSearched} isOne={isOne} />;
}

/** Undefined while they are on their way; an empty list when there are none to choose from. */
function useChoices({ parameter, loadChoices }: WidgetProps, search: string): Choices | undefined {
  const [choices, setChoices] = useState<Choices>();
  const load = useRef(loadChoices);
  load.current = loadChoices;

  useEffect(() => {
    let isCurrent = true;
    const none = { values: [], has_more_values: false };
    load.current(parameter, search).then((found) => isCurrent && setChoices(found), () => isCurrent && setChoices(none));
    return () => {
      isCurrent = false;
    };
  }, [parameter.id, search, loadChoices]);

  return choices;
}

/** A press on the words of a value would take the focus to the page, which closes the list before the press is over. */
function keepFocus(event: MouseEvent) {
  if (!(event.target as Element).closest('input')) event.preventDefault();
}

type Options = { options: [value: string, label: string][] };

function OneOf({ parameter, value, onChange, options }: WidgetProps & Options) {
  const { t } = useI18n();
  const give = (text: string) => (text === '' ? null : takesList(parameter) ? [text] : text);

  return (
    <FilterField parameter={parameter} value={value} onClear={() => onChange(null)}>
      {(id) => (
        <select id={id} className={styles.input} value={asList(value)[0] ?? ''} onChange={(event) => onChange(give(event.currentTarget.value))}>
          <option value="">{t('All')}</option>
          {options.map(([option, label]) => (
            <option key={option} value={option}>
              {label}
            </option>
          ))}
        </select>
      )}
    </FilterField>
  );
}

function ManyOf(props: WidgetProps & Options & { hasMore: boolean; isOne: boolean }) {
  const { parameter, value, onChange, options, hasMore, isOne } = props;
  const { t } = useI18n();
  const [search, setSearch] = useState('');
  const box = useRef<HTMLDetailsElement>(null);
  const found = useChoices(props, hasMore ? search : '')?.values.map(([one, label]): [string, string] => [String(one ?? ''), String(label ?? one ?? '')]) ?? options;
  const chosen = asList(value);
  const names = chosen.map((one) => [...options, ...found].find(([option]) => option === one)?.[1] || one).join(', ');
  const shown = found.filter(([, label]) => label.toLowerCase().includes(search.toLowerCase())).slice(0, 100);
  const close = () => box.current?.removeAttribute('open');
  const toggle = (option: string) => {
    const next = isOne ? [option] : chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option];
    onChange(next.length ? next : null);
  };

  return (
    <FilterField parameter={parameter} value={value} onClear={() => onChange(null)}>
      {(id) => (
        <details
          ref={box}
          className={styles.many}
          onKeyDown={(event) => event.key === 'Escape' && close()}
          onBlur={({ relatedTarget }) => !box.current?.contains(relatedTarget as Node | null) && close()}
        >
          <summary id={id} className={styles.input} aria-label={`${parameter.name}: ${names || t('All')}`}>
            {chosen.length > 2 ? t('{count, plural, one {# value} other {# values}}', { count: chosen.length }) : names || t('All')}
          </summary>
          <div className={styles.list} onMouseDown={keepFocus}>
            {(options.length > 8 || hasMore) && (
              <input type="search" className={styles.input} aria-label={t('Find a value')} placeholder={t('Find a value')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
            )}
            {shown.map(([option, label]) => (
              <label key={option} className={styles.tick}>
                <input type={isOne ? 'radio' : 'checkbox'} checked={chosen.includes(option)} onChange={() => toggle(option)} />
                {label || '—'}
              </label>
            ))}
          </div>
        </details>
      )}
    </FilterField>
  );
}
