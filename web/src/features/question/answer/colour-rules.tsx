// Which cells of a table take a colour, by rules that one reads as a sentence. Stored under
// `table.column_formatting`, as in Metabase; the first rule that fits wins.
import { useState } from 'react';
import { type Data, holdsNumbers, holdsTruth, type Settings } from '../../../shared/data';
import { msg, useI18n } from '../../../shared/i18n';
import type { ColourRule } from '../../../shared/table';
import { Button, Checkbox, IconPlus, Select, TextField } from '../../../ui';
import { ColourField } from './colour-field';
import styles from './answer.module.css';

interface RulesProps {
  data: Data;
  settings: Settings;
  onChange: (settings: Settings) => void;
}

const numberOperators = [
  { id: '>', label: msg('greater than') },
  { id: '>=', label: msg('at least') },
  { id: '<', label: msg('less than') },
  { id: '<=', label: msg('at most') },
  { id: '=', label: msg('is') },
  { id: '!=', label: msg('is not') },
];
const textOperators = [
  { id: '=', label: msg('is') },
  { id: '!=', label: msg('is not') },
  { id: 'contains', label: msg('contains') },
  { id: 'does-not-contain', label: msg('does not contain') },
  { id: 'starts-with', label: msg('starts with') },
  { id: 'ends-with', label: msg('ends with') },
];
const truthOperators = [
  { id: 'is-true', label: msg('is true') },
  { id: 'is-false', label: msg('is false') },
];
const emptyOperators = [
  { id: 'is-null', label: msg('is empty') },
  { id: 'not-null', label: msg('is not empty') },
];
const withoutValue = new Set(['is-null', 'not-null', 'is-true', 'is-false']);

const single: ColourRule = { columns: [], type: 'single', operator: '>', value: 0, color: '#2c7fb8', highlight_row: false };
const range: ColourRule = { columns: [], type: 'range', colors: ['#ffffff', '#2c7fb8'], min_type: null, max_type: null };

export function ColourRules({ data, settings, onChange }: RulesProps) {
  const { t } = useI18n();
  const stored = Array.isArray(settings['table.column_formatting']) ? (settings['table.column_formatting'] as ColourRule[]) : [];
  const [opened, open] = useState<number | null>(null);
  const set = (rules: ColourRule[]) => onChange({ ...settings, 'table.column_formatting': rules });
  const isNumber = data.cols.some(holdsNumbers);
  const labelOf = ({ columns = [] }: ColourRule) => data.cols.filter(({ name }) => columns.includes(name)).map(({ display_name }) => display_name).join(', ') || t('No column yet');

  function add() {
    const first = data.cols.find(holdsNumbers) ?? data.cols[0];
    set([...stored, { ...(isNumber ? single : { ...single, operator: '=', value: '' }), columns: first ? [first.name] : [] }]);
    open(stored.length);
  }
  const change = (at: number, rule: ColourRule) => set(stored.map((old, index) => (index === at ? rule : old)));

  return (
    <div role="group" aria-label={t('Colours of cells')} className={styles.group}>
      <strong>{t('Colours of cells')}</strong>
      {stored.map((rule, at) => (
        <div key={at} className={styles.rule}>
          {opened === at ? <RuleForm data={data} rule={rule} onChange={(next) => change(at, next)} /> : <span>{labelOf(rule)}</span>}
          <div className={styles.ruleActs}>
            <Button look="quiet" onPress={() => open(opened === at ? null : at)} label={t('{act}: {name}', { act: opened === at ? t('Close') : t('Change'), name: labelOf(rule) })}>
              {opened === at ? t('Close') : t('Change')}
            </Button>
            {at > 0 && (
              <Button look="quiet" label={t('Move up: {name}', { name: labelOf(rule) })} onPress={() => set([...stored.slice(0, at - 1), rule, stored[at - 1] as ColourRule, ...stored.slice(at + 1)])}>
                ↑
              </Button>
            )}
            <Button
              look="quiet"
              label={t('Remove: {name}', { name: labelOf(rule) })}
              onPress={() => {
                set(stored.filter((_, index) => index !== at));
                open(null);
              }}
            >
              {t('Remove')}
            </Button>
          </div>
        </div>
      ))}
      <p>
        <Button look="quiet" onPress={add}>
          <IconPlus />
          {t('Add a rule of colour')}
        </Button>
      </p>
    </div>
  );
}

interface RuleFormProps {
  data: Data;
  rule: ColourRule;
  onChange: (rule: ColourRule) => void;
}

function RuleForm({ data, rule, onChange }: RuleFormProps) {
  const { t } = useI18n();
  const isRange = rule.type === 'range';
  const chosen = rule.columns ?? [];
  const choices = data.cols.filter((column) => !isRange || holdsNumbers(column));
  const kinds = [
    { id: 'single', label: t('One colour, by a condition') },
    { id: 'range', label: t('The larger, the darker') },
  ];

  return (
    <>
      <div role="group" aria-label={t('Columns')}>
        {choices.map(({ name, display_name }) => (
          <Checkbox key={name} isSelected={chosen.includes(name)} onChange={(isOn) => onChange({ ...rule, columns: isOn ? [...chosen, name] : chosen.filter((one) => one !== name) })}>
            {display_name}
          </Checkbox>
        ))}
      </div>
      <Select label={t('Kind')} choices={kinds} value={rule.type} onChange={(type) => onChange({ ...(type === 'range' ? range : single), columns: type === 'range' ? chosen.filter((name) => data.cols.some((column) => column.name === name && holdsNumbers(column))) : chosen })} />
      {isRange ? <RangeForm rule={rule} onChange={onChange} /> : <SingleForm data={data} rule={rule} onChange={onChange} />}
    </>
  );
}

function SingleForm({ data, rule, onChange }: RuleFormProps) {
  const { t } = useI18n();
  const columns = data.cols.filter(({ name }) => (rule.columns ?? []).includes(name));
  const isNumber = columns.length > 0 && columns.every(holdsNumbers);
  const isTruth = columns.length > 0 && columns.every(holdsTruth);
  const operators = [...(isNumber ? numberOperators : isTruth ? truthOperators : textOperators), ...emptyOperators];
  const operator = operators.some(({ id }) => id === rule.operator) ? rule.operator : operators[0]?.id;

  return (
    <>
      <Select label={t('Condition')} choices={operators.map(({ id, label }) => ({ id, label: t(label) }))} value={operator ?? ''} onChange={(id) => onChange({ ...rule, operator: id })} />
      {!withoutValue.has(operator ?? '') && (
        <TextField label={t('Value')} isRequired type={isNumber ? 'number' : 'text'} defaultValue={String(rule.value ?? '')} onChange={(text) => onChange({ ...rule, operator: operator ?? '=', value: isNumber ? Number(text) : text })} />
      )}
      <ColourField label={t('Colour')} isPlain value={rule.color ?? ''} onChange={(color) => onChange({ ...rule, color })} />
      <Checkbox isSelected={rule.highlight_row === true} onChange={(isOn) => onChange({ ...rule, highlight_row: isOn })}>
        {t('The whole row')}
      </Checkbox>
    </>
  );
}

function RangeForm({ rule, onChange }: Omit<RuleFormProps, 'data'>) {
  const { t } = useI18n();
  const colours = rule.colors?.length ? rule.colors : (range.colors ?? []);
  const end = (key: 'min' | 'max', label: string) => (
    <TextField
      label={label}
      type="number"
      defaultValue={rule[`${key}_type`] === 'custom' ? String(rule[`${key}_value`] ?? '') : ''}
      onChange={(text) => onChange({ ...rule, [`${key}_type`]: text === '' ? null : 'custom', [`${key}_value`]: text === '' ? undefined : Number(text) })}
    />
  );

  return (
    <>
      <ColourField label={t('From')} isPlain value={colours[0] ?? ''} onChange={(colour) => onChange({ ...rule, colors: [colour, ...colours.slice(1)] })} />
      <ColourField label={t('To')} isPlain value={colours.at(-1) ?? ''} onChange={(colour) => onChange({ ...rule, colors: [...colours.slice(0, -1), colour] })} />
      {end('min', t('Least value; the smallest when empty'))}
      {end('max', t('Greatest value; the largest when empty'))}
    </>
  );
}
