// How one chooses the values of a filter: out of a list, by searching, by typing; and where the list comes from.
import type { Parameter } from '../../lib/question-types';
import { columnOf, type Column } from '../../shared/data';
import { msg, useI18n } from '../../shared/i18n';
import { Notice, Select, TextArea } from '../../ui';
import { useState } from 'react';
import { useSourceColumns, useSourceQuestions } from './queries';
import { isNumeric, plainSource, sourceKind, type SourceKind, type ValueSource } from './source';
import { readList, writeList } from './static-list';

const ways = [
  { id: 'list', label: msg('Out of a list') },
  { id: 'search', label: msg('By searching for them') },
  { id: 'none', label: msg('By typing them') },
];

const sources: { id: SourceKind; label: string }[] = [
  { id: 'column', label: msg('What is in the column') },
  { id: 'static-list', label: msg('A list written here') },
  { id: 'card', label: msg('The answer of a question') },
];

interface ValueSourceFieldsProps {
  /** The kind of the filter: `string/=`. */
  type: string;
  source: ValueSource;
  /** Whether it acts on a column, which has values of its own. */
  hasColumn: boolean;
  onChange: (source: ValueSource) => void;
}

export function ValueSourceFields({ type, source, hasColumn, onChange: tell }: ValueSourceFieldsProps) {
  const { t } = useI18n();
  const onChange = (next: ValueSource) => tell(plainSource(next));
  const kind = sourceKind(source);
  const isUnsourced = kind === 'column' && !hasColumn;
  const way = isUnsourced ? 'none' : (source.values_query_type ?? 'list');
  const shown = sources.filter(({ id }) => id !== 'column' || hasColumn || kind === 'column');

  function takeWay(id: string) {
    const first: ValueSource = isUnsourced && id !== 'none' ? { values_source_type: 'static-list', values_source_config: { values: [] } } : {};
    onChange({ ...source, ...first, values_query_type: id });
  }

  return (
    <>
      <Select label={t('How one chooses the values')} choices={ways.map(({ id, label }) => ({ id, label: t(label) }))} value={way} onChange={takeWay} />
      {way !== 'none' && (
        <Select
          label={t('Where the values come from')}
          choices={shown.map(({ id, label }) => ({ id, label: t(label) }))}
          value={kind}
          onChange={(id) => onChange({ ...source, values_source_type: id === 'column' ? null : id, values_source_config: id === 'static-list' ? { values: [] } : {} })}
        />
      )}
      {way !== 'none' && kind === 'static-list' && <StaticList type={type} source={source} onChange={onChange} />}
      {way !== 'none' && kind === 'card' && <CardSource source={source} onChange={onChange} />}
    </>
  );
}

type PartProps = Pick<ValueSourceFieldsProps, 'source' | 'onChange'>;

function StaticList({ type, source, onChange }: PartProps & { type: string }) {
  const { t } = useI18n();
  const [text, setText] = useState(() => writeList(source.values_source_config?.values ?? []));

  return (
    <TextArea
      label={t('Values')}
      rows={5}
      value={text}
      hint={t('One on each line. A name to show stands behind a comma: FR, France. A value with a comma stands in double quotes.')}
      onChange={(written) => {
        setText(written);
        onChange({ ...source, values_source_config: { values: readList(written, isNumeric(type)) } });
      }}
    />
  );
}

const refOf = ({ name, base_type }: Column): unknown => ['field', name, { 'base-type': base_type }];

const nameIn = (columns: readonly Column[], ref: unknown): string | null => (Array.isArray(ref) ? (columns.find(({ name, id }) => name === ref[1] || (id !== null && id === ref[1]))?.name ?? null) : null);

const same = 'same';

function CardSource({ source, onChange }: PartProps) {
  const { t } = useI18n();
  const config: NonNullable<Parameter['values_source_config']> = source.values_source_config ?? {};
  const questions = (useSourceQuestions(true).data ?? []).filter(({ archived }) => !archived);
  const card = questions.find(({ id }) => id === config.card_id);
  const { data: columns = [], isSuccess } = useSourceColumns(card);
  const choices = columns.map(({ name, display_name }) => ({ id: name, label: display_name }));
  const set = (key: 'value_field' | 'label_field', name: string) => {
    const column = columns[columnOf(columns, name)];
    const { label_field: _, ...others } = config;
    if (column) onChange({ ...source, values_source_config: { ...config, [key]: refOf(column) } });
    else if (key === 'label_field') onChange({ ...source, values_source_config: others });
  };

  return (
    <>
      <Select
        label={t('Question')}
        isSearchable={questions.length > 8}
        choices={questions.map(({ id, name }) => ({ id: String(id), label: name }))}
        value={card ? String(card.id) : null}
        onChange={(id) => onChange({ ...source, values_source_config: { card_id: Number(id) } })}
      />
      {config.card_id !== undefined && !card && questions.length > 0 && <Notice kind="warning">{t('That question is gone, or you may not read it.')}</Notice>}
      {card && isSuccess && !columns.length && <Notice kind="warning">{t('The saved question has no answer now: its columns are not known.')}</Notice>}
      {choices.length > 0 && (
        <>
          <Select label={t('Column of the values')} choices={choices} value={nameIn(columns, config.value_field)} onChange={(name) => set('value_field', name)} />
          <Select label={t('Column of the names to show')} choices={[{ id: same, label: t('The values themselves') }, ...choices]} value={nameIn(columns, config.label_field) ?? same} onChange={(name) => set('label_field', name)} />
        </>
      )}
    </>
  );
}
