// Questions that newer versions of Metabase stored (MBQL 5), in the form that the builder works with (MBQL 4).
import { oldestQuery } from './oldest-query';
import type { StoredQuery } from './question-types';

type Part = Record<string, unknown>;

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);
const isClause = (value: unknown): value is [string, Part, ...unknown[]] => Array.isArray(value) && typeof value[0] === 'string' && isPart(value[1]);

const kept = ['temporal-unit', 'binning', 'source-field', 'join-alias'];

function fieldOptions(options: Part, isNamed: boolean): Part | null {
  // A column that is known by its name alone says what it holds.
  const names = isNamed ? [...kept, 'base-type'] : kept;
  const pairs = names.flatMap((name): [string, unknown][] => (options[name] === undefined ? [] : [[name, options[name]]]));

  return pairs.length ? Object.fromEntries(pairs) : null;
}

/** Positions of the figures of a stage, by the marks that others refer to them with. */
type Marks = Map<unknown, number>;

const options = (name: string, from: Part): Part[] => (from[name] === undefined ? [] : [{ [name]: from[name] }]);

const special: Record<string, (args: unknown[], own: Part, marks: Marks) => unknown> = {
  field: ([target], own) => ['field', target, fieldOptions(own, typeof target === 'string')],
  expression: ([name], own) => {
    const unit = fieldOptions(own, false);
    return unit ? ['expression', name, unit] : ['expression', name];
  },
  aggregation: ([mark], _, marks) => ['aggregation', marks.get(mark) ?? 0],
  value: ([value]) => value,
  offset: ([figure, count], own, marks) => ['offset', own, clause(figure, marks), count],
  case: (args, _, marks) => cases(args, marks),
  if: (args, _, marks) => cases(args, marks),
  'time-interval': (args, own) => ['time-interval', ...args.map((one) => clause(one)), ...options('include-current', own)],
};

function cases([pairs, otherwise]: unknown[], marks: Marks): unknown {
  const read = (pairs as unknown[][]).map((pair) => pair.map((one) => clause(one, marks)));

  return otherwise === undefined ? ['case', read] : ['case', read, { default: clause(otherwise, marks) }];
}

function clause(value: unknown, marks: Marks = new Map()): unknown {
  if (!isClause(value)) return Array.isArray(value) ? value.map((one) => clause(one, marks)) : value;
  const [head, own, ...args] = value;
  const known = special[head];
  if (known) return known(args, own, marks);

  const read = args.map((one) => clause(one, marks));
  const [folding] = options('case-sensitive', own);
  if (!folding) return [head, ...read];
  return read.length > 2 ? [head, folding, ...read] : [head, ...read, folding];
}

/** A figure with a name of its own is wrapped into it. */
function figure(value: unknown, marks: Marks): unknown {
  const own = isClause(value) ? value[1] : {};
  const name = own['display-name'] ?? own.name;

  return name === undefined || (isClause(value) && value[0] === 'offset') ? clause(value, marks) : ['aggregation-options', clause(value, marks), { name: own.name ?? name, 'display-name': name }];
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const some = <Value>(name: string, list: Value[]): Part => (list.length ? { [name]: list } : {});
const alone = (head: string, list: unknown[]) => (list.length > 1 ? [head, ...list] : list[0]);

function join(value: unknown): Part {
  const { stages, conditions, fields, alias, strategy } = isPart(value) ? value : ({} as Part);
  const read = listOf(stages);
  const { 'source-table': table, ...rest } = stageQuery(read.at(-1), read.slice(0, -1));
  const isPlain = table !== undefined && !Object.keys(rest).length;

  return {
    alias,
    strategy: strategy ?? 'left-join',
    condition: alone('and', listOf(conditions).map((one) => clause(one))),
    fields: Array.isArray(fields) ? fields.map((one) => clause(one)) : (fields ?? 'none'),
    ...(isPlain ? { 'source-table': table } : { 'source-query': { ...(table !== undefined && { 'source-table': table }), ...rest } }),
  };
}

/** One stage with those before it inside. */
function stageQuery(value: unknown, earlier: unknown[]): Part {
  const stage = isPart(value) ? value : {};
  if (typeof stage.native === 'string') return { native: stage.native, 'template-tags': stage['template-tags'] ?? {} };
  const figures = listOf(stage.aggregation);
  const marks: Marks = new Map(figures.map((one, index) => [isClause(one) ? one[1]['lib/uuid'] : undefined, index]));
  const filters = listOf(stage.filters).map((one) => clause(one, marks));
  const expressions = listOf(stage.expressions).filter(isClause).map((one): [string, unknown] => [String(one[1]['lib/expression-name']), clause(one, marks)]);
  const source = earlier.length ? { 'source-query': stageQuery(earlier.at(-1), earlier.slice(0, -1)) } : { 'source-table': stage['source-card'] === undefined ? stage['source-table'] : `card__${String(stage['source-card'])}` };

  return {
    ...source,
    ...some('joins', listOf(stage.joins).map(join)),
    ...(expressions.length && { expressions: Object.fromEntries(expressions) }),
    ...(filters.length && { filter: alone('and', filters) }),
    ...some('aggregation', figures.map((one) => figure(one, marks))),
    ...some('breakout', listOf(stage.breakout).map((one) => clause(one))),
    ...some('order-by', listOf(stage['order-by']).map((one) => clause(one, marks))),
    ...some('fields', listOf(stage.fields).map((one) => clause(one))),
    ...(typeof stage.limit === 'number' && { limit: stage.limit }),
  };
}

const ofToday = (stored: StoredQuery, query: Part): StoredQuery => (query === stored.query ? stored : { ...stored, query });

/** What was stored in the older form already is given back as it is, with the names of today. */
export function olderQuery(stored: StoredQuery): StoredQuery {
  const { stages, database } = stored as unknown as Part;
  if (!Array.isArray(stages)) return stored.type === 'query' && isPart(stored.query) ? ofToday(stored, oldestQuery(stored.query)) : stored;
  const read = stageQuery(stages.at(-1), stages.slice(0, -1));
  const base = { database: typeof database === 'number' ? database : null };

  if (typeof read.native !== 'string') return { ...base, type: 'query', query: read };
  return { ...base, type: 'native', native: { query: read.native, 'template-tags': olderTags(read['template-tags']) as Record<string, never> } };
}

const olderTags = (tags: unknown): Part =>
  Object.fromEntries(Object.entries(isPart(tags) ? tags : {}).map(([name, tag]) => [name, isPart(tag) && tag.dimension !== undefined ? { ...tag, dimension: clause(tag.dimension) } : tag]));
