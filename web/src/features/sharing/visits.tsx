// How often the published page was handed out, by day: numbers, and nothing of who looked.
import { formatDate, formatNumber } from '../../shared/format';
import { useI18n } from '../../shared/i18n';
import { type Column, later, Loaded, Notice, Table } from '../../ui';
import { type Framed, type Kind, useVisits } from './queries';
import styles from './sharing.module.css';

// The page of the administration has no charts otherwise.
const VisitsChart = later(async () => (await import('./visits-chart')).VisitsChart);

export function Visits({ kind, id }: { kind: Kind; id: number }) {
  const { t, locale } = useI18n();

  return (
    <Loaded query={useVisits(kind, id)}>
      {({ visits, is_counted, days, framed_by }) => (
        <>
          {!is_counted && <Notice kind="warning">{t('Visits are not counted on this site: the settings say that they are kept for 0 days.')}</Notice>}
          <p>
            <strong>{t('{count, plural, one {{number} visit} other {{number} visits}} in 30 days', { count: visits, number: formatNumber(locale, visits) })}</strong>
          </p>
          {visits > 0 && (
            <div className={styles.visits}>
              <VisitsChart days={days} />
            </div>
          )}
          {framed_by.length > 0 && <Frames list={framed_by} />}
          <p className={styles.todo}>
            {t(
              'A visit is a page that this server handed out, by its link or in a frame, or that a browser asked about again. What a browser or a proxy kept is shown without asking, and robots that say so do not count. Nothing of who looked is kept: no address, no cookie, no browser; of a page with a frame, its site alone.',
            )}
          </p>
        </>
      )}
    </Loaded>
  );
}

/** The sites that said so themselves: browsers name the page around a frame, unless it forbids that. */
function Frames({ list }: { list: Framed[] }) {
  const { t, locale } = useI18n();
  const columns: Column<Framed>[] = [
    { label: t('Site'), cell: ({ origin }) => origin },
    { label: t('Visits'), kind: 'number', cell: ({ visits }) => formatNumber(locale, visits) },
    { label: t('The last one'), cell: ({ last_day }) => (last_day ? formatDate(locale, last_day) : '') },
  ];

  return (
    <>
      <p>
        <strong>{t('Shown in frames of')}</strong>
      </p>
      <Table caption={t('Shown in frames of')} columns={columns} rows={list} keyOf={({ origin }) => origin} />
    </>
  );
}
