// The columns of every stage: from the metadata of tables, and from what earlier stages give.
import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import { post } from '../../../api/client';
import type { Answer, TableForQuestion } from '../../../lib/question-types';
import type { Column } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { typeOfFormula } from '../formula/type';
import { answerColumns, type Choosable, expressionColumns, joinColumns, tableColumns } from '../model/columns';
import { type Query, type Stage, toDatasetQuery } from '../model/query';
import { useTables } from '../queries';

export interface StageColumns {
  /** What the stage starts from, joins and formulas included. */
  input: Choosable[];
  /** The same without the formulas, for writing one. */
  plain: Choosable[];
}

export interface Columns {
  stages: StageColumns[];
  sourceName: string;
  isPending: boolean;
}

const tableIds = (query: Query): number[] => {
  const joined = query.stages.flatMap(({ joins }) => joins.map((join) => join['source-table']));

  return [...new Set([query.source, ...joined].filter((id): id is number => typeof id === 'number'))];
};

export function useColumns(query: Query, sourceName: string): Columns {
  const { t } = useI18n();
  const direct = useTables(tableIds(query));
  const source = typeof query.source === 'number' ? direct.tables.get(query.source) : undefined;
  const reached = useTables(source ? [...new Set(source.fields.flatMap(({ target }) => (target ? [target.table_id] : [])))] : []);
  const answers = useEarlierAnswers(query);
  const made = t('Custom columns');

  const stages = useMemo(() => {
    const all = new Map<number, TableForQuestion>([...reached.tables, ...direct.tables]);
    return query.stages.map((stage, index): StageColumns => {
      const start = index === 0 && source ? tableColumns(source, all) : answerColumns(answers[index] ?? [], index === 0 ? sourceName : t('Result of the step before'));
      const joined = stage.joins.flatMap((join) => joinedColumns(join, all));
      const plain = [...start, ...joined];
      return { plain, input: [...plain, ...expressionColumns(stage, made, (formula) => typeOfFormula(formula, plain))] };
    });
  }, [query, source, reached.tables, direct.tables, answers, sourceName, made, t]);

  return { stages, sourceName: source?.display_name ?? sourceName, isPending: direct.isPending };
}

function joinedColumns(join: Stage['joins'][0], tables: Map<number, TableForQuestion>): Choosable[] {
  const table = typeof join['source-table'] === 'number' ? tables.get(join['source-table']) : undefined;

  return table ? joinColumns(join, table) : [];
}

/** The columns that each stage reads from the one before it; a saved question is read the same way. */
function useEarlierAnswers(query: Query): (Column[] | undefined)[] {
  const asked = query.stages.map((_, index) => {
    if (index > 0) return toDatasetQuery({ ...query, stages: query.stages.slice(0, index) });
    return typeof query.source === 'string' ? toDatasetQuery({ ...query, stages: [] }) : null;
  });
  const results = useQueries({
    queries: asked.map((dataset) => ({
      queryKey: ['answer-columns', dataset],
      queryFn: async () => (await post<Answer>('/api/dataset', { ...dataset, constraints: { 'max-results': 1 } })).data.cols,
      enabled: dataset !== null,
      staleTime: 5 * 60_000,
      retry: false,
    })),
    combine: (all) => ({ columns: all.map(({ data }) => data) }),
  });

  return results.columns;
}
