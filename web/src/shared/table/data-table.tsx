// Rows and columns. Headers sort; numbers stand under each other; a long table is only drawn where one looks.
import { memo, useMemo, useState } from 'react';
import { type Chosen, rowMeaning } from '../data/meaning';
import type { Cell, Data, Settings } from '../data/types';
import { useWriting } from '../format';
import { type Translate, useI18n } from '../i18n';
import { Sign } from '../sign';
import { cellLook } from './cell-look';
import { CellContent } from './cell-content';
import { type ShownColumn, shownColumns, type Sorting, sortedRows } from './columns';
import { type CellPlace, cellHandlers } from './use-cells';
import { rowHeight, useWindow } from './use-window';
import styles from './data-table.module.css';

interface DataTableProps {
  data: Data;
  settings: Settings;
  caption: string;
  onChoose?: ((chosen: Chosen) => void) | undefined;
  /** Opens what there is for a column; without it, headers sort what is on the page. */
  onHeader?: HeaderPress | undefined;
}

type HeaderPress = (column: number, place: { x: number; y: number }) => void;

const widthOf = (width: number) => ({ width: `${width}px` });
const leastWidth = (width: number) => ({ minWidth: `${width}px` });
const groundOf = (background: string) => ({ background });
const heightOf = (height: number) => ({ height: `${height}px` });

export function DataTable({ data, settings, caption, onChoose, onHeader }: DataTableProps) {
  const { t } = useI18n();
  const writing = useWriting();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const columns = useMemo(() => shownColumns(data, settings, writing), [data, settings, writing]);
  const rows = useMemo(() => sortedRows(data.rows, sorting), [data.rows, sorting]);
  const look = useMemo(() => cellLook(data, settings), [data, settings]);
  const [place, seen, isAll] = useWindow(rows.length);
  const choose = onChoose && (({ row, column, place: at }: CellPlace) => {
    const shown = columns.find(({ index }) => index === column);
    const cells = rows[row] ?? [];
    onChoose({ ...rowMeaning(data, cells, column), label: `${shown?.title ?? ''} · ${shown?.write(cells[column] ?? null) ?? ''}`, place: at });
  });
  const total = columns.reduce((sum, { width }) => sum + width, 0);

  return (
    <div className={styles.frame}>
      <div ref={place} className={styles.scroller} tabIndex={0} role="region" aria-label={caption || t('Table')} {...cellHandlers(choose)}>
        <table className={styles.table} style={leastWidth(total)} aria-rowcount={rows.length + 1} {...(onChoose && { role: 'grid' })}>
          <caption className={styles.unseen}>{caption}</caption>
          <colgroup>
            {columns.map(({ index, width }) => (
              <col key={index} style={widthOf(width)} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column) => (
                <Header key={column.index} column={column} sorting={sorting} onSort={setSorting} onHeader={onHeader} />
              ))}
            </tr>
          </thead>
          <tbody>
            {seen.first > 0 && <Gap height={seen.first * rowHeight} span={columns.length} />}
            {rows.slice(seen.first, seen.last).map((row, offset) => (
              <BodyRow key={seen.first + offset} row={row} at={seen.first + offset} columns={columns} look={look} canChoose={Boolean(onChoose)} />
            ))}
            {seen.last < rows.length && <Gap height={(rows.length - seen.last) * rowHeight} span={columns.length} />}
          </tbody>
        </table>
      </div>
      <p className={styles.count}>{countOf(t, isAll ? null : seen.last, rows.length, Boolean(data.rows_truncated))}</p>
    </div>
  );
}

/** Paper holds fewer rows than the page, which may hold fewer than there are. */
function countOf(t: Translate, printed: number | null, count: number, isCut: boolean): string {
  if (printed !== null && !isCut) return t('The first {printed, plural, other {#}} of {count, plural, other {# rows}}', { printed, count });
  if (isCut) return t('The first {count, plural, one {# row} other {# rows}}', { count: printed ?? count });
  return t('{count, plural, one {# row} other {# rows}}', { count });
}

const Gap = ({ height, span }: { height: number; span: number }) => (
  <tr aria-hidden="true">
    <td colSpan={span} className={styles.gap} style={heightOf(height)} />
  </tr>
);

interface HeaderProps {
  column: ShownColumn;
  sorting: Sorting | null;
  onSort: (sorting: Sorting | null) => void;
  onHeader: HeaderPress | undefined;
}

function Header({ column, sorting, onSort, onHeader }: HeaderProps) {
  const { t } = useI18n();
  const isSorted = sorting?.index === column.index;
  const direction = !isSorted ? 'none' : sorting.isDescending ? 'descending' : 'ascending';

  function turn() {
    if (!isSorted) onSort({ index: column.index, isDescending: column.isNumber });
    else if (sorting.isDescending === column.isNumber) onSort({ index: column.index, isDescending: !column.isNumber });
    else onSort(null);
  }

  if (onHeader) {
    return (
      <th scope="col" data-align={alignOf(column)}>
        <button
          type="button"
          className={styles.sort}
          aria-haspopup="menu"
          title={column.column.description ?? column.title}
          onClick={({ currentTarget }) => {
            const { left, bottom } = currentTarget.getBoundingClientRect();
            onHeader(column.index, { x: left + 12, y: bottom });
          }}
        >
          <span>{column.title}</span>
          <span className={styles.arrow} data-menu aria-hidden="true">
            <Sign name="down" />
          </span>
          <span className={styles.unseen}>{t(', what to do with the column')}</span>
        </button>
      </th>
    );
  }
  return (
    <th scope="col" aria-sort={direction} data-align={alignOf(column)}>
      <button type="button" className={styles.sort} onClick={turn} title={column.column.description ?? column.title}>
        <span>{column.title}</span>
        <span className={styles.arrow} aria-hidden="true">
          {direction !== 'none' && <Sign name={direction === 'ascending' ? 'up' : 'down'} />}
        </span>
      </button>
    </th>
  );
}

/** Left is how text stands anyway. */
function alignOf({ own, isNumber }: ShownColumn): string | undefined {
  const align = own.text_align ?? (isNumber ? 'right' : 'left');

  return align === 'left' ? undefined : align;
}

const longWords = 24;

interface BodyRowProps {
  row: Cell[];
  at: number;
  columns: ShownColumn[];
  look: ReturnType<typeof cellLook>;
  canChoose: boolean;
}

/** Rows that stay in sight while one scrolls are not drawn again. */
const BodyRow = memo(function BodyRow({ row, at, columns, look, canChoose }: BodyRowProps) {
  return (
    <tr aria-rowindex={at + 2}>
      {columns.map((column) => {
        const ground = look?.(row, column.index);
        const words = column.write(row[column.index] ?? null);
        return (
          <td
            key={column.index}
            data-align={alignOf(column)}
            title={words.length > longWords ? words : undefined}
            {...(ground && { style: groundOf(ground) })}
            {...(canChoose && { 'data-cell': column.index, 'data-row': at, tabIndex: -1 })}
          >
            {column.isPlain ? words : <CellContent column={column} row={row} />}
          </td>
        );
      })}
    </tr>
  );
});
