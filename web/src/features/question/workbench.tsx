// The steps or the text on one side, the answer on the other.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useDatabases } from '../../lib/databases';
import type { Question } from '../../lib/question-types';
import { useWidePage } from '../../lib/wide-page';
import { FilterBar, type FilterValues, valuesFromAddress } from '../../shared/filters';
import { useI18n } from '../../shared/i18n';
import { Button, Notice } from '../../ui';
import { AnswerPane, shownDisplay } from './answer/answer-pane';
import { BuilderSide } from './builder-side';
import type { DraftState, TagSource } from './draft';
import type { Kept } from './local-draft';
import type { DatasetQuery } from './model/query';
import { problemsOf } from './problems';
import { type Run, useAnswer } from './queries';
import { useRuns } from './sql/runs';
import { SqlPanel } from './sql-panel';
import { SqlPane } from './sql/sql-pane';
import { tagParameters } from './sql/tags';
import { useTagChoices } from './sql/use-tag-choices';
import { WorkbenchHeader } from './workbench-header';
import styles from './question.module.css';

interface WorkbenchProps {
  question: Question | null;
  /** `updated_at` of what is being changed. */
  basedOn?: string;
  state: DraftState;
  kept: Kept;
  isDirty: boolean;
  /** With what is being changed, or only its name and place. */
  onSaved: (question: Question, hasDraft: boolean) => void;
}

export function Workbench({ question, basedOn, state, kept, isDirty, onSaved }: WorkbenchProps) {
  const draft = state.draft as NonNullable<DraftState['draft']>;
  const query = draft.dataset_query;
  const isSql = query.type === 'native';
  const sources = draft.parameters ?? noSources;
  const [isEditing, setEditing] = useState(question === null ? draft.original_card_id === undefined : isDirty);
  const [hasSql, showSql] = useState(false);
  const { values, setValues, parameters } = useTagValues(query, sources);
  const run = useRun(query, parameters, values, question !== null);
  const problem = run.answer?.status === 'failed' ? run.answer.error : undefined;
  const problems = useMemo(() => problemsOf(problem), [problem]);
  const { runs, begin } = useRuns(question?.id ?? null, run.isRunning, run.answer);
  const loadChoices = useTagChoices(query, sources, question && !isDirty ? question.id : null);

  function startSql(selection: string) {
    begin(selection.trim() || (query.native?.query ?? ''));
    run.start(selection);
  }
  function goOnInSql(dataset_query: DatasetQuery) {
    showSql(false);
    setEditing(true);
    state.change({ dataset_query });
  }
  useWidePage();
  useFirstDatabase(state);
  return (
    <>
      <WorkbenchHeader
        question={question}
        basedOn={basedOn}
        draft={{ ...draft, display: shownDisplay(draft, run.answer) }}
        state={state}
        kept={kept}
        isDirty={isDirty}
        isEditing={isEditing}
        onEdit={() => setEditing(!isEditing)}
        hasSql={hasSql}
        onSql={() => showSql(!hasSql)}
        onSaved={(next, hasDraft) => {
          if (hasDraft) setEditing(false);
          onSaved(next, hasDraft);
        }}
      />
      <MissedFilters names={draft.missed_filters ?? []} onHide={() => state.change({ missed_filters: [] })} />
      <div onKeyDown={(event) => isSql && isEditing && event.key === 'Enter' && (event.target as Element).matches('input[type=text]') && startSql('')}>
        <FilterBar parameters={parameters} values={values} onChange={setValues} loadChoices={loadChoices} />
      </div>
      <div className={styles.bench} data-editing={isEditing || undefined} data-sql={isSql || undefined} data-panel={hasSql || undefined}>
        {isEditing && (
          <div className={styles.side}>
            {isSql ? (
              <SqlPane query={query} sources={sources} onSources={(parameters) => state.change({ parameters })} isRunning={run.isRunning} problem={problem} onChange={(next) => state.change({ dataset_query: next })} onRun={startSql} onCancel={run.cancel} runs={runs} />
            ) : (
              <BuilderSide query={query} isAnswered={run.isAnswered} isMetric={draft.type === 'metric'} problems={problems} onChange={(next) => state.change({ dataset_query: next })} />
            )}
          </div>
        )}
        <AnswerPane
          title={question?.name ?? ''}
          asked={run.asked}
          saved={question && !isDirty ? { id: question.id, name: question.name } : null}
          draft={draft}
          answer={run.answer}
          error={run.error}
          isRunning={run.isRunning}
          isToldElsewhere={isEditing && (isSql || Object.keys(problems).length > 0)}
          onChange={state.change}
          onRun={() => run.start('')}
          onCancel={run.cancel}
        />
        {hasSql && <SqlPanel query={run.asked ?? query} parameters={run.sent} onConvert={draft.type === 'metric' ? undefined : goOnInSql} onClose={() => showSql(false)} />}
      </div>
    </>
  );
}

/** What one saw on the dashboard was narrower than what one sees here. */
function MissedFilters({ names, onHide }: { names: string[]; onHide: () => void }) {
  const { t } = useI18n();
  if (!names.length) return null;

  return (
    <Notice kind="warning">
      <p>{t('Filters of the dashboard that could not come along: {names}.', { names: names.join(', ') })}</p>
      <p className={styles.acts}>
        <Button look="quiet" onPress={onHide}>
          {t('Hide this')}
        </Button>
      </p>
    </Notice>
  );
}

const noSources: TagSource[] = [];

function useTagValues(query: DatasetQuery, sources: TagSource[]) {
  const parameters = useMemo(() => tagParameters(query, sources), [query, sources]);
  // A dashboard, or a link, may bring values along: `?tag=value`.
  const [chosen, setValues] = useState<FilterValues>(() => valuesFromAddress(location.search, parameters));
  const values = Object.fromEntries(parameters.map(({ id, default: otherwise }) => [id, id in chosen ? chosen[id] : (otherwise ?? null)]));

  return { values, setValues, parameters };
}

/** The builder asks by itself after each change; SQL waits for Run. */
function useRun(query: DatasetQuery, parameters: ReturnType<typeof tagParameters>, values: FilterValues, isSaved: boolean) {
  const client = useQueryClient();
  const isSql = query.type === 'native';
  const [round, setRound] = useState(0);
  const [asked, setAsked] = useState<DatasetQuery | null>(isSql ? (isSaved || location.hash.length > 1 ? query : null) : query);
  const [isStopped, setStopped] = useState(false);

  useEffect(() => {
    if (isSql) return;
    const timer = setTimeout(() => {
      setStopped(false);
      setAsked(query);
    }, 300);
    return () => clearTimeout(timer);
  }, [isSql, query]);

  // Where values are chosen from is no part of what is asked.
  const sent = parameters.map(({ values_query_type: _, values_source_type: __, values_source_config: ___, ...parameter }) => ({ ...parameter, value: values[parameter.id] ?? null }));
  const isReady = asked !== null && asked.database !== null && (!isSql || Boolean(asked.native?.query.trim()));
  const request: Run | null = isReady ? { query: asked, parameters: sent, round } : null;
  const answer = useAnswer(isStopped ? null : request);
  const isRunning = answer.isFetching && !isStopped;

  function start(selection: string) {
    setStopped(false);
    setRound((count) => count + 1);
    setAsked(selection.trim() && query.native ? { ...query, native: { ...query.native, query: selection } } : query);
  }
  function cancel() {
    setStopped(true);
    void client.cancelQueries({ queryKey: ['answer'] });
  }
  return { asked, sent, answer: answer.data, error: isStopped ? null : answer.error, isRunning, isAnswered: !isRunning && asked === query && answer.data?.status === 'completed', start, cancel };
}

/** A new question in SQL starts on the only database, or on the first. */
function useFirstDatabase({ draft, replace }: DraftState): void {
  const first = useDatabases().data?.[0]?.id;
  const query = draft?.dataset_query;

  useEffect(() => {
    if (draft && query?.type === 'native' && query.database === null && first) replace({ ...draft, dataset_query: { ...query, database: first } });
  }, [first, query?.database]);
}

