// The builder with the sentence that says the question.
import { useMemo } from 'react';
import { useI18n } from '../../shared/i18n';
import { Notice } from '../../ui';
import { Builder } from './builder/builder';
import { Answered } from './builder/step-count';
import { useColumns } from './builder/use-columns';
import { type DatasetQuery, fromDatasetQuery, type Query, toDatasetQuery } from './model/query';
import { speakQuery } from './model/speak';
import styles from './question.module.css';

interface BuilderSideProps {
  query: DatasetQuery;
  isMetric?: boolean;
  /** Whether the answer beside is to what the builder says. */
  isAnswered: boolean;
  problems: Record<string, string>;
  onChange: (query: DatasetQuery) => void;
}

export function BuilderSide({ query, isMetric = false, isAnswered, problems, onChange }: BuilderSideProps) {
  const { t } = useI18n();
  const read = useMemo(() => fromDatasetQuery(query), [query]);

  if (!read) return <Notice>{t('The builder cannot show this question; its answer is beside.')}</Notice>;
  return (
    <Answered value={isAnswered}>
      <ReadQuery query={read} isMetric={isMetric} problems={problems} onChange={(next) => onChange(toDatasetQuery(next))} />
    </Answered>
  );
}

function ReadQuery({ query, isMetric, problems, onChange }: { query: Query; isMetric: boolean; problems: Record<string, string>; onChange: (query: Query) => void }) {
  const { t, locale } = useI18n();
  const columns = useColumns(query);
  const sentence = speakQuery({ t, locale }, query, columns.sourceName, (stage) => [...(columns.stages[stage]?.input ?? []), ...(columns.stages[stage]?.metrics ?? [])]);

  return (
    <>
      {columns.sourceName && <p className={styles.sentence}>{sentence}</p>}
      <Builder query={query} isMetric={isMetric} columns={columns} problems={problems} onChange={onChange} />
    </>
  );
}
