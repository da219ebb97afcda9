// How the answer is shown: columns, display, axes, formats. Each change is seen at once.
import { useState } from 'react';
import { chosenColumns } from '../../../shared/charts';
import { columnOf, type Data, isGroup, isMeasure, isPlace, type Settings } from '../../../shared/data';
import { msg, useI18n } from '../../../shared/i18n';
import { useProperties } from '../../../lib/session';
import { Checkbox, Choices, Select, TextField } from '../../../ui';
import { FormatFields } from './format-fields';
import { hasSeries, SeriesFields } from './series-fields';
import { TableColumns } from './table-columns';
import { type SettingField, settingFields } from './settings-fields';
import styles from './answer.module.css';

interface SettingsPanelProps {
  data: Data;
  display: string;
  settings: Settings;
  /** Whose formats were asked for. */
  column: string;
  onChange: (settings: Settings) => void;
}

const tabs = [
  { id: 'data', label: msg('Data') },
  { id: 'display', label: msg('Display') },
  { id: 'axes', label: msg('Axes') },
  { id: 'series', label: msg('Series') },
  { id: 'format', label: msg('Formats') },
] as const;

export function SettingsPanel(props: SettingsPanelProps) {
  const { t } = useI18n();
  const fields = settingFields.filter(({ displays }) => displays.includes(props.display));
  const shown = tabs.filter(({ id }) => id === 'format' || (id === 'series' && hasSeries(props.display)) || (id === 'data' && props.display === 'table') || fields.some(({ tab }) => tab === id));
  const [tab, setTab] = useState<string>(props.column ? 'format' : (shown[0]?.id ?? 'format'));
  const now = shown.some(({ id }) => id === tab) ? tab : (shown[0]?.id ?? 'format');

  return (
    <section className={styles.panel} aria-label={t('Settings of the chart')}>
      <Choices isNarrow label={t('Settings of the chart')} choices={shown.map(({ id, label }) => ({ id, label: t(label) }))} value={now} onChange={setTab} />
      {now === 'format' && <FormatFields {...props} column={props.column || undefined} />}
      {now === 'series' && <SeriesFields {...props} />}
      {now === 'data' && props.display === 'table' && <TableColumns {...props} />}
      {fields.filter((field) => field.tab === now && isOf(field, props.settings)).map((field) => (
        <Field key={field.key} field={field} {...props} />
      ))}
    </section>
  );
}

/** Details of a goal or of a range only when there is one. */
function isOf({ key }: SettingField, settings: Settings): boolean {
  if (key === 'graph.goal_value' || key === 'graph.goal_label') return settings['graph.show_goal'] === true;
  const isPins = settings['map.type'] === 'pin';
  if (/^map\.(region|dimension|metric)$/.test(key)) return !isPins;
  if (/^map\.(latitude|longitude|metric)_column$|^map\.pin_type$/.test(key)) return settings['map.type'] !== 'region';
  if (key === 'graph.y_axis.min' || key === 'graph.y_axis.max') return settings['graph.y_axis.auto_range'] === false;
  return true;
}

/** The maps that administrators added. */
const useOwnMapChoices = () =>
  Object.entries(useProperties().data?.['custom-geojson'] ?? {}).flatMap(([id, { name, builtin }]) => (builtin ? [] : [{ id, label: name }]));

function Field({ field, data, settings, onChange }: SettingsPanelProps & { field: SettingField }) {
  const { t } = useI18n();
  const set = (value: unknown) => onChange({ ...settings, [field.key]: value });
  const ownMaps = useOwnMapChoices();
  const stored = settings[field.key];
  const label = t(field.label);

  if (field.kind === 'switch') {
    return (
      <Checkbox isSelected={stored === undefined ? field.otherwise === true : stored === true} onChange={set}>
        {label}
      </Checkbox>
    );
  }
  if (field.kind === 'choice') {
    const choices = [...(field.choices ?? []).map((choice) => ({ ...choice, label: t(choice.label) })), ...(field.key === 'map.region' ? ownMaps : [])];
    return <Select label={label} choices={choices} value={String(stored ?? field.otherwise ?? '')} onChange={(value) => set(value || null)} />;
  }
  if (field.kind === 'column') return <ColumnField field={field} data={data} stored={stored} onChange={set} />;
  if (field.kind === 'columns') return <ColumnsField field={field} data={data} settings={settings} onChange={set} />;
  return <TextField label={label} type={field.kind} defaultValue={String(stored ?? '')} onChange={(value) => set(field.kind === 'number' ? (value === '' ? undefined : Number(value)) : value || undefined)} />;
}

const fitting = ({ cols }: Data, { takes }: SettingField) => cols.filter((column) => (takes === 'measure' ? isMeasure(column) : takes === 'place' ? isPlace(column) : isGroup(column)));

function ColumnField({ field, data, stored, onChange }: { field: SettingField; data: Data; stored: unknown; onChange: (name: string) => void }) {
  const { t } = useI18n();
  const [first, second] = fitting(data, field);
  const likely = field.key === 'map.longitude_column' ? (second ?? first) : first;
  const value = columnOf(data.cols, stored) >= 0 ? String(stored) : (likely?.name ?? null);

  return <Select label={t(field.label)} choices={data.cols.map(({ name, display_name }) => ({ id: name, label: display_name }))} value={value} onChange={onChange} />;
}

function ColumnsField({ field, data, settings, onChange }: { field: SettingField; data: Data; settings: Settings; onChange: (names: string[]) => void }) {
  const { t } = useI18n();
  const chosen = chosenColumns(data, settings);
  const names = (field.takes === 'measure' ? chosen.measures : chosen.groups).map((index) => data.cols[index]?.name ?? '');
  const choices = data.cols.filter((column) => names.includes(column.name) || fitting(data, field).includes(column));

  return (
    <div role="group" aria-label={t(field.label)} className={styles.group}>
      <strong>{t(field.label)}</strong>
      {choices.map(({ name, display_name }) => (
        <Checkbox key={name} isSelected={names.includes(name)} onChange={(isOn) => onChange(isOn ? [...names, name] : names.filter((other) => other !== name))}>
          {display_name}
        </Checkbox>
      ))}
    </div>
  );
}
