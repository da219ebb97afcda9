// What makes a metric: one figure, and the dates that it is usually followed along.
import { holdsDates } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { type Clause, type Stage, withStage } from '../model/query';
import { speakBreakout, speakSummary } from '../model/speak';
import { BreakoutForm, firstBreakout } from './breakout-form';
import { ColumnPicker } from './column-picker';
import type { Props } from './stage-steps';
import { Add, Chip, Step } from './step';
import { SummaryForm } from './summary-form';

export function MetricSteps({ query, at, columns, stage, problems, onChange }: Props) {
  const { t, locale } = useI18n();
  const set = (change: Partial<Stage>) => onChange(withStage(query, at, change));
  const [figure = ['count'] as Clause] = stage.aggregations;
  const [axis] = stage.breakouts;
  const dates = columns.input.filter(({ column }) => holdsDates(column));

  return (
    <>
      <Step title={t('Figure')} error={problems.aggregation}>
        <Chip
          label={speakSummary({ t, locale }, figure, columns.input)}
          edit={(close) => (
            <SummaryForm
              columns={columns.input}
              metrics={[]}
              clause={figure}
              onSubmit={(clause) => {
                set({ aggregations: [clause], fields: null });
                close();
              }}
            />
          )}
        />
      </Step>
      <Step title={t('Axis of time')} error={problems.breakout} part={{ query, at, step: 'summary' }}>
        {axis ? (
          <Chip
            label={speakBreakout({ t, locale }, axis, columns.input)}
            onRemove={() => set({ breakouts: [] })}
            edit={(close) => (
              <BreakoutForm
                columns={columns.input}
                breakout={axis}
                onSubmit={(changed) => {
                  set({ breakouts: [changed] });
                  close();
                }}
              />
            )}
          />
        ) : (
          <Add label={t('Choose the dates to follow it along')}>
            {(close) => (
              <ColumnPicker
                columns={dates}
                onPick={(column) => {
                  set({ breakouts: [firstBreakout(column)] });
                  close();
                }}
              />
            )}
          </Add>
        )}
      </Step>
    </>
  );
}
