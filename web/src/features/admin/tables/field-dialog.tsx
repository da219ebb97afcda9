// One column: its name, its meaning, where it is shown, and how its values are written.
import { useState } from 'react';
import { type Cell, type Column, holdsDates, holdsNumbers, holdsTruth } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Dialog, Form, type FormValues, Loaded, Select, showToast, TextArea, TextField } from '../../../ui';
import { FormatExample, FormatList } from '../../formats';
import { meaningChoices } from '../../reference';
import { type AdminField, type AdminTable, type Remapping, useAdminTable, useKeptValues, useKeys, useSaveField } from './queries';
import { readingsOf } from './readings';
import { fieldVisibilities, filterWays } from './words';
import styles from './tables.module.css';

const key = 'type/FK';
const none = 'none';

interface FieldDialogProps {
  table: AdminTable;
  field: AdminField;
  onClose: () => void;
}

export function FieldDialog({ table, field, onClose }: FieldDialogProps) {
  const { t } = useI18n();
  const [meaning, setMeaning] = useState(field.semantic_type ?? none);
  const [reading, setReading] = useState(field.coercion_strategy ?? none);
  const [target, setTarget] = useState(field.fk_target_field_id === null ? null : String(field.fk_target_field_id));
  const [visibility, setVisibility] = useState(field.visibility_type);
  const [way, setWay] = useState(field.has_field_values ?? 'auto-list');
  const [shown, setShown] = useState(shownAs(field));
  const [own, setOwn] = useState<Own>(field.settings ?? {});
  const readings = readingsOf(field);
  const keys = useKeys(table.db_id, meaning === key).data ?? [];
  const save = useSaveField(table.id, field, () => {
    onClose();
    showToast(t('The changes are saved.'));
  });

  function submit(values: FormValues) {
    const change = {
      display_name: values.display_name ?? '',
      description: values.description || null,
      semantic_type: meaning === none ? null : meaning,
      ...(readings.length > 0 && { coercion_strategy: reading === none ? null : reading }),
      visibility_type: visibility,
      has_field_values: way,
      ...(meaning === key && target && { fk_target_field_id: Number(target) }),
      settings: formatsOf(own),
    };
    save.mutate({ change, remapping: remappingOf(shown, values) });
  }

  return (
    <Dialog title={t('Column {name}', { name: field.display_name })} onClose={onClose}>
      <Form submitLabel={t('Save')} error={save.error} isPending={save.isPending} onSubmit={submit}>
        <TextField name="display_name" label={t('Name')} defaultValue={field.display_name} isRequired autoFocus maxLength={254} hint={field.name} />
        <TextArea name="description" label={t('Description')} rows={2} defaultValue={field.description ?? ''} />
        <Select label={t('Meaning')} isSearchable choices={[{ id: none, label: t('No particular meaning') }, ...meaningChoices.map(({ id, label }) => ({ id, label: `${t(label)} (${id.slice(5)})` }))]} value={meaning} onChange={setMeaning} />
        {readings.length > 0 && (
          <Select label={t('Read as')} choices={[{ id: none, label: t('As the database says') }, ...readings.map(({ id, label }) => ({ id, label: t(label) }))]} value={reading} onChange={setReading} />
        )}
        {meaning === key && (
          <Select label={t('Points to')} isSearchable choices={keys.filter(({ id }) => id !== field.id).map((one) => ({ id: String(one.id), label: `${one.table?.display_name ?? ''} → ${one.display_name}` }))} value={target} onChange={setTarget} />
        )}
        <Select label={t('Where it is shown')} choices={fieldVisibilities.map(({ id, label }) => ({ id, label: t(label) }))} value={visibility} onChange={setVisibility} />
        <Select label={t('In a filter')} choices={filterWays.map(({ id, label }) => ({ id, label: t(label) }))} value={way} onChange={setWay} />
        <Shown field={field} shown={shown} onChange={setShown} />
        <Formats field={{ ...field, semantic_type: meaning === none ? null : meaning }} own={own} onChange={setOwn} />
      </Form>
    </Dialog>
  );
}

/** `value`, `codes`, or the number of the column that is shown instead. */
function shownAs({ dimensions: [dimension] }: AdminField): string {
  if (!dimension) return 'value';
  return dimension.type === 'internal' ? 'codes' : String(dimension.human_readable_field_id);
}

const codeName = (index: number) => `code-${index}`;

function Shown({ field, shown, onChange }: { field: AdminField; shown: string; onChange: (shown: string) => void }) {
  const { t } = useI18n();
  const others = useAdminTable(field.target?.table_id ?? field.table_id).data?.fields ?? [];
  const choices = [
    { id: 'value', label: t('The value itself') },
    { id: 'codes', label: t('A name for each value') },
    ...(field.target ? others.filter(({ semantic_type }) => semantic_type !== 'type/PK').map(({ id, display_name }) => ({ id: String(id), label: t('In its place: {name}', { name: display_name }) })) : []),
  ];

  return (
    <>
      <Select label={t('What is shown')} isSearchable={choices.length > 8} choices={choices} value={shown} onChange={onChange} />
      {shown === 'codes' && <Codes field={field} />}
    </>
  );
}

function Codes({ field }: { field: AdminField }) {
  const { t } = useI18n();

  return (
    <Loaded query={useKeptValues(field.id)}>
      {(values) =>
        values.length ? (
          values.map(([value, name], index) => (
            <div key={String(value)}>
              <input type="hidden" name={`${codeName(index)}-value`} value={JSON.stringify(value)} />
              <TextField name={codeName(index)} label={t('Name of {value}', { value: String(value) })} isRequired defaultValue={String(name ?? value)} />
            </div>
          ))
        ) : (
          <p>{t('No values are kept of this column. Let the server look at values first, on the page of the database.')}</p>
        )
      }
    </Loaded>
  );
}

function remappingOf(shown: string, values: FormValues): Remapping {
  if (shown === 'value') return { kind: 'none' };
  if (shown !== 'codes') return { kind: 'other', field: Number(shown) };
  const names: [unknown, string][] = [];

  for (let index = 0; values[codeName(index)] !== undefined; index++) names.push([JSON.parse(values[`${codeName(index)}-value`] ?? 'null'), values[codeName(index)] ?? '']);
  return { kind: 'codes', names };
}

type Own = Record<string, unknown>;

/** Something that looks like what the column holds. */
function sampleOf(column: Column): Cell {
  if (holdsDates(column)) return '2026-03-31T14:05:00';
  if (holdsNumbers(column)) return 1234.5;
  return holdsTruth(column) ? true : 'abc';
}

/** The name of the column is asked above. */
function Formats({ field, own, onChange }: { field: AdminField; own: Own; onChange: (own: Own) => void }) {
  const { t } = useI18n();
  const set = (key: string, value: unknown) => onChange({ ...own, [key]: value });

  return (
    <details className={styles.formats}>
      <summary>{t('How its values are written')}</summary>
      <div className={styles.formatList}>
        <p>{t('Wherever a question or a dashboard says nothing else.')}</p>
        <FormatExample column={field} own={own} value={sampleOf(field)} />
        <FormatList column={field} own={own} without={['column_title']} onChange={set} />
      </div>
    </details>
  );
}

/** What is not chosen is not stored. */
export function formatsOf(own: Own): Own | null {
  const chosen = Object.entries(own).filter(([, value]) => value !== undefined && value !== '');

  return chosen.length ? Object.fromEntries(chosen) : null;
}
