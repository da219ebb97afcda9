// Filters that are typed. Enter, or leaving the box, applies them.
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useI18n } from '../i18n';
import { FilterField } from './field';
import type { WidgetProps } from './filter-bar';
import { asList, takesList } from './types';
import styles from './filters.module.css';

/** A box that tells what was typed when it is done, not at each letter. */
export function useTyped(value: string, onDone: (text: string) => void) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const done = () => text !== value && onDone(text);

  return {
    value: text,
    onInput: (event: { currentTarget: HTMLInputElement }) => setText(event.currentTarget.value),
    onChange: () => {},
    onBlur: done,
    onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && done(),
  };
}

export function TextWidget({ parameter, value, onChange }: WidgetProps) {
  const { t } = useI18n();
  const isOne = parameter.isMultiSelect === false || !takesList(parameter);
  const typed = useTyped(asList(value).join('; '), (text) => {
    const list = (isOne ? [text] : text.split(';')).map((one) => one.trim()).filter(Boolean);
    onChange(list.length ? (takesList(parameter) ? list : list[0]) : null);
  });

  return (
    <FilterField parameter={parameter} value={value} onClear={() => onChange(null)}>
      {(id) => <input id={id} type="text" className={styles.input} {...(!isOne && { placeholder: t('Several: a; b') })} {...typed} />}
    </FilterField>
  );
}

export function NumberWidget(props: WidgetProps) {
  return props.parameter.type === 'number/between' ? <RangeWidget {...props} /> : <OneNumber {...props} />;
}

function OneNumber({ parameter, value, onChange }: WidgetProps) {
  const typed = useTyped(asList(value)[0] ?? '', (text) => {
    const number = Number(text.replace(',', '.'));
    onChange(text === '' || Number.isNaN(number) ? null : takesList(parameter) && parameter.type !== 'number' ? [number] : number);
  });

  return (
    <FilterField parameter={parameter} value={value} onClear={() => onChange(null)}>
      {(id) => <input id={id} type="text" inputMode="decimal" className={styles.input} {...typed} />}
    </FilterField>
  );
}

function RangeWidget({ parameter, value, onChange }: WidgetProps) {
  const { t } = useI18n();
  const [low = '', high = ''] = asList(value);
  const set = (from: string, to: string) => {
    const [a, b] = [Number(from.replace(',', '.')), Number(to.replace(',', '.'))];
    onChange(from !== '' && to !== '' && !Number.isNaN(a + b) ? [a, b] : from === '' && to === '' ? null : value);
  };
  const [from, to] = [useTyped(low, (text) => set(text, high || text)), useTyped(high, (text) => set(low || text, text))];

  return (
    <FilterField parameter={parameter} value={value} onClear={() => onChange(null)}>
      {(id) => (
        <>
          <input id={id} type="text" inputMode="decimal" placeholder={t('From')} className={styles.half} {...from} />
          <input type="text" inputMode="decimal" aria-label={`${parameter.name}: ${t('To')}`} placeholder={t('To')} className={styles.half} {...to} />
        </>
      )}
    </FilterField>
  );
}
