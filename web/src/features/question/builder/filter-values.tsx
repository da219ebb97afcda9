// The values of a filter: typed, or ticked when the column has few of them.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../../api/client';
import { useI18n } from '../../../shared/i18n';
import { Checkbox, SearchField, Select, TextField } from '../../../ui';
import { fold } from '../../../lib/fold';
import type { Choosable } from '../model/columns';
import { type Comparison, familyOf } from '../model/words';
import styles from './builder.module.css';

interface FilterValuesProps {
  column: Choosable;
  comparison: Comparison;
  values: string[];
  onChange: (values: string[]) => void;
  onEnter: () => void;
}

export function FilterValues(props: FilterValuesProps) {
  const { column, comparison, values, onChange } = props;
  const { t } = useI18n();
  const family = familyOf(column.column);
  const isChoice = (comparison.id === '=' || comparison.id === '!=') && family === 'text';
  const known = useKnownValues(isChoice ? column : null);

  if (family === 'truth') {
    return <Select label={t('Value')} choices={[{ id: 'true', label: t('Yes') }, { id: 'false', label: t('No') }]} value={values[0] ?? null} onChange={(value) => onChange([value])} />;
  }
  if (isChoice && known.data?.length) return <Ticks choices={known.data} values={values} onChange={onChange} />;
  return <Typed {...props} type={family === 'date' ? 'date' : 'text'} />;
}

interface KnownValues {
  values: unknown[][];
}

const useKnownValues = (column: Choosable | null) => {
  const id = column?.column.id;

  return useQuery({
    queryKey: ['field-values', id],
    queryFn: async () => {
      const parameter = { id: 'filter', name: 'filter', slug: 'filter', type: 'string/=', values_query_type: 'list', values_source_type: null };
      const { values } = await post<KnownValues>('/api/dataset/parameter/values', { parameter, field_ids: [id] });
      return values.map(([value]) => String(value ?? '')).filter(Boolean);
    },
    enabled: typeof id === 'number' && column?.hasValues === 'list',
    retry: false,
    staleTime: 5 * 60_000,
  });
};

const mostShown = 60;

function Ticks({ choices, values, onChange }: { choices: string[]; values: string[]; onChange: (values: string[]) => void }) {
  const { t } = useI18n();
  const [wanted, setWanted] = useState('');
  const shown = choices.filter((choice) => fold(choice).includes(fold(wanted))).slice(0, mostShown);

  return (
    <div className={styles.ticks} role="group" aria-label={t('Values')}>
      {choices.length > 8 && <SearchField label={t('Find a value')} value={wanted} onChange={setWanted} />}
      <div className={styles.tickList}>
        {shown.map((choice) => (
          <Checkbox
            key={choice}
            isSelected={values.includes(choice)}
            onChange={(isOn) => onChange(isOn ? [...values, choice] : values.filter((value) => value !== choice))}
          >
            {choice}
          </Checkbox>
        ))}
      </div>
    </div>
  );
}

function Typed({ comparison, values, onChange, onEnter, type }: FilterValuesProps & { type: 'text' | 'date' }) {
  const { t } = useI18n();
  const set = (at: number, value: string) => onChange(Object.assign([...values], { [at]: value }));
  const onKeyDown = (event: { key: string }) => event.key === 'Enter' && onEnter();

  if (comparison.values === 2) {
    return (
      <div className={styles.pair} onKeyDown={onKeyDown}>
        <TextField label={t('From')} isRequired type={type} value={values[0] ?? ''} onChange={(value) => set(0, value)} />
        <TextField label={t('To')} isRequired type={type} value={values[1] ?? ''} onChange={(value) => set(1, value)} />
      </div>
    );
  }
  if (comparison.values === 1) {
    return (
      <div onKeyDown={onKeyDown}>
        <TextField label={t('Value')} isRequired autoFocus type={type} value={values[0] ?? ''} onChange={(value) => set(0, value)} />
      </div>
    );
  }
  return (
    <div onKeyDown={onKeyDown}>
      <TextField
        label={t('Values')}
        isRequired
        autoFocus
        hint={t('Several values are separated by semicolons.')}
        defaultValue={values.join('; ')}
        onChange={(text) => onChange(text.split(';').map((value) => value.trim()).filter(Boolean))}
      />
    </div>
  );
}
