// What is changed and not saved yet: how much, a button to save it, and what to do when somebody
// else was faster.
import { ApiError } from '../../../api/errors';
import { errorText } from '../../../lib/error-text';
import { useI18n } from '../../../shared/i18n';
import { Button, Notice } from '../../../ui';
import styles from './permissions.module.css';

interface SaveBarProps {
  count: number;
  error: unknown;
  isPending: boolean;
  onSave: () => void;
  onForget: () => void;
}

const isConflict = (error: unknown) => error instanceof ApiError && error.status === 409;

export function SaveBar({ count, error, isPending, onSave, onForget }: SaveBarProps) {
  const { t } = useI18n();

  if (!count) return null;
  return (
    <div className={styles.bar}>
      {isConflict(error) && (
        <Notice kind="warning">
          {t('Someone else changed rights meanwhile. The table now shows theirs, with your changes above them: look at it, then save again.')}
        </Notice>
      )}
      {Boolean(error) && !isConflict(error) && <Notice kind="danger">{errorText(t, error)}</Notice>}
      <div className={styles.acts}>
        <span role="status">{t('{count, plural, one {# change is not saved yet} other {# changes are not saved yet}}', { count })}</span>
        <Button look="primary" isPending={isPending} onPress={onSave}>
          {t('Save')}
        </Button>
        <Button onPress={onForget}>{t('Cancel')}</Button>
      </div>
    </div>
  );
}
