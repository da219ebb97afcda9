// What connection forms say. The server describes a form in English; these are the words we know,
// so that they can be said in the reader's language. Others are shown as they come.
import { msg } from '../../shared/i18n';

const known = new Set([
  msg('Host'),
  msg('Port'),
  msg('Database name'),
  msg('Username'),
  msg('Password'),
  msg('Schemas'),
  msg('Schema names'),
  msg('Use a secure connection (SSL)'),
  msg('SSL mode'),
  msg('Best a role that may only read.'),
  msg('Names by commas; * stands for anything.'),
]);

const choices: Record<string, string> = {
  all: msg('All'),
  inclusion: msg('Only those named below'),
  exclusion: msg('All but those named below'),
};

export function wordsOf(text: string): string {
  return known.has(text) ? text : (choices[text] ?? text);
}
