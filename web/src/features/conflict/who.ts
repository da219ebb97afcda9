// Who changed something last, as a sentence says it.
import type { LastEdit } from '../../lib/question-types';
import { useUser } from '../../lib/session';
import { formatDateTime } from '../../shared/format';
import { useI18n } from '../../shared/i18n';

export interface Who {
  id: number | null;
  name: string;
  /** When. */
  at: string | null;
}

/** Oneself counts too: one may have left another window open. */
export function useWho() {
  const { t, locale } = useI18n();
  const { id: own } = useUser();

  return ({ id, name, at }: Who) => ({
    name: id === own ? t('you, in another window') : name || t('somebody'),
    date: at ? formatDateTime(locale, at) : '',
  });
}

/** The last one who changed a dashboard or a question. */
export const whoEdited = ({ updated_at, 'last-edit-info': edit }: { updated_at: string; 'last-edit-info'?: LastEdit | null }): Who => ({
  id: edit?.id ?? null,
  name: [edit?.first_name, edit?.last_name].filter(Boolean).join(' ') || (edit?.email ?? ''),
  at: edit?.timestamp ?? updated_at,
});
