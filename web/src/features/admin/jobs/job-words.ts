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

export function jobText(t: Translate, { name, description }: Pick<Job, 'name' | 'description'>): string {
  for (const [pattern, text] of sentences) {
    const found = pattern.exec(description);
    if (found) return t(text, { ...found.groups });
  }
  return description || name;
}
