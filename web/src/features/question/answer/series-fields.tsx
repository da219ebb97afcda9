// How one series of a chart looks: its name, colour, mark, axis. Stored under `series_settings`, as in Metabase.
import { useState } from 'react';
import { seriesOf } from '../../../shared/charts';
import type { Data, Settings } from '../../../shared/data';
import { useWriting } from '../../../shared/format';
import { msg, useI18n } from '../../../shared/i18n';
import { Button, Checkbox, Select, TextField } from '../../../ui';
import { ColourField } from './colour-field';

interface SeriesFieldsProps {
  data: Data;
  display: string;
  settings: Settings;
  onChange: (settings: Settings) => void;
}

interface SeriesChoice {
  key: string;
  label: string;
  choices: { id: string; label: string }[];
  /** For lines and areas only, or for all marks. */
  isOfLines?: boolean;
}

const choices: SeriesChoice[] = [
  {
    key: 'display',
    label: msg('Drawn as'),
    choices: [
      { id: '', label: msg('As the chart') },
      { id: 'line', label: msg('Line') },
      { id: 'area', label: msg('Area') },
      { id: 'bar', label: msg('Bars') },
    ],
  },
  {
    key: 'axis',
    label: msg('Axis'),
    choices: [
      { id: '', label: msg('Chosen for me') },
      { id: 'left', label: msg('Left') },
      { id: 'right', label: msg('Right') },
    ],
  },
  {
    key: 'line.style',
    label: msg('Stroke'),
    isOfLines: true,
    choices: [
      { id: '', label: msg('Chosen for me') },
      { id: 'solid', label: msg('Solid') },
      { id: 'dashed', label: msg('Dashes') },
      { id: 'dotted', label: msg('Dots') },
    ],
  },
  {
    key: 'line.interpolate',
    label: msg('From point to point'),
    isOfLines: true,
    choices: [
      { id: '', label: msg('Straight') },
      { id: 'step-after', label: msg('In steps') },
    ],
  },
  {
    key: 'line.missing',
    label: msg('Where a value is missing'),
    isOfLines: true,
    choices: [
      { id: '', label: msg('The line goes on') },
      { id: 'none', label: msg('The line stops') },
      { id: 'zero', label: msg('It is zero') },
    ],
  },
];

export const hasSeries = (display: string): boolean => ['line', 'area', 'bar', 'combo', 'row'].includes(display);

export function SeriesFields({ data, display, settings, onChange }: SeriesFieldsProps) {
  const { t } = useI18n();
  const writing = useWriting();
  const series = seriesOf({ data, display, settings, writing, t });
  const [key, setKey] = useState(series[0]?.key ?? '');
  const chosen = series.find((one) => one.key === key) ?? series[0];
  if (!chosen) return null;

  const all = (settings.series_settings ?? {}) as Record<string, Settings>;
  const own = all[chosen.key] ?? {};
  const set = (change: Settings) => onChange({ ...settings, series_settings: { ...all, [chosen.key]: { ...own, ...change } } });
  const isLine = chosen.mark !== 'bar';
  const shown = choices.filter((choice) => (display === 'row' ? false : isLine || !choice.isOfLines));

  return (
    <>
      {series.length > 1 && <Select label={t('Series')} choices={series.map((one) => ({ id: one.key, label: one.label }))} value={chosen.key} onChange={setKey} />}
      <TextField key={`${chosen.key} title`} label={t('Name shown')} defaultValue={typeof own.title === 'string' ? own.title : ''} onChange={(title) => set({ title: title || undefined })} />
      <ColourField label={t('Colour')} value={chosen.ink} onChange={(color) => set({ color })} />
      {shown.map((choice) => (
        <Select
          key={choice.key}
          label={t(choice.label)}
          choices={choice.choices.map(({ id, label }) => ({ id, label: t(label) }))}
          value={choice.choices.some(({ id }) => id === own[choice.key]) ? String(own[choice.key]) : ''}
          onChange={(id) => set({ [choice.key]: id || undefined })}
        />
      ))}
      {display !== 'row' && (
        <Checkbox isSelected={own.show_series_values === true || (own.show_series_values === undefined && settings['graph.show_values'] === true)} onChange={(isOn) => set({ show_series_values: isOn })}>
          {t('Show the values')}
        </Checkbox>
      )}
      {isLine && display !== 'row' && (
        <Checkbox isSelected={own['line.marker_enabled'] !== false} onChange={(isOn) => set({ 'line.marker_enabled': isOn ? undefined : false })}>
          {t('Mark the points')}
        </Checkbox>
      )}
      {Object.values(own).some((value) => value !== undefined) && (
        <p>
          <Button look="quiet" onPress={() => onChange({ ...settings, series_settings: Object.fromEntries(Object.entries(all).filter(([name]) => name !== chosen.key)) })}>
            {t('Back to what was chosen for me')}
          </Button>
        </p>
      )}
    </>
  );
}
