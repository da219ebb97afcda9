// What one can write in a formula, and its name in the language of the server.

export type Gives = 'number' | 'text' | 'date' | 'truth' | 'same';

export interface FormulaFunction {
  name: string;
  clause: string;
  gives: Gives;
  /** Only in summaries. */
  isSummary?: boolean;
  /** How it is called, for the one who writes. */
  hint: string;
}

const row = (name: string, clause: string, gives: Gives, hint: string, isSummary = false): FormulaFunction => ({
  name,
  clause,
  gives,
  hint,
  ...(isSummary && { isSummary }),
});

export const functions: FormulaFunction[] = [
  row('Count', 'count', 'number', 'Count', true),
  row('Sum', 'sum', 'number', 'Sum([Total])', true),
  row('Average', 'avg', 'number', 'Average([Total])', true),
  row('Median', 'median', 'number', 'Median([Total])', true),
  row('Distinct', 'distinct', 'number', 'Distinct([Customer])', true),
  row('Min', 'min', 'same', 'Min([Total])', true),
  row('Max', 'max', 'same', 'Max([Total])', true),
  row('StandardDeviation', 'stddev', 'number', 'StandardDeviation([Total])', true),
  row('Variance', 'var', 'number', 'Variance([Total])', true),
  row('Percentile', 'percentile', 'number', 'Percentile([Total], 0.9)', true),
  row('CountIf', 'count-where', 'number', 'CountIf([Total] > 100)', true),
  row('SumIf', 'sum-where', 'number', 'SumIf([Total], [Country] = "FR")', true),
  row('DistinctIf', 'distinct-where', 'number', 'DistinctIf([Customer], [Total] > 0)', true),
  row('Share', 'share', 'number', 'Share([Total] > 100)', true),
  row('CumulativeSum', 'cum-sum', 'number', 'CumulativeSum([Total])', true),
  row('CumulativeCount', 'cum-count', 'number', 'CumulativeCount', true),
  row('Offset', 'offset', 'number', 'Offset(Sum([Total]), -1)', true),
  row('case', 'case', 'same', 'case([Total] > 100, "large", "small")'),
  row('if', 'case', 'same', 'if([Total] > 100, "large", "small")'),
  row('coalesce', 'coalesce', 'same', 'coalesce([Discount], 0)'),
  row('between', 'between', 'truth', 'between([Total], 10, 20)'),
  row('in', 'in', 'truth', 'in([Country], "FR", "BE")'),
  row('notIn', 'not-in', 'truth', 'notIn([Country], "FR")'),
  row('isNull', 'is-null', 'truth', 'isNull([Discount])'),
  row('notNull', 'not-null', 'truth', 'notNull([Discount])'),
  row('abs', 'abs', 'number', 'abs([Total])'),
  row('ceil', 'ceil', 'number', 'ceil([Total])'),
  row('floor', 'floor', 'number', 'floor([Total])'),
  row('round', 'round', 'number', 'round([Total])'),
  row('exp', 'exp', 'number', 'exp([Rate])'),
  row('log', 'log', 'number', 'log([Total])'),
  row('power', 'power', 'number', 'power([Side], 2)'),
  row('sqrt', 'sqrt', 'number', 'sqrt([Area])'),
  row('integer', 'integer', 'number', 'integer([Code])'),
  row('float', 'float', 'number', 'float([Rate])'),
  row('concat', 'concat', 'text', 'concat([First name], " ", [Last name])'),
  row('contains', 'contains', 'truth', 'contains([Title], "a")'),
  row('doesNotContain', 'does-not-contain', 'truth', 'doesNotContain([Title], "a")'),
  row('startsWith', 'starts-with', 'truth', 'startsWith([Title], "a")'),
  row('endsWith', 'ends-with', 'truth', 'endsWith([Title], "a")'),
  row('isEmpty', 'is-empty', 'truth', 'isEmpty([Title])'),
  row('notEmpty', 'not-empty', 'truth', 'notEmpty([Title])'),
  row('length', 'length', 'number', 'length([Title])'),
  row('lower', 'lower', 'text', 'lower([Title])'),
  row('upper', 'upper', 'text', 'upper([Title])'),
  row('trim', 'trim', 'text', 'trim([Title])'),
  row('lTrim', 'ltrim', 'text', 'lTrim([Title])'),
  row('rTrim', 'rtrim', 'text', 'rTrim([Title])'),
  row('replace', 'replace', 'text', 'replace([Title], "a", "b")'),
  row('substring', 'substring', 'text', 'substring([Code], 1, 2)'),
  row('regexExtract', 'regex-match-first', 'text', 'regexExtract([Title], "[0-9]+")'),
  row('splitPart', 'split-part', 'text', 'splitPart([Path], "/", 1)'),
  row('text', 'text', 'text', 'text([Code])'),
  row('domain', 'domain', 'text', 'domain([Email])'),
  row('host', 'host', 'text', 'host([Address])'),
  row('now', 'now', 'date', 'now'),
  row('today', 'today', 'date', 'today'),
  row('date', 'date', 'date', 'date([Created at])'),
  row('datetimeAdd', 'datetime-add', 'date', 'datetimeAdd([Created at], 1, "month")'),
  row('datetimeSubtract', 'datetime-subtract', 'date', 'datetimeSubtract([Created at], 1, "month")'),
  row('datetimeDiff', 'datetime-diff', 'number', 'datetimeDiff([Created at], now, "day")'),
  row('convertTimezone', 'convert-timezone', 'date', 'convertTimezone([Created at], "Europe/Paris")'),
  row('interval', 'time-interval', 'truth', 'interval([Created at], -30, "day")'),
  row('intervalStartingFrom', 'relative-time-interval', 'truth', 'intervalStartingFrom([Created at], -3, "month", -1, "year")'),
  row('year', 'get-year', 'number', 'year([Created at])'),
  row('quarter', 'get-quarter', 'number', 'quarter([Created at])'),
  row('month', 'get-month', 'number', 'month([Created at])'),
  row('week', 'get-week', 'number', 'week([Created at])'),
  row('day', 'get-day', 'number', 'day([Created at])'),
  row('weekday', 'get-day-of-week', 'number', 'weekday([Created at])'),
  row('hour', 'get-hour', 'number', 'hour([Created at])'),
  row('minute', 'get-minute', 'number', 'minute([Created at])'),
  row('second', 'get-second', 'number', 'second([Created at])'),
  row('monthName', 'month-name', 'text', 'monthName([Month])'),
  row('dayName', 'day-name', 'text', 'dayName([Day])'),
];

const lower = (text: string) => text.toLowerCase();
const byName = new Map(functions.map((one) => [lower(one.name), one]));
const byClause = new Map([...functions].reverse().map((one) => [one.clause, one]));

export const functionNamed = (name: string): FormulaFunction | undefined => byName.get(lower(name));
export const functionOf = (clause: string): FormulaFunction | undefined => byClause.get(clause);
