// Many things against a few: a table that scrolls sideways, while the names of its lines stay in sight.
import type { ReactNode } from 'react';
import type { Choice } from './choice';
import styles from './matrix.module.css';

export interface MatrixRow {
  key: string;
  /** How deep the line lies below the one that holds it. */
  depth: number;
  head: ReactNode;
  cells: ReactNode[];
}

interface MatrixProps {
  caption: string;
  /** What the lines are: above their names. */
  corner: string;
  columns: string[];
  rows: MatrixRow[];
}

export function Matrix({ caption, corner, columns, rows }: MatrixProps) {
  return (
    <div className={styles.sheet} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.matrix}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, depth, head, cells }) => (
            <tr key={key} data-depth={depth}>
              <th scope="row">{head}</th>
              {cells.map((cell, index) => (
                <td key={columns[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellSelectProps {
  label: string;
  choices: Choice[];
  value: string;
  /** Changed and not saved yet. */
  isChanged?: boolean;
  /** A few words below, that put the value in its place. */
  note?: string | undefined;
  onChange: (id: string) => void;
}

/** The browser's own list: hundreds of them cost nothing, and every keyboard and phone knows them. */
export function CellSelect({ label, choices, value, isChanged, note, onChange }: CellSelectProps) {
  return (
    <span className={styles.cell}>
      <select className={styles.select} aria-label={label} value={value} data-changed={isChanged || undefined} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.label}
          </option>
        ))}
      </select>
      {note && <span className={styles.note}>{note}</span>}
    </span>
  );
}

interface DisclosureProps {
  isOpen: boolean;
  label: string;
  children: ReactNode;
  onToggle: () => void;
}

/** Opens what a line holds. */
export function Disclosure({ isOpen, label, children, onToggle }: DisclosureProps) {
  return (
    <button type="button" className={styles.disclosure} aria-expanded={isOpen} aria-label={label} onClick={onToggle}>
      <span className={styles.arrow} aria-hidden="true" />
      {children}
    </button>
  );
}
