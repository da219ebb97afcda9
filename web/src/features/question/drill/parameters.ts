// The filters of a dashboard as filters of a question: what one sees on a card is what one goes on with.
import { sameColumn } from '../model/columns';
import { exclusionClause, readExclusion } from '../model/exclusion';
import { type Clause, emptyStage, fromDatasetQuery, type FieldOptions, type Query, type DatasetQuery, toDatasetQuery } from '../model/query';
import { asList } from '../../../shared/filters';

export interface Applied {
  name: string;
  type: string;
  target: unknown;
  value: unknown;
}

const withUnit = ([kind, target, options]: Clause, unit: string): Clause => [kind, target, { ...((options ?? {}) as FieldOptions), 'temporal-unit': unit }];

const day = /^\d{4}-\d{2}-\d{2}(?:T[\d:]+)?$/;

const named: Record<string, [count: number | 'current', unit: string]> = {
  today: ['current', 'day'],
  yesterday: [-1, 'day'],
  lastweek: [-1, 'week'],
  lastmonth: [-1, 'month'],
  lastquarter: [-1, 'quarter'],
  lastyear: [-1, 'year'],
};

/** `past30days~`, `thismonth`, `2026-03`, `Q1-2026`, `2026-01-01~2026-02-01`, a day. */
export function dateClause(ref: Clause, text: string): Clause | null {
  const relative = /^(past|next)(\d+)(minute|hour|day|week|month|quarter|year)s(~?)$/.exec(text);
  const current = /^this(minute|hour|day|week|month|quarter|year)$/.exec(text);
  const quarter = /^Q([1-4])-(\d{4})$/.exec(text);
  const known = named[text];
  const offset = /^(past|next)(\d+)(minute|hour|day|week|month|quarter|year)s-from-(\d+)(minute|hour|day|week|month|quarter|year)s$/.exec(text);
  const exclusion = readExclusion(text);

  if (relative) return ['time-interval', ref, Number(relative[2]) * (relative[1] === 'past' ? -1 : 1), relative[3], ...(relative[4] ? [{ 'include-current': true }] : [])];
  if (current) return ['time-interval', ref, 'current', current[1]];
  if (known) return ['time-interval', ref, ...known];
  if (quarter) return ['=', withUnit(ref, 'quarter'), `${quarter[2]}-${String(Number(quarter[1]) * 3 - 2).padStart(2, '0')}-01`];
  if (/^\d{4}-\d{2}$/.test(text)) return ['=', withUnit(ref, 'month'), `${text}-01`];
  if (exclusion) return exclusionClause(exclusion, ref);
  if (offset) {
    const sign = offset[1] === 'past' ? -1 : 1;
    return ['relative-time-interval', ref, Number(offset[2]) * sign, offset[3], Number(offset[4]) * sign, offset[5]];
  }
  return calendarClause(ref, text);
}

/** Days of the calendar. An open end does not hold the day that it names; both ends of a closed one do. */
function calendarClause(ref: Clause, text: string): Clause | null {
  const [from = '', to] = text.split('~');
  const inDays = text.includes('T') ? ref : withUnit(ref, 'day');

  if (to === undefined) return day.test(text) ? ['=', withUnit(ref, text.includes('T') ? 'minute' : 'day'), text] : null;
  if (day.test(from) && day.test(to)) return ['between', inDays, from, to];
  if (day.test(from) && !to) return ['>', inDays, from];
  return !from && day.test(to) ? ['<', inDays, to] : null;
}

const folding = new Set(['contains', 'does-not-contain', 'starts-with', 'ends-with']);
const plainHeads = new Set(['=', '!=', '>=', '<=', '>', '<', 'between']);

function clauseOf({ type, value }: Applied, ref: Clause): Clause | null {
  const [family = '', operator = '='] = type.split('/');
  const texts = asList(value);
  if (family === 'date') return texts.length === 1 ? dateClause(ref, texts[0] as string) : null;

  const head = family === 'location' || family === 'category' || family === 'id' || !plainHeads.has(operator) ? '=' : operator;
  const values = texts.map((text): unknown => typed(family, text));
  if (folding.has(operator)) return values.length > 1 ? [operator, { 'case-sensitive': false }, ref, ...values] : [operator, ref, ...values, { 'case-sensitive': false }];
  return [head, ref, ...values];
}

function typed(family: string, text: string): unknown {
  if (family === 'boolean') return text === 'true';
  return (family === 'number' || family === 'id') && text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

interface Target {
  ref: Clause;
  stage: number;
}

function fieldTarget(target: unknown): Target | null {
  if (!Array.isArray(target) || target[0] !== 'dimension' || !Array.isArray(target[1])) return null;
  const ref = target[1] as Clause;
  const stage = (target[2] as { 'stage-number'?: number } | undefined)?.['stage-number'];

  return ref[0] === 'field' || ref[0] === 'expression' ? { ref, stage: typeof stage === 'number' && stage > 0 ? stage : 0 } : null;
}

/** Whether a filter acts on a column, not on a variable of SQL. */
export const isOfColumn = ({ target }: Applied): boolean => fieldTarget(target) !== null;

function applied(query: Query, filter: Applied): Query | null {
  const found = fieldTarget(filter.target);
  if (!found) return null;
  const stages = found.stage < query.stages.length ? query.stages : [...query.stages, emptyStage];
  const at = Math.min(found.stage, stages.length - 1);
  const change = (stage: Query['stages'][0]) => {
    if (filter.type !== 'temporal-unit') {
      const clause = clauseOf(filter, found.ref);
      return clause && { ...stage, filters: [...stage.filters, clause] };
    }
    return { ...stage, breakouts: stage.breakouts.map((ref) => (sameColumn(ref, found.ref) ? withUnit(ref, String(filter.value)) : ref)) };
  };
  const changed = change(stages[at] ?? emptyStage);

  return changed && { ...query, stages: stages.map((stage, index) => (index === at ? changed : stage)) };
}

/** The question with the filters in it, and the names of those that could not be put in. */
export function withParameters(dataset: DatasetQuery, filters: readonly Applied[]): { dataset: DatasetQuery; missed: string[] } {
  const query = fromDatasetQuery(dataset);
  if (!query) return { dataset, missed: filters.map(({ name }) => name) };

  const missed: string[] = [];
  const result = filters.reduce((now, filter) => {
    const next = applied(now, filter);
    if (!next) missed.push(filter.name);
    return next ?? now;
  }, query);
  return { dataset: filters.length ? toDatasetQuery(result) : dataset, missed };
}

/** For a question in SQL the values go into its boxes, by way of the address. */
export function tagValues(filters: readonly Applied[]): string {
  const pairs = filters.flatMap(({ target, value }): [string, string][] => {
    const tag = Array.isArray(target) && Array.isArray(target[1]) && target[1][0] === 'template-tag' ? String(target[1][1]) : null;
    return tag === null ? [] : asList(value).map((text): [string, string] => [tag, text]);
  });

  return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}
