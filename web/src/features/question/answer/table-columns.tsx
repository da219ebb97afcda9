// Which columns a table shows, in which order, and which cells take a colour.
import { holdsNumbers, type Data, type Settings } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Button, Checkbox } from '../../../ui';
import styles from './answer.module.css';

interface TableColumnsProps {
  data: Data;
  settings: Settings;
  onChange: (settings: Settings) => void;
}

interface Shown {
  name: string;
  enabled: boolean;
}

function readColumns({ cols }: Data, settings: Settings): Shown[] {
  const stored = Array.isArray(settings['table.columns']) ? (settings['table.columns'] as Partial<Shown>[]) : [];
  const known = stored.flatMap(({ name, enabled }): Shown[] => (cols.some((column) => column.name === name) ? [{ name: String(name), enabled: enabled !== false }] : []));
  const others = cols.filter(({ name }) => !known.some((one) => one.name === name));

  return [...known, ...others.map(({ name }) => ({ name, enabled: true }))];
}

export function TableColumns({ data, settings, onChange }: TableColumnsProps) {
  const { t } = useI18n();
  const columns = readColumns(data, settings);
  const set = (changed: Shown[]) => onChange({ ...settings, 'table.columns': changed });
  const labelOf = (name: string) => data.cols.find((column) => column.name === name)?.display_name ?? name;

  function raise(at: number) {
    const next = [...columns];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at - 1, 0, moved);
    set(next);
  }

  return (
    <>
      <ul className={styles.columns}>
        {columns.map(({ name, enabled }, index) => (
          <li key={name}>
            <Checkbox isSelected={enabled} onChange={(isOn) => set(columns.map((one) => (one.name === name ? { ...one, enabled: isOn } : one)))}>
              {labelOf(name)}
            </Checkbox>
            {index > 0 && (
              <Button look="quiet" label={t('Move up: {name}', { name: labelOf(name) })} onPress={() => raise(index)}>
                ↑
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Shades data={data} settings={settings} onChange={onChange} />
    </>
  );
}

interface Rule {
  columns: string[];
  type: 'range';
  colors: string[];
  min_type: null;
  max_type: null;
}

/** The simplest rule, one tick for each column of numbers: the larger, the darker. */
function Shades({ data, settings, onChange }: TableColumnsProps) {
  const { t } = useI18n();
  const rules = Array.isArray(settings['table.column_formatting']) ? (settings['table.column_formatting'] as Partial<Rule>[]) : [];
  const ranges = rules.filter(({ type }) => type === 'range').flatMap(({ columns = [] }) => columns);
  const numbers = data.cols.filter((column) => holdsNumbers(column));

  function toggle(name: string, isOn: boolean) {
    const others = rules.filter(({ type, columns = [] }) => !(type === 'range' && columns.includes(name)));
    const rule: Rule = { columns: [name], type: 'range', colors: ['#ffffff', '#2c7fb8'], min_type: null, max_type: null };
    onChange({ ...settings, 'table.column_formatting': isOn ? [...others, rule] : others });
  }

  if (!numbers.length) return null;
  return (
    <div role="group" aria-label={t('The larger, the darker')} className={styles.group}>
      <strong>{t('The larger, the darker')}</strong>
      {numbers.map(({ name, display_name }) => (
        <Checkbox key={name} isSelected={ranges.includes(name)} onChange={(isOn) => toggle(name, isOn)}>
          {display_name}
        </Checkbox>
      ))}
    </div>
  );
}
