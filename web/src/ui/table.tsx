// A plain table. On a narrow screen each row becomes a small sheet, and says the name of each column.
import type { ReactNode } from 'react';
import styles from './table.module.css';

export interface Column<Row> {
  label: string;
  cell: (row: Row) => ReactNode;
  kind?: 'number' | 'actions';
}

interface TableProps<Row> {
  caption: string;
  /** The first column names the row. */
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string | number;
}

// The roles are written out because browsers forget them once `display` says something else than a table.
export function Table<Row>({ caption, columns, rows, keyOf }: TableProps<Row>) {
  return (
    <div className={styles.sheet}>
      <table className={styles.table} role="table">
        <caption className={styles.caption}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.label} scope="col" role="columnheader" data-kind={column.kind}>
                <span {...(column.kind === 'actions' && { className: styles.unseen })}>{column.label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row">
              {columns.map((column, index) => (
                <Cell key={column.label} column={column} row={row} isName={index === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row, isName }: { column: Column<Row>; row: Row; isName: boolean }) {
  const content = column.cell(row);

  if (isName) {
    return (
      <th scope="row" role="rowheader">
        {content}
      </th>
    );
  }
  return (
    <td role="cell" data-kind={column.kind} data-label={column.label}>
      {content}
    </td>
  );
}
