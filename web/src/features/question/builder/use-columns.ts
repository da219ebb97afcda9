// The columns of every stage: from the metadata of tables, and from what earlier stages give.
import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import type { TableForQuestion } from '../../../lib/question-types';
import type { Column } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { typeOfFormula } from '../formula/type';
import { answerColumns, type Choosable, expressionColumns, joinColumns, joinedAnswerColumns, tableColumns } from '../model/columns';
import { definitionOf, metricChoices } from '../model/metrics';
import { cardOf, newQuery, type Query, type Stage, toDatasetQuery } from '../model/query';
import { columnsOfAnswer, useQuestion, useTables } from '../queries';

export interface StageColumns {
  /** What the stage starts from, joins and formulas included. */
  input: Choosable[];
  /** The same without the formulas, for writing one. */
  plain: Choosable[];
  /** Figures that are defined for its data. */
  metrics: Choosable[];
}

export interface Columns {
  stages: StageColumns[];
  sourceName: string;
  isPending: boolean;
}

const tableIds = (source: Query['source'], stages: Stage[]): number[] => {
  const joined = stages.flatMap(({ joins }) => joins.map((join) => join['source-table']));

  return [...new Set([source, ...joined].filter((id): id is number => typeof id === 'number'))];
};

/** A metric as source stands for the data that it is defined on. */
export function useColumns(query: Query): Columns {
  const { t } = useI18n();
  const card = useQuestion(cardOf(query.source)?.toString() ?? null).data;
  const sourceName = card?.name ?? '';
  const metric = useMemo(() => definitionOf(card), [card]);
  const start = metric?.source ?? query.source;
  const metricJoins = metric?.stages[0]?.joins ?? noJoins;
  const direct = useTables(tableIds(start, [...(metric?.stages ?? []), ...query.stages]));
  const source = typeof start === 'number' ? direct.tables.get(start) : undefined;
  const reached = useTables(source ? [...new Set(source.fields.flatMap(({ target }) => (target ? [target.table_id] : [])))] : []);
  const answers = useEarlierAnswers(query, start);
  const cards = useJoinedCards(query);
  const made = t('Custom columns');

  const stages = useMemo(() => {
    const all = new Map<number, TableForQuestion>([...reached.tables, ...direct.tables]);
    return query.stages.map((stage, index): StageColumns => {
      const first = index === 0 && source ? tableColumns(source, all) : answerColumns(answers[index] ?? [], index === 0 ? sourceName : t('Result of the step before'));
      const joined = (index === 0 ? [...metricJoins, ...stage.joins] : stage.joins).flatMap((join) => joinedColumns(join, all, cards));
      const plain = [...first, ...joined];
      const metrics = index === 0 ? metricChoices(query.source, card, source?.metrics ?? [], t('Metrics')) : [];
      return { plain, metrics, input: [...plain, ...expressionColumns(stage, made, (formula) => typeOfFormula(formula, plain))] };
    });
  }, [query, source, reached.tables, direct.tables, answers, cards, sourceName, made, t, card, metricJoins]);

  return { stages, sourceName: source?.display_name ?? sourceName, isPending: direct.isPending };
}

const noJoins: Stage['joins'] = [];

function joinedColumns(join: Stage['joins'][0], tables: Map<number, TableForQuestion>, cards: Map<string, Column[]>): Choosable[] {
  const source = join['source-table'];
  if (typeof source === 'string') return joinedAnswerColumns(join, cards.get(source) ?? []);
  const table = tables.get(source);

  return table ? joinColumns(join, table) : [];
}

/** The columns that each stage reads from the one before it; a saved question is read the same way. */
function useEarlierAnswers(query: Query, start: Query['source']): (Column[] | undefined)[] {
  const asked = query.stages.map((_, index) => {
    if (index > 0) return toDatasetQuery({ ...query, stages: query.stages.slice(0, index) });
    return typeof start === 'string' ? toDatasetQuery({ ...query, source: start, stages: [] }) : null;
  });
  const results = useQueries({ queries: asked.map(columnsOfAnswer), combine: (all) => ({ columns: all.map(({ data }) => data) }) });

  return results.columns;
}

/** The columns of saved questions that are joined, by their source: `card__7`. */
function useJoinedCards({ database, stages }: Query): Map<string, Column[]> {
  const sources = [...new Set(stages.flatMap(({ joins }) => joins.map((join) => join['source-table'])))].filter((source): source is string => cardOf(source) !== null);
  const results = useQueries({
    queries: sources.map((source) => columnsOfAnswer(toDatasetQuery({ ...newQuery(database, source), stages: [] }))),
    combine: (all) => ({ columns: all.map(({ data }) => data) }),
  });

  return useMemo(() => new Map(sources.flatMap((source, index) => (results.columns[index] ? [[source, results.columns[index]] as const] : []))), [sources.join(), results]);
}
