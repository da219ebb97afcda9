// The steps of one stage: join, formulas, filters, summaries, order, limit.
import { useI18n } from '../../../shared/i18n';
import { Button, TextField } from '../../../ui';
import { type Choosable, findColumn } from '../model/columns';
import { comparable, firstTime, timeGroup } from '../model/past';
import { type Clause, isSummarised, type Query, replaced, type Stage, withStage, without } from '../model/query';
import { withoutBreakout } from '../model/references';
import { speakBreakout, speakFilter, speakOrder, speakSummary } from '../model/speak';
import { BreakoutForm, firstBreakout } from './breakout-form';
import { ColumnPicker } from './column-picker';
import { FilterEditor } from './filter-editor';
import { FormulaStep } from './formula-step';
import { JoinStep } from './join-step';
import { MetricSteps } from './metric-steps';
import { PastForm } from './past-form';
import { Add, Chip, Step } from './step';
import { SummaryForm } from './summary-form';
import type { StageColumns } from './use-columns';
import styles from './builder.module.css';
import { useState } from 'react';

export interface StepsProps {
  query: Query;
  at: number;
  /** The steps of a metric end with its one figure and its axis of time. */
  isMetric?: boolean;
  columns: StageColumns;
  /** What the server said of a step, by the name of its clause. */
  problems: Record<string, string>;
  onChange: (query: Query) => void;
}

export function StageSteps(props: StepsProps) {
  const { query, at } = props;
  const stage = query.stages[at] as Stage;

  return (
    <>
      <JoinStep {...props} />
      <FilterStep {...props} stage={stage} />
      <FormulaStep {...props} stage={stage} />
      {props.isMetric ? (
        <MetricSteps {...props} stage={stage} />
      ) : (
        <>
          <SummaryStep {...props} stage={stage} />
          <OrderStep {...props} stage={stage} />
        </>
      )}
    </>
  );
}

export type Props = StepsProps & { stage: Stage };

function FilterStep({ query, at, columns, stage, problems, onChange }: Props) {
  const { t, locale } = useI18n();
  const set = (filters: Clause[]) => onChange(withStage(query, at, { filters }));

  return (
    <Step title={t('Filters')} error={problems.filter} part={{ query, at, step: 'filter' }}>
      {stage.filters.map((filter, index) => (
        <Chip
          key={index}
          label={speakFilter({ t, locale }, filter, columns.input)}
          onRemove={() => set(without(stage.filters, index))}
          edit={(close) => (
            <FilterEditor
              columns={columns.input}
              filter={filter}
              onSubmit={(changed) => {
                set(replaced(stage.filters, index, changed));
                close();
              }}
            />
          )}
        />
      ))}
      <Add label={t('Add a filter')}>
        {(close) => (
          <FilterEditor
            columns={columns.input}
            onSubmit={(filter) => {
              set([...stage.filters, filter]);
              close();
            }}
          />
        )}
      </Add>
    </Step>
  );
}

function SummaryStep({ query, at, columns, stage, problems, onChange }: Props) {
  const { t, locale } = useI18n();
  const speaker = { t, locale };
  const set = (change: Partial<Stage>) => onChange(withStage(query, at, change));
  const { aggregations, breakouts } = stage;
  const figures = [...columns.input, ...columns.metrics];

  return (
    <>
      <Step title={t('Summarise')} error={problems.aggregation}>
        {aggregations.map((clause, index) => (
          <Chip
            key={index}
            label={speakSummary(speaker, clause, figures)}
            onRemove={() => set({ aggregations: without(aggregations, index), orders: stage.orders.filter(([, target]) => (target as Clause)[0] !== 'aggregation') })}
            edit={(close) => (
              <SummaryForm
                columns={columns.input}
                metrics={columns.metrics}
                clause={clause}
                onSubmit={(changed) => {
                  set({ aggregations: replaced(aggregations, index, changed) });
                  close();
                }}
              />
            )}
          />
        ))}
        <Add label={t('Add a figure')}>
          {(close) => (
            <NewFigure
              stage={stage}
              columns={columns}
              onSubmit={(change) => {
                set({ ...change, fields: null });
                close();
              }}
            />
          )}
        </Add>
      </Step>
      <Step title={t('Group by')} error={problems.breakout} part={{ query, at, step: 'summary' }}>
        {breakouts.map((ref, index) => (
          <Chip
            key={index}
            label={speakBreakout(speaker, ref, columns.input)}
            onRemove={() => set(withoutBreakout(stage, index))}
            edit={(close) => (
              <BreakoutForm
                columns={columns.input}
                breakout={ref}
                onSubmit={(changed) => {
                  set({ breakouts: replaced(breakouts, index, changed) });
                  close();
                }}
              />
            )}
          />
        ))}
        <Add label={t('Add a group')}>
          {(close) => (
            <ColumnPicker
              columns={columns.input}
              onPick={(column) => {
                set({ breakouts: [...breakouts, firstBreakout(column)], fields: null, ...(!aggregations.length && { aggregations: [['count'] as Clause] }) });
                close();
              }}
            />
          )}
        </Add>
      </Step>
    </>
  );
}

/** A figure of its own, or those that are there beside their past. */
function NewFigure({ stage, columns, onSubmit }: { stage: Stage; columns: StageColumns; onSubmit: (change: Partial<Stage>) => void }) {
  const [isPast, setPast] = useState(false);
  const figures = comparable(stage.aggregations);

  if (isPast) return <PastForm stage={stage} columns={columns} figures={figures} onSubmit={onSubmit} />;
  return <SummaryForm columns={columns.input} metrics={columns.metrics} onSubmit={(clause) => onSubmit({ aggregations: [...stage.aggregations, clause] })} onCompare={figures.length && (timeGroup(stage, columns.input) ?? firstTime(columns.input)) ? () => setPast(true) : undefined} />;
}

function OrderStep({ query, at, columns, stage, problems, onChange }: Props) {
  const { t, locale } = useI18n();
  const set = (change: Partial<Stage>) => onChange(withStage(query, at, change));
  const known = [...columns.input, ...columns.metrics];
  const choices = orderChoices(stage, columns.input, (clause) => speakSummary({ t, locale }, clause, known));

  return (
    <Step title={t('Order and limit')} error={problems['order-by'] ?? problems.limit} part={{ query, at, step: 'order' }}>
      {stage.orders.map((order, index) => (
        <Chip
          key={index}
          label={speakOrder({ t, locale }, order, query, at, known)}
          onRemove={() => set({ orders: without(stage.orders, index) })}
          edit={(close) => (
            <Button
              onPress={() => {
                set({ orders: replaced(stage.orders, index, [order[0] === 'asc' ? 'desc' : 'asc', order[1]]) });
                close();
              }}
            >
              {t('Turn the order around')}
            </Button>
          )}
        />
      ))}
      <Add label={t('Sort')}>
        {(close) => (
          <ColumnPicker
            columns={choices}
            onPick={({ ref }) => {
              set({ orders: [...stage.orders, [ref[0] === 'aggregation' ? 'desc' : 'asc', ref]] });
              close();
            }}
          />
        )}
      </Add>
      {stage.limit ? (
        <Chip label={t('At most {count, plural, one {# row} other {# rows}}', { count: stage.limit })} onRemove={() => set({ limit: null })} edit={(close) => <LimitForm limit={stage.limit} onSubmit={(limit) => (set({ limit }), close())} />} />
      ) : (
        <Add label={t('Limit')}>{(close) => <LimitForm limit={null} onSubmit={(limit) => (set({ limit }), close())} />}</Add>
      )}
    </Step>
  );
}

function LimitForm({ limit, onSubmit }: { limit: number | null; onSubmit: (limit: number | null) => void }) {
  const { t } = useI18n();
  const [text, setText] = useState(String(limit ?? 10));
  const submit = () => onSubmit(Math.max(0, Math.floor(Number(text))) || null);

  return (
    <div className={styles.form} onKeyDown={(event) => event.key === 'Enter' && submit()}>
      <TextField label={t('At most how many rows')} isRequired autoFocus type="number" value={text} onChange={setText} />
      <Button look="primary" onPress={submit}>
        {t('Apply')}
      </Button>
    </div>
  );
}

/** After a summary only what it gives can be sorted by. */
function orderChoices(stage: Stage, columns: Choosable[], speak: (clause: Clause) => string): Choosable[] {
  if (!isSummarised(stage)) return columns;
  const figures = stage.aggregations.map((clause, index): Choosable => {
    const label = speak(clause);
    return { label, group: '', ref: ['aggregation', index], hasValues: null, column: { name: label, display_name: label, base_type: 'type/Float' } };
  });
  const groups = stage.breakouts.flatMap((ref) => {
    const column = findColumn(columns, ref);
    return column ? [{ ...column, ref }] : [];
  });

  return [...groups, ...figures];
}
