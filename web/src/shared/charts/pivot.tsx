// A table in two directions: groups down the side and across the top, measures where they meet.
import { columnOf, isGroup, isMeasure } from '../data/columns';
import type { Meaning } from '../data/meaning';
import type { Cell, Column, Data, Settings } from '../data/types';
import { columnTitle, writer, useWriting } from '../format';
import { useI18n } from '../i18n';
import { type CellPlace, cellHandlers } from '../table';
import type { ChartProps } from './chart';
import { toNumber } from './series';
import frame from './chart.module.css';
import styles from './sheets.module.css';

interface Split {
  rows: number[];
  columns: number[];
  values: number[];
}

/** Stored as names, or as references from older clients; else the first group goes down, the second across. */
export function splitOf({ cols }: Data, settings: Settings): Split {
  const stored = settings['pivot_table.column_split'] as { rows?: unknown[]; columns?: unknown[]; values?: unknown[] } | undefined;
  const find = (names: unknown[] | undefined) =>
    (names ?? []).map((name) => (typeof name === 'string' ? columnOf(cols, name) : cols.findIndex((column) => JSON.stringify(column.field_ref) === JSON.stringify(name)))).filter((index) => index >= 0);
  const split = { rows: find(stored?.rows), columns: find(stored?.columns), values: find(stored?.values) };
  if (split.values.length && (split.rows.length || split.columns.length)) return split;

  const indexes = cols.map((_, index) => index);
  const groups = indexes.filter((index) => isGroup(cols[index] as Column));
  return { rows: groups.slice(0, Math.max(1, groups.length - 1)), columns: groups.slice(Math.max(1, groups.length - 1)), values: indexes.filter((index) => isMeasure(cols[index] as Column)) };
}

interface Pivot {
  rowKeys: string[];
  columnKeys: string[];
  names: Map<string, Cell[]>;
  cells: Map<string, (number | null)[]>;
}

const keyOf = (row: Cell[], indexes: number[]) => JSON.stringify(indexes.map((index) => row[index] ?? null));

export function pivotOf({ rows }: Data, split: Split): Pivot {
  const names = new Map<string, Cell[]>();
  const cells = new Map<string, (number | null)[]>();
  const keys = { rows: new Set<string>(), columns: new Set<string>() };

  for (const row of rows) {
    const [down, across] = [keyOf(row, split.rows), keyOf(row, split.columns)];
    keys.rows.add(down);
    keys.columns.add(across);
    names.set(down, split.rows.map((index) => row[index] ?? null));
    names.set(across, split.columns.map((index) => row[index] ?? null));
    cells.set(`${down}|${across}`, split.values.map((index) => toNumber(row[index])));
  }
  return { rowKeys: [...keys.rows], columnKeys: [...keys.columns].sort(), names, cells };
}

const mostColumns = 100;
const mostRows = 500;

export function PivotView({ data, settings, title, onChoose }: ChartProps) {
  const { t } = useI18n();
  const writing = useWriting();
  const split = splitOf(data, settings);
  const pivot = pivotOf(data, split);
  // Averages cannot be added up: then there is no total to show.
  const canAdd = split.values.every((index) => /^(sum|count)/.test(data.cols[index]?.name ?? ''));
  const hasTotals = canAdd && settings['pivot.show_row_totals'] !== false && pivot.columnKeys.length > 1;
  const across = pivot.columnKeys.slice(0, mostColumns);
  const choose = onChoose && (({ row, column, place }: CellPlace) => {
    const [down, side] = [pivot.rowKeys[row] ?? '', across[Math.floor(column / split.values.length)] ?? ''];
    const chosen = meaningIn(split, pivot, down, side, column % split.values.length);
    const words = chosen.groups.map((group) => writer(writing, data.cols[group.column] as Column, settings)(group.value));
    onChoose({ ...chosen, label: words.join(' · '), place });
  });

  return (
    <div className={styles.scroller} tabIndex={0} role="region" aria-label={title} {...cellHandlers(choose)}>
      <table className={styles.pivot} {...(onChoose && { role: 'grid' })}>
        <caption className={frame.unseen}>{title}</caption>
        <PivotHead data={data} settings={settings} split={split} pivot={pivot} across={across} totalName={hasTotals ? t('Total') : ''} />
        <tbody>
          {pivot.rowKeys.slice(0, mostRows).map((down, at) => (
            <PivotRow key={down} at={onChoose ? at : null} down={down} across={across} data={data} settings={settings} split={split} pivot={pivot} hasTotals={hasTotals} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function meaningIn(split: Split, { names, cells }: Pivot, down: string, across: string, order: number): Meaning {
  const groupsOf = (key: string, indexes: number[]) => indexes.map((column, at) => ({ column, value: names.get(key)?.[at] ?? null }));

  return {
    column: split.values[order] ?? 0,
    value: cells.get(`${down}|${across}`)?.[order] ?? null,
    groups: [...groupsOf(down, split.rows), ...groupsOf(across, split.columns)],
  };
}

interface PartProps {
  data: Data;
  settings: Settings;
  split: Split;
  pivot: Pivot;
  across: string[];
}

function PivotHead({ data, settings, split, pivot, across, totalName }: PartProps & { totalName: string }) {
  const writing = useWriting();
  const name = (key: string) =>
    (pivot.names.get(key) ?? []).map((cell, order) => writer(writing, data.cols[split.columns[order] as number] as Column, settings, { isShort: true })(cell)).join(' · ');
  const values = split.values.map((index) => columnTitle(data.cols[index] as Column, settings));

  return (
    <thead>
      <tr>
        {split.rows.map((index) => (
          <th key={index} scope="col" rowSpan={values.length > 1 ? 2 : 1}>
            {columnTitle(data.cols[index] as Column, settings)}
          </th>
        ))}
        {across.map((key) => (
          <th key={key} scope={values.length > 1 ? 'colgroup' : 'col'} colSpan={values.length} data-kind="number">
            {name(key) || values[0]}
          </th>
        ))}
        {totalName && (
          <th scope="col" colSpan={values.length} data-kind="number">
            {totalName}
          </th>
        )}
      </tr>
      {values.length > 1 && (
        <tr>
          {[...across, ...(totalName ? ['total'] : [])].flatMap((key) =>
            values.map((value) => (
              <th key={key + value} scope="col" data-kind="number">
                {value}
              </th>
            )),
          )}
        </tr>
      )}
    </thead>
  );
}

function PivotRow({ at, down, across, data, settings, split, pivot, hasTotals }: PartProps & { at: number | null; down: string; hasTotals: boolean }) {
  const writing = useWriting();
  const write = (order: number, value: number | null) =>
    value === null ? '' : writer(writing, data.cols[split.values[order] as number] as Column, settings)(value);
  const valuesAt = (key: string) => pivot.cells.get(`${down}|${key}`) ?? split.values.map(() => null);
  const totals = split.values.map((_, order) => pivot.columnKeys.reduce((sum, key) => sum + (valuesAt(key)[order] ?? 0), 0));

  return (
    <tr>
      {(pivot.names.get(down) ?? []).map((cell, order) => (
        <th key={order} scope="row">
          {writer(writing, data.cols[split.rows[order] as number] as Column, settings)(cell)}
        </th>
      ))}
      {across.flatMap((key, side) =>
        valuesAt(key).map((value, order) => (
          <td key={`${key}${order}`} {...(at !== null && value !== null && { 'data-cell': side * split.values.length + order, 'data-row': at, tabIndex: -1 })}>
            {write(order, value)}
          </td>
        )),
      )}
      {hasTotals && totals.map((value, order) => <td key={`total${order}`}>{<b>{write(order, value)}</b>}</td>)}
    </tr>
  );
}
