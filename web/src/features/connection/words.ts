// What connection forms say. The server describes a form in English; these are the words we know,
// so that they can be said in the reader's language. Others are shown as they come.
import { msg } from '../../shared/i18n';

const known = new Set([
  msg('MySQL or MariaDB'),
  msg('name.of.your.server'),
  msg('statistics'),
  msg('reader'),
  msg('Host'),
  msg('Port'),
  msg('Database name'),
  msg('Username'),
  msg('Password'),
  msg('Schemas'),
  msg('Schema names'),
  msg('Use a secure connection (SSL)'),
  msg('SSL mode'),
  msg('Connection string'),
  msg('Root certificate'),
  msg('Client certificate'),
  msg('Client key'),
  msg('More options'),
  msg('Catalog'),
  msg('Schema (optional)'),
  msg('File'),
  msg('Best a role that may only read.'),
  msg('Best a user who may only read.'),
  msg('Best a user who may only read (readonly = 2).'),
  msg('Best one who may only read.'),
  msg('Instead of the five fields above.'),
  msg('That signs the certificate of the server, for the modes that verify. Empty: those that this machine trusts.'),
  msg('That signs the certificate of the server. Empty: the connection is secret, but the server is not checked.'),
  msg('That signs the certificate of the server. Empty: those that this machine trusts.'),
  msg('application_name, connect_timeout and target_session_attrs are possible.'),
  msg('connectTimeout, in milliseconds, is possible.'),
  msg('Of the HTTP interface: 8123, or 8443 with SSL.'),
  msg('Of the coordinator: 8080, or 8443 with SSL.'),
  msg('Empty: all of the catalog.'),
  msg('Sent over a secure connection only.'),
  msg('The name of a file in the data folder of this server.'),
  msg('Names by commas; * stands for anything.'),
]);

const choices: Record<string, string> = {
  all: msg('All'),
  inclusion: msg('Only those named below'),
  exclusion: msg('All but those named below'),
};

/** Whether it is said in the reader's language. */
export const isKnown = (text: string): boolean => known.has(text);

export function wordsOf(text: string): string {
  return known.has(text) ? text : (choices[text] ?? text);
}
