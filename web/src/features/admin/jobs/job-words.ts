// What the server says of its own jobs, in the reader's language. Those of feeds and copies are named by their files.
import { msg, type Translate } from '../../../shared/i18n';
import type { Job } from './queries';

const sentences: [pattern: RegExp, text: string][] = [
  [/^Sessions that are too old are forgotten$/, msg('Sessions that are too old are forgotten')],
  [/^Numbers of visits that are too old are forgotten$/, msg('Numbers of visits that are too old are forgotten')],
  [/^Versions of questions and dashboards that are too old are forgotten$/, msg('Versions of questions and dashboards that are too old are forgotten')],
  [/^Tables and columns of (?<name>.+)$/, msg('Tables and columns of {name}')],
  [/^Values of columns of (?<name>.+)$/, msg('Values of columns of {name}')],
  [/^Tables of (?<name>.+)$/, msg('Tables of the schema {name}')],
  [/^Anonymized copy into (?<name>.+)$/, msg('Anonymized copy into {name}')],
];

// What a run says of itself.
const accounts: typeof sentences = [
  [
    /^(?<tables>\d+) tables, (?<made>\d+) new, (?<gone>\d+) gone, (?<columns>\d+) columns$/,
    msg('{tables, plural, one {# table} other {# tables}} ({made} more, {gone} fewer), {columns, plural, one {# column} other {# columns}}.'),
  ],
  [/^(?<tables>\d+) tables, (?<failed>\d+) could not be read$/, msg('{tables, plural, one {# table} other {# tables}}, {failed} of them could not be read.')],
  [/^the run before was still at work$/, msg('The run before was still at work.')],
  [/^the server did not run at that time$/, msg('The server did not run at that time.')],
];

function say(t: Translate, list: typeof sentences, words: string): string | undefined {
  for (const [pattern, text] of list) {
    const found = pattern.exec(words);
    if (found) return t(text, { ...found.groups });
  }
  return undefined;
}

/** What no sentence is known for, such as the words of a database, stays as it is. */
export const runText = (t: Translate, message: string | null): string => say(t, accounts, message ?? '') ?? message ?? '';

export const jobText = (t: Translate, { name, description }: Pick<Job, 'name' | 'description'>): string => say(t, sentences, description) ?? (description || name);
