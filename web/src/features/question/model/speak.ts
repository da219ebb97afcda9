// Clauses in the reader's words: on the chips of the builder, and in the sentence above it.
import { speakSpan } from '../../../shared/filters';
import { formatMeasure, formatMoment } from '../../../shared/format';
import type { Locale, Translate } from '../../../shared/i18n';
import { printFormula } from '../formula/print';
import { type Choosable, findColumn } from './columns';
import { exclusionOf, namePart } from './exclusion';
import { type Box, boxOf, partsOf, spanOf } from './filter';
import type { Clause, FieldOptions, Join, Query } from './query';
import { bins, comparisons, familyOf, summaries, units } from './words';

export interface Speaker {
  t: Translate;
  locale: Locale;
}

export function speakColumn(ref: unknown, columns: readonly Choosable[]): string {
  const found = findColumn(columns, ref);
  const own = columns[0]?.group;

  if (!found) return Array.isArray(ref) ? String(ref[1]) : '';
  return found.group === own ? found.label : `${found.group} → ${found.label}`;
}

export function speakBreakout({ t }: Speaker, ref: Clause, columns: readonly Choosable[]): string {
  const options = (ref[2] ?? {}) as FieldOptions;
  const unit = units.find(({ id }) => id === options['temporal-unit']);
  const bin = options.binning && bins.find(({ binning }) => JSON.stringify(binning) === JSON.stringify(options.binning));
  const name = speakColumn(ref, columns);
  const detail = unit ?? bin;

  return detail ? `${name} (${t(detail.label).toLowerCase()})` : name;
}

export function speakSummary({ t }: Speaker, clause: Clause, columns: readonly Choosable[]): string {
  const [head, target] = clause;
  if (head === 'aggregation-options') {
    const { 'display-name': name } = (clause[2] ?? {}) as { 'display-name'?: string };
    return name ?? speakSummary({ t, locale: 'en' }, target as Clause, columns);
  }
  const given = head === 'offset' ? (target as { 'display-name'?: string } | null)?.['display-name'] : head === 'metric' && findColumn(columns, clause)?.label;
  if (given) return given;
  const known = summaries.find((summary) => summary.clause === head);

  if (known?.phrase && Array.isArray(target) && target[0] === 'field') return t(known.phrase, { column: speakColumn(target, columns) });
  return known && !known.phrase ? t(known.label) : printFormula(clause, columns);
}

/** The conditions of a box; one that stands among others is in brackets. */
function speakBox(speaker: Speaker, { head, parts }: Box, columns: readonly Choosable[]): string {
  const said = parts.map((part) => bracketed(part, speakFilter(speaker, part, columns)));

  return said.join(head === 'or' ? speaker.t(' or ') : speaker.t(' and '));
}

const bracketed = (clause: Clause, said: string): string => ((boxOf(clause)?.parts.length ?? 0) > 1 ? `(${said})` : said);

export function speakFilter(speaker: Speaker, clause: Clause, columns: readonly Choosable[]): string {
  const box = boxOf(clause);
  if (box) return speakBox(speaker, box, columns);
  const exclusion = exclusionOf(clause);
  const span = spanOf(clause);
  const { head, ref, values } = partsOf(clause);
  const column = findColumn(columns, exclusion?.ref ?? ref);
  const id = exclusion ? 'exclude' : span ? 'time-interval' : head;
  const known = column && comparisons[familyOf(column.column)].find((one) => one.id === id);

  if (!column || !known) return printFormula(clause, columns);
  const left = exclusion?.values.map((value) => namePart(speaker.locale, exclusion.part, value)).join(', ');
  const said = left ?? (span ? speakSpan(speaker.t, span) : speakValues(speaker, column, values, unitOf(ref)));
  return speaker.t(known.phrase, { column: speakColumn(column.ref, columns), values: said });
}

const unitOf = (ref: unknown) => (Array.isArray(ref) && (ref[2] as FieldOptions | null)?.['temporal-unit']) || 'day';

function speakValues({ t, locale }: Speaker, { column }: Choosable, values: unknown[], unit: string): string {
  const said = values
    .filter((value) => typeof value !== 'object')
    .map((value) => {
      if (typeof value === 'boolean') return value ? t('Yes') : t('No');
      if (typeof value === 'number') return formatMeasure(locale, value);
      return familyOf(column) === 'date' ? formatMoment(locale, value, { unit }) : String(value);
    });

  return said.length > 3 ? `${said.slice(0, 3).join(', ')}…` : said.join(values.length === 2 && familyOf(column) !== 'text' ? t(' and ') : ', ');
}

export function speakOrder(speaker: Speaker, [direction, target]: Clause, query: Query, stage: number, columns: readonly Choosable[]): string {
  const summary = Array.isArray(target) && target[0] === 'aggregation' ? query.stages[stage]?.aggregations[Number(target[1])] : undefined;
  const name = summary ? speakSummary(speaker, summary, columns) : speakColumn(target, columns);

  return direction === 'desc' ? speaker.t('{column}, largest first', { column: name }) : speaker.t('{column}, smallest first', { column: name });
}

/** What a join stands beside: of the data, or of an earlier join. */
function leftOf({ condition, alias }: Join, columns: readonly Choosable[]): string {
  const first = (condition[0] === 'and' ? condition[1] : condition) as Clause | undefined;
  const sides = (first?.slice(1) ?? []).flatMap((ref) => findColumn(columns, ref) ?? []);

  return (sides.find(({ group }) => group !== alias) ?? columns[0])?.group ?? '';
}

/** Both sides of a join. */
export const speakJoin = ({ t }: Speaker, join: Join, columns: readonly Choosable[]): string => t('{left} with {right}', { left: leftOf(join, columns), right: join.alias });

/** The whole question in one sentence. */
export function speakQuery(speaker: Speaker, query: Query, source: string, columnsOf: (stage: number) => readonly Choosable[]): string {
  const { t } = speaker;
  const parts = query.stages.map((stage, index) => {
    const columns = columnsOf(index);
    const list = (clauses: Clause[], say: (clause: Clause) => string) => clauses.map(say).join(', ');
    const what = stage.aggregations.length ? list(stage.aggregations, (clause) => speakSummary(speaker, clause, columns)) : index === 0 ? t('Rows') : t('rows');
    const by = stage.breakouts.length ? t('by {groups}', { groups: list(stage.breakouts, (ref) => speakBreakout(speaker, ref, columns)) }) : '';
    const where = stage.filters.length ? t('where {filters}', { filters: list(stage.filters, (clause) => (stage.filters.length > 1 ? bracketed(clause, speakFilter(speaker, clause, columns)) : speakFilter(speaker, clause, columns))) }) : '';
    const sorted = stage.orders.length ? t('sorted by {orders}', { orders: list(stage.orders, (clause) => speakOrder(speaker, clause, query, index, columns)) }) : '';
    const limit = stage.limit ? t('the first {count, plural, one {# row} other {# rows}}', { count: stage.limit }) : '';
    const from = index === 0 ? t('of {source}', { source }) : '';
    const joined = new Intl.ListFormat(speaker.locale).format(stage.joins.map(({ alias }) => alias));
    const beside = joined && t('with {joined}', { joined });
    return [[what, from, beside, by].filter(Boolean).join(' '), where, sorted, limit].filter(Boolean).join(', ');
  });

  return `${parts.join(t('; then ')).replace(/^./u, (letter) => letter.toUpperCase())}.`;
}
