// The events of the record, in words. An event that we have no words for keeps its own name.
import type { AuditEvent } from '../../../api/types';
import { msg } from '../../../shared/i18n';

const topics: Record<string, string> = {
  setup: msg('Set the site up'),
  'user-login': msg('Signed in'),
  'user-logout': msg('Signed out'),
  'user-login-failed': msg('Failed to sign in'),
  'user-joined': msg('Signed in for the first time'),
  'user-invited': msg('Invited someone'),
  'user-update': msg('Changed an account'),
  'user-deactivated': msg('Deactivated an account'),
  'user-reactivated': msg('Reactivated an account'),
  'password-reset-initiated': msg('Asked for a new password'),
  'password-reset-successful': msg('Chose a new password'),
  'group-create': msg('Created a group'),
  'group-update': msg('Renamed a group'),
  'group-delete': msg('Deleted a group'),
  'group-membership-create': msg('Added someone to a group'),
  'group-membership-delete': msg('Removed someone from a group'),
  'setting-update': msg('Changed a setting'),
  'api-key-create': msg('Created an API key'),
  'api-key-update': msg('Changed an API key'),
  'api-key-regenerate': msg('Replaced an API key'),
  'api-key-delete': msg('Revoked an API key'),
  'database-create': msg('Connected a database'),
  'database-update': msg('Changed a database'),
  'database-delete': msg('Removed a database'),
};

// What tells two events of a kind apart, best first.
const telling = ['email', 'name', 'key', 'group'];

export function describeTopic({ topic, details }: Pick<AuditEvent, 'topic' | 'details'>) {
  const detail = telling.map((name) => details?.[name]).find((value) => typeof value === 'string');

  return { label: topics[topic] ?? topic, detail: typeof detail === 'string' ? detail : '' };
}
