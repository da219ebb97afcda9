// A question of the builder as a list of stages, each reading what the one before it gives.
// Outside it is MBQL 4, the language that the server stores.

export type Clause = [string, ...unknown[]];

export interface FieldOptions {
  'base-type'?: string;
  'temporal-unit'?: string;
  'source-field'?: number;
  'join-alias'?: string;
  binning?: { strategy: string; 'num-bins'?: number; 'bin-width'?: number };
}

export interface Join {
  'source-table': number | string;
  alias: string;
  strategy: string;
  condition: Clause;
  fields: 'all' | 'none' | Clause[];
}

export interface Stage {
  joins: Join[];
  expressions: Record<string, unknown>;
  filters: Clause[];
  aggregations: Clause[];
  breakouts: Clause[];
  orders: Clause[];
  limit: number | null;
  fields: Clause[] | null;
}

export interface Query {
  database: number;
  /** A table by its number, a saved question as `card__7`. */
  source: number | string;
  stages: Stage[];
}

export interface DatasetQuery {
  database: number | null;
  type: 'query' | 'native';
  query?: Record<string, unknown>;
  native?: { query: string; 'template-tags'?: Record<string, TemplateTag> };
}

export interface TemplateTag {
  id: string;
  name: string;
  'display-name': string;
  type: 'text' | 'number' | 'date' | 'boolean' | 'dimension' | 'card' | 'snippet' | 'temporal-unit';
  required?: boolean;
  default?: unknown;
  dimension?: Clause;
  'widget-type'?: string;
  'card-id'?: number;
  'snippet-name'?: string;
  'snippet-id'?: number;
  /** For a filter on a column: how SQL calls it, when not by its name. */
  alias?: string;
}

export const emptyStage: Stage = {
  joins: [],
  expressions: {},
  filters: [],
  aggregations: [],
  breakouts: [],
  orders: [],
  limit: null,
  fields: null,
};

/** The number of the saved question that a source stands for; nothing for a table. */
export function cardOf(source: number | string): number | null {
  const number = typeof source === 'string' ? /^card__(\d+)$/.exec(source)?.[1] : undefined;

  return number === undefined ? null : Number(number);
}

export const newQuery = (database: number, source: number | string): Query => ({ database, source, stages: [emptyStage] });

export function toDatasetQuery({ database, source, stages }: Query): DatasetQuery {
  const query = stages.reduce<Record<string, unknown> | null>(
    (inner, stage) => ({ ...(inner ? { 'source-query': inner } : { 'source-table': source }), ...stageToMbql(stage) }),
    null,
  );

  return { database, type: 'query', query: query ?? { 'source-table': source } };
}

function stageToMbql(stage: Stage): Record<string, unknown> {
  const [first, ...others] = stage.filters;

  return {
    ...(stage.joins.length && { joins: stage.joins }),
    ...(Object.keys(stage.expressions).length && { expressions: stage.expressions }),
    ...(first && { filter: others.length ? ['and', ...stage.filters] : first }),
    ...(stage.aggregations.length && { aggregation: stage.aggregations }),
    ...(stage.breakouts.length && { breakout: stage.breakouts }),
    ...(stage.orders.length && { 'order-by': stage.orders }),
    ...(stage.limit && { limit: stage.limit }),
    ...(stage.fields && { fields: stage.fields }),
  };
}

/** Reads a stored question; nothing when it is one in SQL, or older than we understand. */
export function fromDatasetQuery({ database, type, query }: DatasetQuery): Query | null {
  if (type !== 'query' || !query || database === null) return null;
  const stages: Stage[] = [];
  let inner: Record<string, unknown> | undefined = query;
  let source: unknown;

  while (inner) {
    stages.unshift(stageFromMbql(inner));
    source = inner['source-table'];
    inner = inner['source-query'] as Record<string, unknown> | undefined;
  }
  return typeof source === 'number' || typeof source === 'string' ? { database, source, stages } : null;
}

const listOf = (value: unknown): Clause[] => {
  if (!Array.isArray(value)) return [];
  // Very old questions hold one aggregation that is not in a list.
  return typeof value[0] === 'string' ? [value as Clause] : (value as Clause[]);
};

function stageFromMbql(query: Record<string, unknown>): Stage {
  const filter = query.filter as Clause | undefined;

  return {
    joins: (query.joins as Join[] | undefined) ?? [],
    expressions: (query.expressions as Record<string, unknown> | undefined) ?? {},
    filters: !filter ? [] : filter[0] === 'and' ? (filter.slice(1) as Clause[]) : [filter],
    aggregations: listOf(query.aggregation),
    breakouts: listOf(query.breakout),
    orders: listOf(query['order-by']),
    limit: typeof query.limit === 'number' ? query.limit : null,
    fields: Array.isArray(query.fields) ? (query.fields as Clause[]) : null,
  };
}

export const isSummarised = ({ aggregations, breakouts }: Stage) => aggregations.length + breakouts.length > 0;

/** The question with one stage changed. Later stages stay as they are. */
export function withStage(query: Query, index: number, change: Partial<Stage>): Query {
  return { ...query, stages: query.stages.map((stage, at) => (at === index ? pruned({ ...stage, ...change }) : stage)) };
}

/** An order by a summary that is gone would be refused. */
function pruned(stage: Stage): Stage {
  const isThere = ([, target]: Clause) =>
    !Array.isArray(target) || target[0] !== 'aggregation' || Number(target[1]) < stage.aggregations.length;

  return { ...stage, orders: stage.orders.filter(isThere) };
}

export const replaced = <Item,>(list: readonly Item[], at: number, item: Item): Item[] =>
  at >= list.length ? [...list, item] : list.map((old, index) => (index === at ? item : old));

export const without = <Item,>(list: readonly Item[], at: number): Item[] => list.filter((_, index) => index !== at);
