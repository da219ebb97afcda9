// Questions that were stored before 2020: references of six kinds, names in capitals, orders turned around. The server
// still reads them; the builder reads what they are called today.

type Part = Record<string, unknown>;
type Reference = [kind: string, target: unknown, options?: Part | null];

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);
const today = (name: string) => name.toLowerCase().replaceAll('_', '-');

function withOptions(reference: unknown, more: Part): unknown {
  if (!Array.isArray(reference)) return reference;
  const [kind, target, options] = reference as Reference;

  return [kind, target, { ...options, ...more }];
}

const bins: Record<string, string> = { 'num-bins': 'num-bins', 'bin-width': 'bin-width' };

function binning(strategy: unknown, size: unknown): Part {
  const key = bins[String(strategy)];

  return { binning: { strategy, ...(key && { [key]: size }) } };
}

const references: Record<string, (args: unknown[]) => unknown> = {
  'field-id': ([id]) => column(id),
  'field-literal': ([name, type]) => ['field', name, typeof type === 'string' ? { 'base-type': type } : null],
  'fk->': ([key, far]) => withOptions(column(far), { 'source-field': (column(key) as Reference)[1] }),
  'joined-field': ([alias, far]) => withOptions(column(far), { 'join-alias': alias }),
  'datetime-field': (args) => withOptions(column(args[0]), { 'temporal-unit': args.at(-1) }),
  'binning-strategy': ([own, strategy, size]) => withOptions(column(own), binning(strategy, size)),
};

/** A column by its number alone. */
const column = (value: unknown): unknown => (typeof value === 'number' ? ['field', value, null] : clause(value));

function clause(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const [head, ...args] = value as unknown[];
  if (typeof head !== 'string') return value.map(clause);
  const name = /^[A-Z_]+$/.test(head) ? today(head) : head;

  return references[name]?.(args) ?? [name, ...args.map(clause)];
}

const columns = (value: unknown): unknown => (Array.isArray(value) ? value.map(column) : value);
const ways: Record<string, string> = { ascending: 'asc', descending: 'desc' };

/** A column, then which way: today it is the other way round. */
function order(value: unknown): unknown {
  const [first, second] = value as unknown[];
  const way = typeof second === 'string' ? ways[today(second)] : undefined;

  return way ? [way, column(first)] : [ways[today(String(first))] ?? today(String(first)), column(second)];
}

/** `rows` was what one asked for when one counted nothing. */
const figures = (value: unknown): unknown => (Array.isArray(value) && (value[0] === 'rows' || (Array.isArray(value[0]) && value[0][0] === 'rows')) ? undefined : clause(value));

const parts: Record<string, (value: unknown) => unknown> = {
  joins: (value) => (Array.isArray(value) ? value.map((join) => (isPart(join) ? stage(join) : join)) : value),
  expressions: (value) => (isPart(value) ? Object.fromEntries(Object.entries(value).map(([name, formula]) => [name, clause(formula)])) : value),
  filter: clause,
  condition: clause,
  aggregation: figures,
  breakout: columns,
  fields: columns,
  'order-by': (value) => (Array.isArray(value) ? value.map(order) : value),
  'source-query': (value) => (isPart(value) ? stage(value) : value),
};

const stage = (query: Part): Part =>
  Object.fromEntries(
    Object.entries(query).flatMap(([key, value]): [string, unknown][] => {
      const name = today(key);
      const read = parts[name] ? parts[name](value) : value;
      return read === undefined ? [] : [[name, read]];
    }),
  );

const isOld = /"(?:field-id|field-literal|fk->|joined-field|datetime-field|binning-strategy|ascending|descending|rows)"|"(?:breakout|fields|order[-_]by)":\[\[?"?\d|"[A-Z_]+":|\["[A-Z_]+",|"[a-z]+_[a-z_]+":/;

/** What is of today is given back as it is. */
export const oldestQuery = (query: Part): Part => (isOld.test(JSON.stringify(query)) ? stage(query) : query);
