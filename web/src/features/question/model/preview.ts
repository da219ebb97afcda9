// The question as far as one of its steps: what that step gives, before the next ones.
import { type Clause, emptyStage, isSummarised, type Query, type Stage } from './query';

export type StepName = 'data' | 'join' | 'filter' | 'expressions' | 'summary' | 'order';

const partsOf: Record<StepName, (stage: Stage) => Partial<Stage>> = {
  data: () => ({}),
  join: ({ joins }) => ({ joins }),
  filter: ({ joins, expressions, filters }) => ({ joins, expressions, filters }),
  expressions: ({ joins, expressions, filters }) => ({ joins, expressions, filters }),
  summary: ({ joins, expressions, filters, aggregations, breakouts }) => ({ joins, expressions, filters, aggregations, breakouts }),
  order: (stage) => stage,
};

export function upTo(query: Query, at: number, step: StepName): Query {
  const stage = query.stages[at] ?? emptyStage;

  return { ...query, stages: [...query.stages.slice(0, at), { ...emptyStage, ...partsOf[step](stage) }] };
}

/** What was asked of steps is kept under these names. */
export const stepKey = (name: 'rows' | 'count' | 'glance', query: Query) => ['step', name, query] as const;

/** A step of a question: of which stage, and which. */
export interface Part {
  query: Query;
  at: number;
  step: StepName;
}

const stepsThatChangeRows: StepName[] = ['join', 'filter', 'summary', 'order'];

/** What a step gives; nothing when it is empty. */
export const given = ({ query, at, step }: Part): Query | undefined => (holdsSomething(query.stages[at] ?? emptyStage, step) ? upTo(query, at, step) : undefined);

/** What comes into a step from those before it; nothing comes into the data. */
export function before({ query, at, step }: Part): Query | undefined {
  if (step === 'data') return undefined;
  const stage = query.stages[at] ?? emptyStage;
  const earlier = stepsThatChangeRows.slice(0, stepsThatChangeRows.indexOf(step)).findLast((name) => holdsSomething(stage, name));

  if (earlier) return upTo(query, at, earlier);
  return at > 0 ? { ...query, stages: query.stages.slice(0, at) } : upTo(query, 0, 'data');
}

/** How many rows that is: counted after a summary or a limit, else in place of the rows. */
export function counted(query: Query): Query {
  const last = query.stages.at(-1) as Stage;
  const count: Clause[] = [['count']];

  if (isSummarised(last) || last.limit !== null) return { ...query, stages: [...query.stages, { ...emptyStage, aggregations: count }] };
  return { ...query, stages: [...query.stages.slice(0, -1), { ...last, orders: [], fields: null, aggregations: count }] };
}

/** Whether a step holds anything: an empty one gives what the one before it gives. */
export function holdsSomething(stage: Stage, step: StepName): boolean {
  if (step === 'data') return true;
  if (step === 'join') return stage.joins.length > 0;
  if (step === 'filter') return stage.filters.length > 0;
  if (step === 'expressions') return Object.keys(stage.expressions).length > 0;
  return step === 'summary' ? isSummarised(stage) : stage.orders.length > 0 || stage.limit !== null;
}
