// The events of the record, in words. An event that we have no words for keeps its own name.
import type { AuditEvent } from '../../../api/types';
import { msg } from '../../../shared/i18n';

const topics: Record<string, string> = {
  setup: msg('Set the site up'),
  login: msg('Signed in'),
  'user-create': msg('Invited someone'),
  'user-invite': msg('Made a new link for someone'),
  'user-update': msg('Changed an account'),
  'user-deactivate': msg('Deactivated an account'),
  'user-reactivate': msg('Reactivated an account'),
  'password-change': msg('Changed a password'),
  'password-reset': msg('Chose a new password'),
  'group-create': msg('Created a group'),
  'group-update': msg('Renamed a group'),
  'group-delete': msg('Deleted a group'),
  'membership-add': msg('Added someone to a group'),
  'membership-remove': msg('Removed someone from a group'),
  'membership-clear': msg('Emptied a group'),
  'setting-update': msg('Changed a setting'),
  'email-settings-update': msg('Changed the mail server'),
  'email-settings-delete': msg('Forgot the mail server'),
  'api-key-create': msg('Created an API key'),
  'api-key-update': msg('Changed an API key'),
  'api-key-regenerate': msg('Replaced an API key'),
  'api-key-delete': msg('Revoked an API key'),
  'database-create': msg('Connected a database'),
  'database-delete': msg('Removed a database'),
};

// What tells two events of a kind apart, best first.
const telling = ['email', 'name', 'key', 'group'];

export function describeTopic({ topic, details }: Pick<AuditEvent, 'topic' | 'details'>) {
  const detail = telling.map((name) => details?.[name]).find((value) => typeof value === 'string');

  return { label: topics[topic] ?? topic, detail: typeof detail === 'string' ? detail : '' };
}
