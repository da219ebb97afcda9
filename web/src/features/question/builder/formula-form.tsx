// Writing a formula: completion while one types, and what is wrong, where it is wrong.
import { useRef, useState } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Button, TextArea, TextField } from '../../../ui';
import { functions } from '../formula/functions';
import { FormulaError, parseFormula } from '../formula/parse';
import { printFormula } from '../formula/print';
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
  const [name, setName] = useState(oldName);
  const [tried, setTried] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const read = readFormula(text, columns);
  const problem = 'error' in read ? t(read.error.message, { word: read.error.word }) : undefined;
  const place = 'error' in read && text ? ` (${t('at character {at}', { at: read.error.at + 1 })})` : '';

  function complete(word: string, from: number) {
    const at = area.current?.selectionStart ?? text.length;
    setText(text.slice(0, from) + word + text.slice(at));
    area.current?.focus();
  }

  function submit() {
    setTried(true);
    if (!('error' in read) && (name.trim() || !hasName)) onSubmit(read.clause, name.trim());
    else if ('error' in read) area.current?.setSelectionRange(read.error.at, read.error.at + Math.max(1, read.error.word.length));
  }

  return (
    <div className={styles.form}>
      <TextArea label={t('Formula')} isCode autoFocus rows={3} value={text} onChange={setText} inputRef={area} error={tried && problem ? problem + place : undefined} />
      <Suggestions text={text} columns={columns} isSummary={isSummary} caret={area.current?.selectionStart ?? text.length} onChoose={complete} />
      {hasName && <TextField label={t('Name')} isRequired value={name} onChange={setName} />}
      <Button look="primary" onPress={submit}>
        {submitLabel}
      </Button>
    </div>
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
  onChoose: (word: string, from: number) => void;
}

const mostSuggestions = 6;

function Suggestions({ text, columns, isSummary, caret, onChoose }: SuggestionsProps) {
  const { t } = useI18n();
  const before = text.slice(0, caret || text.length);
  const [, bracket, word = ''] = /(\[)?([\p{L}\p{N}_ ]*)$/u.exec(before) ?? [];
  const wanted = (bracket ? word : word.trimStart()).toLowerCase();
  const from = before.length - wanted.length - (bracket ? 1 : 0);
  const named = columns.filter(({ label }) => label.toLowerCase().includes(wanted)).map(({ label }) => ({ label, word: `[${label}]` }));
  const called = bracket ? [] : functions.filter((one) => (isSummary || !one.isSummary) && wanted && one.name.toLowerCase().startsWith(wanted)).map(({ name, hint }) => ({ label: hint, word: `${name}(` }));
  const shown = [...called, ...named].slice(0, mostSuggestions);

  return (
    <div className={styles.suggestions} role="group" aria-label={t('Suggestions')}>
      {shown.map(({ label, word: whole }) => (
        <button key={whole + label} type="button" onClick={() => onChoose(whole, from)}>
          {label}
        </button>
      ))}
    </div>
  );
}
