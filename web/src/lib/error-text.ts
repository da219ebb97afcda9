// Errors in the reader's language: what happened, then what to do.
import { ApiError, type ErrorKind, type FieldErrors } from '../api/errors';
import { msg, type Translate } from '../shared/i18n';

const sentences: Record<ErrorKind, string> = {
  unreachable: msg('The server cannot be reached. Check your connection, then try again.'),
  unauthenticated: msg('Your session has ended. Sign in again to continue.'),
  forbidden: msg('You do not have the right to do this. An administrator can give it to you.'),
  missing: msg('This no longer exists, or you do not have the right to see it.'),
  invalid: msg('The server refused this. Check what you entered, then try again.'),
  throttled: msg('Too many attempts. Wait a moment, then try again.'),
  server: msg('Something went wrong on the server. Try again; if it happens again, tell your administrator.'),
};

// Sentences that clients of the API know word for word, said as we would say them.
const known: Record<string, string> = {
  'did not match stored password': msg('This password is not the right one for this e-mail address.'),
  'Your account is disabled.': msg('This account is deactivated. Ask an administrator to reactivate it.'),
  'Email address already in use.': msg('Someone already uses this e-mail address.'),
  'Invalid password': msg('This is not your current password.'),
  'this link is not valid any more': msg('This link has expired. Ask for a new one.'),
  'A group with that name already exists.': msg('Another group has this name already.'),
  'An API key with this name already exists.': msg('Another key has this name already.'),
  'Token does not match the setup token.': msg('This is not the set-up code of this server.'),
  'This collection is managed by a repository.': msg('This collection is managed by a repository.'),
  'value is required.': msg('Fill in this field.'),
  'value must be a non-blank string.': msg('Fill in this field.'),
  'value must be a valid email address.': msg('This is not an e-mail address.'),
  'password is too common.': msg('This password is too easy to guess. Choose another one.'),
  'password must have at least one digit.': msg('The password needs a digit.'),
  'password must have at least one special character.': msg('The password needs a sign that is no letter and no digit.'),
  'password must have at least two lower-case and two capital letters.': msg(
    'The password needs two small letters and two capital letters.',
  ),
};

// The same, with a number inside.
const counted: [pattern: RegExp, sentence: string][] = [
  [
    /You must wait (\d+) seconds/,
    msg('Too many attempts. Try again in {count, plural, one {# second} other {# seconds}}.'),
  ],
  [
    /must have at least (\d+) characters/,
    msg('{count, plural, one {At least # character} other {At least # characters}}'),
  ],
];

// What a database said, behind its address.
const spotted: [part: string, sentence: string][] = [
  ['refused the user or the password', msg('The database refused the user or the password.')],
  ['does not let this user in', msg('The database does not let this user in from this server.')],
  ['no database of this name', msg('There is no database of this name on the server.')],
  ['nothing answers at this address and port', msg('Nothing answers at this address and port.')],
  ['the host of the database is not known', msg('This host is not known.')],
  ['did not answer in time', msg('The database server did not answer in time.')],
  ['speaks no TLS', msg('The database server offers no secure connection.')],
  ['app database of an analytics server', msg('This is the database where this software keeps its own state. Connect the one that holds your data.')],
];

function translate(t: Translate, text: string): string {
  const found = spotted.find(([part]) => text.includes(part));
  if (found) return t(found[1]);
  for (const [pattern, sentence] of counted) {
    const count = pattern.exec(text)?.[1];
    if (count) return t(sentence, { count });
  }
  const bounds = /must be an integer from (-?\d+) to (-?\d+)\.$/.exec(text);
  if (bounds) return t('Give a whole number from {least} to {most}.', { least: bounds[1] ?? '', most: bounds[2] ?? '' });
  return t(known[text] ?? text);
}

/** What to do stands behind what happened. */
const withHint = (text: string, { hint }: ApiError): string => (hint ? `${/[.!?…]$/.test(text) ? text : `${text}.`} ${hint}` : text);

const plainAnswers = [
  'Unauthenticated',
  'Not found.',
  'API endpoint does not exist.',
  "You don't have permissions to do that.",
];

export function errorText(t: Translate, error: unknown): string {
  if (!(error instanceof ApiError)) return t(sentences.server);

  const own = plainAnswers.includes(error.message) ? '' : error.message;
  if (error.kind === 'throttled' && error.retryAfter > 0) {
    return t('Too many attempts. Try again in {count, plural, one {# second} other {# seconds}}.', {
      count: error.retryAfter,
    });
  }
  if (error.kind === 'unreachable' || error.kind === 'server' || !own) return t(sentences[error.kind]);
  return withHint(translate(t, own), error);
}

/** What is wrong, by field; empty when the error is not about a field. */
export function fieldTexts(t: Translate, error: unknown): FieldErrors {
  if (!(error instanceof ApiError)) return {};

  return Object.fromEntries(
    Object.entries(error.fields).map(([field, text]) => [field, withHint(translate(t, text), error)]),
  );
}

/** The sentence for the whole form: none when every reason stands next to a field that is shown. */
export function formText(t: Translate, error: unknown, shown: readonly string[]): string {
  if (!error) return '';
  const elsewhere = Object.entries(fieldTexts(t, error)).filter(([field]) => !shown.includes(field));
  const hasOwnFields = error instanceof ApiError && Object.keys(error.fields).length > 0;

  if (elsewhere.length) return elsewhere.map(([, text]) => text).join(' ');
  return hasOwnFields ? '' : errorText(t, error);
}
