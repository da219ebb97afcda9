// What else a question says of a column that was made in it: it follows a new name, and goes with it.
import type { Clause, Join, Query, Stage } from './query';

type Names = (clause: readonly unknown[]) => boolean;

const mentions = (part: unknown, isIt: Names): boolean => Array.isArray(part) && (isIt(part) || part.some((one) => mentions(one, isIt)));

function changed(part: unknown, change: (clause: unknown[]) => unknown[] | null): unknown {
  if (!Array.isArray(part)) return part;
  return change(part) ?? part.map((one) => changed(one, change));
}

const isExpression =
  (name: string): Names =>
  ([kind, target]) =>
    kind === 'expression' && target === name;

/** After the step that made it, a column is known by its name. */
const isField =
  (name: string): Names =>
  ([kind, target]) =>
    kind === 'field' && target === name;

const ofJoin =
  (alias: string): Names =>
  ([kind, , options]) =>
    kind === 'field' && (options as { 'join-alias'?: string } | null)?.['join-alias'] === alias;

function withoutMentions(stage: Stage, isIt: Names): Stage {
  const stays = (clause: Clause) => !mentions(clause, isIt);
  const aggregations = stage.aggregations.filter(stays);
  const isSame = aggregations.length === stage.aggregations.length;
  const fields = stage.fields?.filter(stays) ?? null;

  return {
    ...stage,
    joins: stage.joins.filter(({ condition }) => stays(condition)),
    filters: stage.filters.filter(stays),
    aggregations,
    breakouts: stage.breakouts.filter(stays),
    // An order by the second figure means another one when the first is gone.
    orders: stage.orders.filter((order) => stays(order) && (isSame || (order[1] as Clause)[0] !== 'aggregation')),
    fields: fields?.length ? fields : null,
  };
}

const at = (query: Query, index: number, change: (stage: Stage) => Stage, later: (stage: Stage) => Stage): Query => ({
  ...query,
  stages: query.stages.map((stage, place) => (place === index ? change(stage) : place > index ? later(stage) : stage)),
});

/** Without a custom column, and without what was said of it. */
export function withoutExpression(query: Query, index: number, name: string): Query {
  const { [name]: _, ...others } = query.stages[index]?.expressions ?? {};
  const less = at(query, index, (stage) => ({ ...withoutMentions(stage, isExpression(name)), expressions: others }), (stage) => withoutMentions(stage, isField(name)));
  const orphan = Object.entries(others).find(([, formula]) => mentions(formula, isExpression(name)));

  return orphan ? withoutExpression(less, index, orphan[0]) : less;
}

export function withExpression(query: Query, index: number, old: string, name: string, formula: unknown): Query {
  const rename = (part: unknown) => changed(part, (clause) => (isExpression(old)(clause) ? ['expression', name, ...clause.slice(2)] : null));
  const renameLater = (part: unknown) => changed(part, (clause) => (isField(old)(clause) ? ['field', name, ...clause.slice(2)] : null));
  const own = (stage: Stage): Stage => ({
    ...eachClause(stage, rename),
    expressions: Object.fromEntries(Object.entries(stage.expressions).map(([one, value]) => (one === old ? [name, formula] : [one, rename(value)]))),
  });

  return at(query, index, own, (stage) => ({ ...eachClause(stage, renameLater), expressions: Object.fromEntries(Object.entries(stage.expressions).map(([one, value]) => [one, renameLater(value)])) }));
}

function eachClause(stage: Stage, change: (part: unknown) => unknown): Stage {
  const list = (clauses: Clause[]) => clauses.map((clause) => change(clause) as Clause);

  return {
    ...stage,
    joins: stage.joins.map((join): Join => ({ ...join, condition: change(join.condition) as Clause })),
    filters: list(stage.filters),
    aggregations: list(stage.aggregations),
    breakouts: list(stage.breakouts),
    orders: list(stage.orders),
    fields: stage.fields && list(stage.fields),
  };
}

/** Without a join, and without what was said of its columns. */
export function withoutJoin(query: Query, index: number, alias: string): Query {
  const stage = query.stages[index] as Stage;
  const using = Object.entries(stage.expressions).filter(([, formula]) => mentions(formula, ofJoin(alias)));
  const less = using.reduce((left, [name]) => withoutExpression(left, index, name), query);

  return at(less, index, (own) => withoutMentions({ ...own, joins: own.joins.filter((join) => join.alias !== alias) }, ofJoin(alias)), (later) => later);
}

/** Without a group: an order by it would be refused. */
export function withoutBreakout(stage: Stage, index: number): Partial<Stage> {
  const gone = stage.breakouts[index];

  return { breakouts: stage.breakouts.filter((_, place) => place !== index), orders: stage.orders.filter(([, target]) => JSON.stringify(target) !== JSON.stringify(gone)) };
}
