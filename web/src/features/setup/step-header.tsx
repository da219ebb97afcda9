// The heading of a screen, and how far one has come.
import type { ReactNode } from 'react';
import { useI18n } from '../../shared/i18n';
import { PageHeader } from '../../ui';
import styles from './setup.module.css';

const total = 3;

export function StepHeader({ step, title, lead }: { step: number; title: string; lead: ReactNode }) {
  const { t } = useI18n();

  return (
    <>
      <p className={styles.step}>{t('Step {step} of {total}', { step, total })}</p>
      <PageHeader title={title} lead={lead} />
    </>
  );
}
