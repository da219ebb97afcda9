// What stands in a cell that is more than a line of text: a link, a small bar, words on several lines.
import type { Cell } from '../data/types';
import type { ShownColumn } from './columns';
import styles from './data-table.module.css';

/** Addresses come from data: only those that lead to a page or to a mail are links. */
const safeAddress = /^(https?:\/\/|mailto:)/i;

const shareOf = (cell: number, most: number) => ({ '--share': Math.max(0, cell / most) }) as object;

export function CellContent({ column, row }: { column: ShownColumn; row: Cell[] }) {
  const cell = row[column.index] ?? null;
  const words = column.write(cell);
  const address = addressOf(column, cell, row);

  if (address) {
    return (
      <a href={address} target="_blank" rel="noreferrer noopener">
        {column.own.link_text ? column.fill(column.own.link_text, row) : words}
      </a>
    );
  }
  if (column.most > 0 && typeof cell === 'number') {
    return (
      <span className={styles.withBar}>
        <span className={styles.bar} style={shareOf(cell, column.most)} />
        {words}
      </span>
    );
  }
  return <span className={column.own.text_wrapping ? styles.wrapped : undefined}>{words}</span>;
}

function addressOf({ own, column, fill }: ShownColumn, cell: Cell, row: Cell[]): string | null {
  if (own.view_as === 'link' && own.link_url) {
    const address = fill(own.link_url, row, true);
    return safeAddress.test(address) || /^\/(?!\/)/.test(address) ? address : null;
  }
  if (typeof cell !== 'string' || !cell || own.view_as === null) return null;
  const isMail = own.view_as === 'email_link' || (own.view_as !== 'link' && column.semantic_type === 'type/Email');
  const address = isMail && cell.includes('@') ? `mailto:${cell}` : cell;
  const isWanted = own.view_as || column.semantic_type === 'type/Email' || column.semantic_type === 'type/URL';

  return isWanted && safeAddress.test(address) ? address : null;
}
