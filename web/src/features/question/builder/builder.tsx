// The steps of a question, from its data to its answer.
import { useRef } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Button, IconPlus } from '../../../ui';
import { type Clause, emptyStage, isSummarised, newQuery, type Query, withStage } from '../model/query';
import { newMetric } from '../model/metrics';
import { choosable, isShown, withShown } from '../model/shown';
import { ColumnTicks } from './column-ticks';
import { onBuilderKey, useWayIn } from './keys';
import { SourcePicker } from './source-picker';
import { StageSteps } from './stage-steps';
import { Chip, Step } from './step';
import type { Columns } from './use-columns';
import styles from './builder.module.css';

interface BuilderProps {
  query: Query;
  /** One figure and at most one axis of time, which other questions take from it. */
  isMetric: boolean;
  columns: Columns;
  problems: Record<string, string>;
  onChange: (query: Query) => void;
}

/** A summary has the columns that it makes; rows have those that one wants. */
function ShownColumns({ query, columns, onChange }: Pick<BuilderProps, 'query' | 'columns' | 'onChange'>) {
  const { t } = useI18n();
  const stage = query.stages[0];
  const all = choosable(columns.stages[0]?.input ?? []);
  if (!stage || isSummarised(stage) || !all.length) return null;
  const set = (fields: Clause[] | null) => onChange(withStage(query, 0, { fields }));

  return (
    <Chip
      label={stage.fields ? t('{count, plural, one {# column} other {# columns}}', { count: stage.fields.length }) : t('All columns')}
      edit={() => <ColumnTicks columns={all} isOn={(column) => isShown(stage, column)} onTurn={(column, isOn) => set(withShown(stage, all, column, isOn))} onAll={() => set(null)} />}
    />
  );
}

export function Builder({ query, isMetric, columns, problems, onChange }: BuilderProps) {
  const { t } = useI18n();
  const last = query.stages.length - 1;
  const place = useRef<HTMLDivElement>(null);
  const canGoOn = !isMetric && query.stages[last] !== undefined && isSummarised(query.stages[last]);

  useWayIn(place);
  return (
    <div ref={place} className={styles.builder} onKeyDown={onBuilderKey}>
      <Step title={t('Data')} error={problems.source} part={{ query, at: 0, step: 'data' }}>
        <Chip
          label={columns.sourceName || t('Data')}
          edit={(close) => (
            <SourcePicker
              hasMetrics={!isMetric}
              onPick={(database, source, _, start) => {
                onChange(isMetric ? newMetric(database, source) : (start ?? newQuery(database, source)));
                close();
              }}
            />
          )}
        />
        <ShownColumns query={query} columns={columns} onChange={onChange} />
      </Step>
      {query.stages.map((_, at) => (
        <div key={at} className={styles.stage}>
          {at > 0 && (
            <div className={styles.stageTop}>
              <h2>{t('Then, with this result')}</h2>
              <Button look="quiet" onPress={() => onChange({ ...query, stages: query.stages.slice(0, at) })}>
                {t('Remove this step')}
              </Button>
            </div>
          )}
          <StageSteps query={query} at={at} isMetric={isMetric && at === last} columns={columns.stages[at] ?? { input: [], plain: [], metrics: [] }} problems={at === last ? problems : {}} onChange={onChange} />
        </div>
      ))}
      {canGoOn && (
        <Button look="quiet" onPress={() => onChange({ ...query, stages: [...query.stages, emptyStage] })}>
          <IconPlus />
          {t('Go on with this result')}
        </Button>
      )}
    </div>
  );
}
