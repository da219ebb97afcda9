// How a run went, and how long it took.
import { formatNumber } from '../../../shared/format';
import { msg, useI18n } from '../../../shared/i18n';
import { Badge } from '../../../ui';
import type { JobRun } from './queries';

const states: Record<string, { label: string; kind: 'success' | 'warning' | 'plain' }> = {
  running: { label: msg('Running…'), kind: 'plain' },
  done: { label: msg('Finished'), kind: 'success' },
  failed: { label: msg('Failed'), kind: 'warning' },
  interrupted: { label: msg('Interrupted'), kind: 'warning' },
  missed: { label: msg('Missed'), kind: 'warning' },
};

export function RunState({ run }: { run: JobRun | null }) {
  const { t } = useI18n();

  if (!run) return t('Not yet');
  const { label, kind } = states[run.status] ?? { label: run.status, kind: 'plain' as const };
  return <Badge kind={kind}>{t(label)}</Badge>;
}

export function Duration({ run: { started_at, ended_at } }: { run: JobRun }) {
  const { t, locale } = useI18n();

  if (!started_at || !ended_at) return null;
  return t('{seconds} s', { seconds: formatNumber(locale, Math.round((Date.parse(ended_at) - Date.parse(started_at)) / 100) / 10) });
}
