// What a plan says, in words: the difference of two files, and what is wrong in one.
import { msg } from '../../../shared/i18n';
import { type Difference, differences, type Side } from '../../history';
import type { Change, Problem, Step } from './queries';

export const kinds: Record<string, string> = {
  collection: msg('Collection'),
  dashboard: msg('Dashboard'),
  card: msg('Question'),
  snippet: msg('Snippet'),
  segment: msg('Segment'),
  measure: msg('Measure'),
};

export const acts: Record<Step['act'], string> = {
  created: msg('New'),
  changed: msg('Changed'),
  trashed: msg('To the trash'),
};

const others: Record<string, string> = {
  parent_id: msg('It is kept in another place'),
  dashboard_id: msg('It is kept in another place'),
  type: msg('A question, a model or a metric: it is another of them now'),
  content: msg('Its SQL is another'),
  definition: msg('What it means is another'),
  result_metadata: msg('Its columns are described in another way'),
};

type Item = Record<string, unknown> & { entity_id?: string };

/** Files name tabs and cards by entity id. */
const numbered = (value: unknown) => (Array.isArray(value) ? (value as Item[]).map((item) => (item.entity_id ? { ...item, id: item.entity_id } : item)) : value);

function sideOf(changes: readonly Change[], side: 'before' | 'after'): Side {
  return Object.fromEntries(changes.map((change) => [change.key, change.key === 'tabs' || change.key === 'dashcards' ? (numbered(change[side]) ?? []) : (change[side] ?? (change.key === 'parameters' ? [] : null))]));
}

/** What changes in one thing, as sentences; those of the history where there are some. */
export function changesOf({ changes }: Pick<Step, 'changes'>, nameOf: (entity: string) => string): Difference[] {
  const told = differences(sideOf(changes, 'before'), sideOf(changes, 'after'), ({ card_id, visualization_settings }) => {
    const text = visualization_settings?.text;
    return typeof text === 'string' && text ? text.replace(/^#+\s*/, '').slice(0, 40) : nameOf(String(card_id));
  });
  const more = changes.flatMap(({ key }) => (others[key] ? [{ message: others[key], values: {} }] : []));

  return [...told, ...more];
}

// What the server says is wrong, with the names in it.
const said: [pattern: RegExp, message: string][] = [
  [/^there is no database (?<name>.+) here/, msg('There is no database {name} here: connect it under that name.')],
  [/^\d+ databases are called (?<name>.+): rename/, msg('More than one database is called {name}: rename all but one.')],
  [/^there is no table (?<name>\S+) in (?<place>.+)$/, msg('There is no table {name} in {place}.')],
  [/^there is no field (?<name>.+) in (?<table>\S+) of (?<place>.+)$/, msg('There is no column {name} in {table} of {place}.')],
  [/there is no (?<kind>\w+) (?<name>\S+), neither here nor in the files$/, msg('It refers to {name}, which is neither here nor in the files.')],
  [/^(?<name>.+): there is no such key$/, msg('{name}: there is no such key.')],
  [/^(?<name>.+): is missing/, msg('{name} is missing.')],
  [/^entity_id: (?<name>.+) has the same$/, msg('{name} has the same entity_id.')],
  [/numbers of an instance are not read/, msg('Numbers of another site mean nothing here: name tables, columns and questions as an export does.')],
  [/^the YAML is not valid at line (?<line>\d+)/, msg('This is no valid YAML, from line {line} on.')],
  [/^there is no file of content/, msg('This archive holds no files of content: they lie below collections/ and databases/.')],
];

export function problemText({ message }: Pick<Problem, 'message'>): Difference {
  for (const [pattern, sentence] of said) {
    const found = pattern.exec(message);
    if (found) return { message: sentence, values: { ...found.groups } };
  }
  return { message: msg('The server says: {text}'), values: { text: message } };
}
