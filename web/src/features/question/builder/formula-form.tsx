// Writing a formula: completion while one types, and what is wrong, where it is wrong.
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Button, TextArea, TextField } from '../../../ui';
import { FormulaError, parseFormula } from '../formula/parse';
import { printFormula } from '../formula/print';
import { suggest } from '../formula/suggest';
import type { Choosable } from '../model/columns';
import styles from './builder.module.css';

interface FormulaFormProps {
  columns: readonly Choosable[];
  formula?: unknown;
  name?: string;
  /** A filter has no name, a column needs one. */
  hasName: boolean;
  isSummary?: boolean;
  submitLabel: string;
  onSubmit: (formula: unknown, name: string) => void;
}

export function FormulaForm({ columns, formula, name: oldName = '', hasName, isSummary = false, submitLabel, onSubmit }: FormulaFormProps) {
  const { t } = useI18n();
  const [text, setText] = useState(formula === undefined ? '' : printFormula(formula, columns));
  const [caret, setCaret] = useState(text.length);
  const [name, setName] = useState(oldName);
  const [tried, setTried] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const goTo = useRef<number | null>(null);
  const read = readFormula(text, columns);
  const error = 'error' in read && tried ? read.error : undefined;
  const place = error && text ? ` (${t('at character {at}', { at: error.at + 1 })})` : '';

  function complete(written: string, from: number) {
    setText(text.slice(0, from) + written + text.slice(caret));
    setCaret(from + written.length);
    goTo.current = from + written.length;
  }
  useLayoutEffect(() => {
    if (goTo.current === null) return;
    area.current?.focus();
    area.current?.setSelectionRange(goTo.current, goTo.current);
    goTo.current = null;
  }, [text]);
  const suggestions = useSuggestions({ text, columns, isSummary, caret, onChoose: complete });

  function submit() {
    setTried(true);
    if (!('error' in read) && (name.trim() || !hasName)) onSubmit(read.clause, name.trim());
    else if ('error' in read) area.current?.setSelectionRange(read.error.at, read.error.at + Math.max(1, read.error.word.length));
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    else if (event.target === area.current && !suggestions.onKey(event)) return;
    else if (event.target !== area.current) return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={styles.form} onKeyDownCapture={onKeyDown}>
      <div onSelect={() => setCaret(area.current?.selectionStart ?? text.length)} onBlur={() => text.trim() && setTried(true)}>
        <TextArea
          label={t('Formula')}
          isCode
          autoFocus
          rows={3}
          value={text}
          onChange={(next) => {
            setText(next);
            setCaret(area.current?.selectionStart ?? next.length);
          }}
          inputRef={area}
          error={error && t(error.message, { word: error.word }) + place}
        />
      </div>
      {error && text && <Mistake text={text} error={error} />}
      {suggestions.view}
      {hasName && <TextField label={t('Name')} isRequired value={name} onChange={setName} />}
      <Button look="primary" onPress={submit}>
        {submitLabel}
      </Button>
    </div>
  );
}

/** The formula with its mistake marked. */
function Mistake({ text, error: { at, word } }: { text: string; error: FormulaError }) {
  const end = at + Math.max(1, word.length);

  return (
    <code className={styles.mistake} aria-hidden="true">
      {text.slice(0, at)}
      <mark>{text.slice(at, end) || ' '}</mark>
      {text.slice(end)}
    </code>
  );
}

function readFormula(text: string, columns: readonly Choosable[]): { clause: unknown } | { error: FormulaError } {
  try {
    return { clause: parseFormula(text, columns) };
  } catch (error) {
    if (error instanceof FormulaError) return { error };
    throw error;
  }
}

interface SuggestionsProps {
  text: string;
  columns: readonly Choosable[];
  isSummary: boolean;
  caret: number;
  onChoose: (written: string, from: number) => void;
}

/** While a word is written, arrows choose, Enter takes what is chosen, Tab takes the first; Escape puts them away. */
function useSuggestions({ text, columns, isSummary, caret, onChoose }: SuggestionsProps) {
  const { t } = useI18n();
  const before = text.slice(0, caret);
  const { from, isWord, list } = suggest(before, columns, isSummary);
  const [state, setState] = useState({ before, at: -1, isAway: false });
  const { at, isAway } = state.before === before ? state : { at: -1, isAway: false };
  const isOpen = isWord && list.length > 0 && !isAway;
  const shown = isAway ? [] : list;

  function onKey({ key, shiftKey }: KeyboardEvent): boolean {
    const taken = list[key === 'Tab' && at < 0 && !shiftKey ? 0 : at];
    const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;

    if (!isOpen) return false;
    if (step && (step > 0 || at >= 0)) setState({ before, isAway, at: Math.min(list.length - 1, at + step) });
    else if ((key === 'Enter' || (key === 'Tab' && !shiftKey)) && taken) onChoose(taken.text, from);
    else if (key === 'Escape') setState({ before, at: -1, isAway: true });
    else return false;
    return true;
  }
  const view = (
    <div className={styles.suggestions} role="group" aria-label={t('Suggestions')}>
      {shown.map(({ label, text: written }, index) => (
        <button key={written + label} type="button" data-chosen={index === at || undefined} onMouseDown={(event) => event.preventDefault()} onClick={() => onChoose(written, from)}>
          {label}
        </button>
      ))}
      <span className={styles.heard} role="status">
        {isOpen && at >= 0 ? list[at]?.label : ''}
      </span>
      {isOpen && <span className={styles.soft}>{t('Tab takes the first, arrows choose.')}</span>}
    </div>
  );

  return { onKey, view };
}
