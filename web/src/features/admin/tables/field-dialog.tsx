// One column: its name, its meaning, where it is shown, and how its values are written.
import { useState } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Dialog, Form, type FormValues, Loaded, Select, showToast, TextArea, TextField } from '../../../ui';
import { meaningChoices } from '../../reference';
import { type AdminField, type AdminTable, type Remapping, useAdminTable, useKeptValues, useKeys, useSaveField } from './queries';
import { fieldVisibilities, filterWays } from './words';

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
  const [target, setTarget] = useState(field.fk_target_field_id === null ? null : String(field.fk_target_field_id));
  const [visibility, setVisibility] = useState(field.visibility_type);
  const [way, setWay] = useState(field.has_field_values ?? 'auto-list');
  const [shown, setShown] = useState(shownAs(field));
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
      visibility_type: visibility,
      has_field_values: way,
      ...(meaning === key && target && { fk_target_field_id: Number(target) }),
      settings: formatOf(field, values),
    };
    save.mutate({ change, remapping: remappingOf(shown, values) });
  }

  return (
    <Dialog title={t('Column {name}', { name: field.display_name })} onClose={onClose}>
      <Form submitLabel={t('Save')} error={save.error} isPending={save.isPending} onSubmit={submit}>
        <TextField name="display_name" label={t('Name')} defaultValue={field.display_name} isRequired autoFocus maxLength={254} hint={field.name} />
        <TextArea name="description" label={t('Description')} rows={2} defaultValue={field.description ?? ''} />
        <Select label={t('Meaning')} isSearchable choices={[{ id: none, label: t('No particular meaning') }, ...meaningChoices.map(({ id, label }) => ({ id, label: `${t(label)} (${id.slice(5)})` }))]} value={meaning} onChange={setMeaning} />
        {meaning === key && (
          <Select label={t('Points to')} isSearchable choices={keys.filter(({ id }) => id !== field.id).map((one) => ({ id: String(one.id), label: `${one.table?.display_name ?? ''} → ${one.display_name}` }))} value={target} onChange={setTarget} />
        )}
        <Select label={t('Where it is shown')} choices={fieldVisibilities.map(({ id, label }) => ({ id, label: t(label) }))} value={visibility} onChange={setVisibility} />
        <Select label={t('In a filter')} choices={filterWays.map(({ id, label }) => ({ id, label: t(label) }))} value={way} onChange={setWay} />
        <Shown field={field} shown={shown} onChange={setShown} />
        <Formats field={field} />
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

const isNumber = ({ base_type, semantic_type }: AdminField) => /Integer|Float|Decimal|Number/.test(base_type) && semantic_type !== key && semantic_type !== 'type/PK';

function Formats({ field }: { field: AdminField }) {
  const { t } = useI18n();
  const text = (name: string) => String(field.settings?.[name] ?? '');

  if (!isNumber(field)) return null;
  return (
    <>
      <TextField name="decimals" type="number" label={t('Decimals')} defaultValue={text('decimals')} />
      <TextField name="prefix" label={t('Before the number')} defaultValue={text('prefix')} />
      <TextField name="suffix" label={t('After the number')} defaultValue={text('suffix')} />
    </>
  );
}

/** What is not asked here stays as it was. */
function formatOf(field: AdminField, { decimals, prefix, suffix }: FormValues): AdminField['settings'] {
  if (!isNumber(field)) return field.settings;
  const { decimals: _decimals, prefix: _prefix, suffix: _suffix, ...others } = field.settings ?? {};
  const made = { ...others, ...(decimals && { decimals: Math.min(20, Math.max(0, Math.floor(Number(decimals)))) }), ...(prefix && { prefix }), ...(suffix && { suffix }) };

  return Object.keys(made).length ? made : null;
}
