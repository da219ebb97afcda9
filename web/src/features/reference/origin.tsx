// Where the rows of a table come from, and how they may be used.
import type { Table } from '../../api/types';
import { AboutLines } from '../../shared/about';
import styles from './reference.module.css';

export function Origin({ table: { public_source, public_licence } }: { table: Table }) {
  if (!public_source && !public_licence) return null;
  return (
    <div className={styles.origin}>
      <AboutLines about={{ ...(public_source && { source: [public_source] }), ...(public_licence && { licence: [public_licence] }) }} />
    </div>
  );
}
