// Which columns a table shows, in which order, and which cells take a colour.
import { type Data, isDetail, type Settings } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Button, Checkbox } from '../../../ui';
import { ColourRules } from './colour-rules';
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

  return [...known, ...others.map((column) => ({ name: column.name, enabled: !isDetail(column) }))];
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
      <ColourRules data={data} settings={settings} onChange={onChange} />
    </>
  );
}
