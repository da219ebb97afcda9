// Earlier runs beside the editor.
import { formatDateTime, formatNumber } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Picker, Popover } from '../../../ui';
import type { Run } from './runs';

export function RunList({ runs, onTake }: { runs: readonly Run[]; onTake: (sql: string) => void }) {
  const { t, locale } = useI18n();
  if (!runs.length) return null;

  const outcome = ({ hasFailed, rows = 0, milliseconds = 0 }: Run) =>
    hasFailed ? t('failed') : `${t('{count, plural, one {# row} other {# rows}}', { count: rows })} · ${formatNumber(locale, milliseconds)} ms`;
  const items = runs.map((run, index) => ({ id: String(index), label: run.sql.replace(/\s+/g, ' ').trim().slice(0, 120), detail: `${formatDateTime(locale, run.at)} · ${outcome(run)}` }));

  return (
    <Popover look="plain" label={t('Earlier runs')} trigger={t('Earlier runs')}>
      {(close) => (
        <Picker
          label={t('Earlier runs')}
          groups={[{ label: t('Kept on this machine'), items }]}
          onPick={(id) => {
            close();
            onTake(runs[Number(id)]?.sql ?? '');
          }}
        />
      )}
    </Popover>
  );
}
