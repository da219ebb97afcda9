// How many rows come into a step and how many it leaves, beside its name.
import { createContext, useContext } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { formatNumber } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { before, counted, given, type Part, stepKey } from '../model/preview';
import type { Query } from '../model/query';
import { countInTurn, isSlow } from './counting';
import styles from './builder.module.css';

/** Whether what the builder says has its answer: only then is there time to count. */
export const Answered = createContext(false);

function useCount(query: Query | undefined) {
  const isAnswered = useContext(Answered);
  const client = useQueryClient();

  return useQuery({
    queryKey: query ? stepKey('glance', query) : ['step'],
    queryFn: async ({ signal }) => {
      const wanted = counted(query as Query);
      const answer = await countInTurn(wanted, signal);
      // Who opens the step finds the same figure.
      if (answer) client.setQueryData(stepKey('count', wanted), answer);
      return answer?.data.rows[0]?.[0] ?? null;
    },
    enabled: isAnswered && query !== undefined && !isSlow(query),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** A column more changes no number of rows: that step says nothing. */
export function StepCount({ part }: { part: Part }) {
  const { t, locale } = useI18n();
  const isSaid = part.step !== 'expressions';
  const into = useCount(isSaid ? before(part) : undefined);
  const left = useCount(isSaid ? given(part) : undefined);
  const count = left.data;
  if (!isSaid) return null;

  return (
    <p className={styles.count} data-stale={into.isPlaceholderData || left.isPlaceholderData || undefined}>
      {typeof count !== 'number' ? (
        '\u00a0'
      ) : typeof into.data === 'number' && into.data !== count ? (
        <>
          <span aria-hidden="true">{t('{before} → {count, plural, one {# row} other {# rows}}', { before: formatNumber(locale, into.data), count })}</span>
          <span className={styles.heard}>{t('Rows: {before} before this step, {after} after', { before: formatNumber(locale, into.data), after: formatNumber(locale, count) })}</span>
        </>
      ) : (
        t('{count, plural, one {# row} other {# rows}}', { count })
      )}
    </p>
  );
}
