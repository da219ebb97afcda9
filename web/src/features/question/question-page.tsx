// Asking, and reading what was asked: one page for a new question and for a saved one.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import type { Question } from '../../lib/question-types';
import { useVisits } from '../../lib/visits';
import { useI18n } from '../../shared/i18n';
import { Button, ButtonLink, EmptyState, Loaded, Notice, PageHeader, Section } from '../../ui';
import { decodeDraft, type Draft, draftOf, encodeDraft, useDraft, useDraftInAddress } from './draft';
import { forgetDraft, savedDraft, useLocalDraft } from './local-draft';
import { newMetric } from './model/metrics';
import { newQuery, toDatasetQuery } from './model/query';
import { SourcePicker } from './builder/source-picker';
import { questionKey, useQuestion, useTable } from './queries';
import { Workbench } from './workbench';
import styles from './question.module.css';

export function QuestionPage({ id }: { id: string }) {
  const number = /^\d+/.exec(id)?.[0] ?? id;
  const query = useQuestion(number);

  const visits = useVisits();

  return <Loaded query={query}>{(question) => <SavedQuestion key={`${question.id} ${visits}`} question={question} />}</Loaded>;
}

function SavedQuestion({ question }: { question: Question }) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const client = useQueryClient();
  // What is being changed; what somebody else saves meanwhile is not it.
  const [base, setBase] = useState(question);
  const saved = useMemo(() => draftOf(base), [base]);
  const state = useDraft(decodeDraft(location.hash) ?? saved);
  const isDirty = JSON.stringify(state.draft) !== JSON.stringify(saved);

  useDraftInAddress(state.draft, isDirty);
  const kept = useLocalDraft(question.id, state.draft, isDirty);
  useEffect(() => {
    if (!isDirty && question !== base) begin(question);
  }, [question, isDirty]);

  function begin(next: Question) {
    setBase(next);
    state.replace(draftOf(next));
  }
  function keep(next: Question, hasDraft: boolean) {
    client.setQueryData(questionKey(next.id), next);
    if (hasDraft) forgetDraft(question.id);
    if (next.id !== question.id) go(`/question/${next.id}`);
    else if (hasDraft) begin(next);
    else setBase(next);
  }
  if (question.archived) {
    return (
      <EmptyState title={t('This question is in the trash')} action={<ButtonLink href="/trash">{t('Open the trash')}</ButtonLink>}>
        {question.name}
      </EmptyState>
    );
  }
  return (
    <>
      {!isDirty && <Unsaved question={question.id} saved={saved} onTake={state.change} />}
      <Workbench
        question={question}
        basedOn={base.updated_at}
        state={state}
        kept={kept}
        isDirty={isDirty}
        onSaved={keep}
      />
    </>
  );
}

/** What was changed last time on this machine, and not saved. */
function Unsaved({ question, saved, onTake }: { question: number | null; saved: Draft | null; onTake: (draft: Draft) => void }) {
  const { t } = useI18n();
  const [draft, setDraft] = useState(() => savedDraft(question));
  if (!draft || JSON.stringify(draft) === JSON.stringify(saved)) return null;

  return (
    <Notice>
      <p>{question === null ? t('A question that you began was not saved.') : t('You changed this question, and did not save it.')}</p>
      <p className={styles.acts}>
        <Button
          onPress={() => {
            setDraft(null);
            onTake(draft);
          }}
        >
          {t('Go on with it')}
        </Button>
        <Button
          look="quiet"
          onPress={() => {
            forgetDraft(question);
            setDraft(null);
          }}
        >
          {t('Forget it')}
        </Button>
      </p>
    </Notice>
  );
}

export function NewQuestionPage() {
  const search = useSearch();

  const visits = useVisits();

  const [database, table] = ['db', 'table'].map((name) => Number(new URLSearchParams(search).get(name)));

  if (table && !database) return <OfTable id={table} />;
  return <NewQuestion key={`${search} ${visits}`} search={search} />;
}

/** Older links know a table by its number alone. */
function OfTable({ id }: { id: number }) {
  const query = useTable(id);

  return <Loaded query={query}>{({ db_id }) => <Redirect to={`/question/new?db=${db_id}&table=${id}`} replace />}</Loaded>;
}

function NewQuestion({ search }: { search: string }) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const isMetric = new URLSearchParams(search).has('metric');
  const state = useDraft(decodeDraft(location.hash) ?? startOf(new URLSearchParams(search)));

  useDraftInAddress(state.draft, state.draft !== null);
  // Looking at a table is no draft: something must have been changed.
  const kept = useLocalDraft(null, state.draft, state.undo !== undefined);
  if (state.draft) {
    return (
      <Workbench
        question={null}
        state={state}
        kept={kept}
        isDirty
        onSaved={({ id }) => {
          forgetDraft(null);
          go(`/question/${id}`, { replace: true });
        }}
      />
    );
  }
  return (
    <>
      {isMetric ? (
        <PageHeader title={t('New metric')} lead={t('A figure that is defined once, for all questions that need it. Choose the data that it is counted from.')} />
      ) : (
        <PageHeader title={t('New question')} lead={t('Choose the data that holds the answer.')} actions={<ButtonLink href="/question/new?sql">{t('Write SQL instead')}</ButtonLink>} />
      )}
      <Unsaved question={null} saved={null} onTake={state.replace} />
      <Section>
        <div className={styles.start}>
          <SourcePicker
            hasMetrics={!isMetric}
            // A step of its own: the browser's way back leads to the choice again.
            onPick={(database, source, _, start) => {
              const common = { display: 'table', displayIsLocked: false, visualization_settings: {} };
              const draft: Draft = isMetric ? { ...common, type: 'metric', dataset_query: toDatasetQuery(newMetric(database, source)) } : { ...common, dataset_query: toDatasetQuery(start ?? newQuery(database, source)) };
              go(`/question/new#${encodeDraft(draft)}`);
            }}
          />
        </div>
      </Section>
    </>
  );
}

/** `?sql` starts the editor; `?db=1&table=5` starts with a table. */
function startOf(search: URLSearchParams): Draft | null {
  const [database, table] = [Number(search.get('db')), Number(search.get('table'))];
  const common = { display: 'table', displayIsLocked: false, visualization_settings: {} };

  if (search.has('sql')) return { ...common, dataset_query: { database: database || null, type: 'native', native: { query: '', 'template-tags': {} } } };
  return database && table ? { ...common, dataset_query: toDatasetQuery(newQuery(database, table)) } : null;
}
