// The parts that every page is made of.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { usePageTitle } from '../lib/page-title';
import { useI18n } from '../shared/i18n';
import styles from './page.module.css';

interface PageHeaderProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  path?: Step[];
}

export interface Step {
  label: string;
  href: string;
}

export function PageHeader({ title, lead, actions, path }: PageHeaderProps) {
  const heading = usePageTitle(title);

  return (
    <div className={styles.header}>
      {path && <Breadcrumbs path={path} />}
      <div className={styles.titleRow}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {lead && <p className={styles.lead}>{lead}</p>}
    </div>
  );
}

function Breadcrumbs({ path }: { path: Step[] }) {
  const { t } = useI18n();

  return (
    <nav aria-label={t('You are here')}>
      <ol className={styles.path}>
        {path.map(({ label, href }) => (
          <li key={href}>
            <Link href={href}>{label}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface SectionProps {
  title?: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** A part of a page, on its own sheet. */
export function Section({ title, lead, children }: SectionProps) {
  return (
    <section className={styles.section}>
      {title && <h2>{title}</h2>}
      {lead && <p className={styles.soft}>{lead}</p>}
      {children}
    </section>
  );
}

export function Toolbar({ children }: { children: ReactNode }) {
  return <div className={styles.toolbar}>{children}</div>;
}

export function Badge({ kind = 'plain', children }: { kind?: 'plain' | 'success' | 'warning'; children: ReactNode }) {
  return <span className={`${styles.badge} ${styles[`${kind}Badge`]}`}>{children}</span>;
}

/** Says why nothing is here, and the one thing to do about it. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      {children && <p className={styles.soft}>{children}</p>}
      {action}
    </div>
  );
}
