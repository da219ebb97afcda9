// A sentence that matters, in a box. Bad news is read out at once.
import type { ReactNode } from 'react';
import styles from './notice.module.css';

type NoticeKind = 'info' | 'success' | 'warning' | 'danger';

export function Notice({ kind = 'info', children }: { kind?: NoticeKind; children: ReactNode }) {
  return (
    <div className={`${styles.notice} ${styles[kind]}`} {...(kind === 'danger' && { role: 'alert' })}>
      {children}
    </div>
  );
}
