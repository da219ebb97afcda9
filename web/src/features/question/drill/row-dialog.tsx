// One row of an answer: each of its values, where its keys lead, and what points at it.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../../api/client';
import { Chart } from '../../../shared/charts';
import type { Column, Data, Row, Settings } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Button, Dialog } from '../../../ui';
import { emptyStage, newQuery, type Query } from '../model/query';
import { rowOf } from './drills';
import styles from './drill.module.css';

interface RowDialogProps {
  data: Data;
  settings: Settings;
  row: Row;
  database: number | null;
  onOpen: (query: Query, display: string) => void;
  onClose: () => void;
}

export function RowDialog({ data, settings, row, database, onOpen, onClose }: RowDialogProps) {
  const { t } = useI18n();
  const [at, setAt] = useState(() => Math.max(0, data.rows.indexOf(row)));
  const now = data.rows[at] ?? row;
  const key = data.cols.findIndex(({ semantic_type, table_id }) => semantic_type === 'type/PK' && table_id);
  const step = (to: number, label: string) => (
    <Button look="quiet" isDisabled={to < 0 || to >= data.rows.length} onPress={() => setAt(to)}>
      {label}
    </Button>
  );

  return (
    <Dialog title={t('One row')} onClose={onClose}>
      <p className={styles.steps}>
        {step(at - 1, t('Previous'))}
        <span>{t('{at} of {count}', { at: at + 1, count: data.rows.length })}</span>
        {step(at + 1, t('Next'))}
      </p>
      <Chart title={t('One row')} display="object" settings={settings} data={{ ...data, rows: [now] }} />
      {database !== null && (
        <div className={styles.ways}>
          {data.cols.map((column, index) => (
            <Follow key={column.name} column={column} value={now[index] ?? null} database={database} onOpen={onOpen} />
          ))}
          {key >= 0 && <Pointing column={data.cols[key] as Column} value={now[key] ?? null} database={database} onOpen={onOpen} />}
        </div>
      )}
    </Dialog>
  );
}

interface WayProps {
  column: Column;
  value: Row[number];
  database: number;
  onOpen: RowDialogProps['onOpen'];
}

interface FieldEnd {
  id: number;
  table_id: number;
  table?: { name: string; display_name?: string } | null;
  display_name: string;
}

/** A key of another table: the row that it stands for. */
function Follow({ column, value, database, onOpen }: WayProps) {
  const { t } = useI18n();
  const target = column.fk_target_field_id;
  const far = useQuery({
    queryKey: ['field', target],
    queryFn: () => get<FieldEnd>(`/api/field/${target}`),
    enabled: Boolean(target) && value !== null,
    staleTime: 5 * 60_000,
    retry: false,
  }).data;

  if (!far || value === null || !target) return null;
  return (
    <Button onPress={() => onOpen(rowOf(database, far.table_id, target, value), 'object')}>
      {t('Open this {name}', { name: column.display_name.replace(/\s+ID$/i, '') })}
    </Button>
  );
}

interface ForeignKey {
  origin: FieldEnd;
}

/** Rows of other tables that point at this one. */
function Pointing({ column, value, database, onOpen }: WayProps) {
  const { t } = useI18n();
  const keys = useQuery({
    queryKey: ['foreign-keys', column.table_id],
    queryFn: () => get<ForeignKey[]>(`/api/table/${column.table_id}/fks`),
    staleTime: 5 * 60_000,
    retry: false,
  }).data;

  if (value === null) return null;
  return (keys ?? []).map(({ origin }) => (
    <Button
      key={origin.id}
      onPress={() => onOpen({ ...newQuery(database, origin.table_id), stages: [{ ...emptyStage, filters: [['=', ['field', origin.id, null], value]] }] }, 'table')}
    >
      {t('Rows of {table} that point here', { table: origin.table?.display_name ?? origin.table?.name ?? origin.display_name })}
    </Button>
  ));
}
