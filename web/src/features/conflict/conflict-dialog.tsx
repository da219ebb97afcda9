// Two people changed one thing: who was first, and when; the second one chooses between three ways on.
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'wouter';
import { errorText } from '../../lib/error-text';
import { useI18n } from '../../shared/i18n';
import { Button, Dialog, Notice } from '../../ui';
import styles from './conflict.module.css';

export interface Way {
  label: string;
  /** What becomes of both versions. */
  hint: string;
  act: () => Promise<void>;
}

interface ConflictDialogProps {
  title: string;
  /** Who was first, and when. */
  story: string;
  /** Where their version can be looked at. */
  href: string;
  ways: Way[];
  onClose: () => void;
}

export function ConflictDialog({ title, story, href, ways, onClose }: ConflictDialogProps) {
  const { t } = useI18n();
  const { base } = useRouter();
  const choosing = useMutation({ mutationFn: ({ act }: Way) => act() });

  return (
    <Dialog role="alertdialog" title={title} onClose={onClose}>
      <p>
        {story}{' '}
        <a href={base + href} target="_blank" rel="noreferrer">
          {t('See what changed, in a new tab')}
        </a>
      </p>
      {Boolean(choosing.error) && <Notice kind="danger">{errorText(t, choosing.error)}</Notice>}
      <ul className={styles.ways}>
        {ways.map((way) => (
          <li key={way.label}>
            <Button isPending={choosing.isPending} onPress={() => choosing.mutate(way)}>
              {way.label}
            </Button>
            <small>{way.hint}</small>
          </li>
        ))}
      </ul>
      <div>
        <Button look="quiet" autoFocus onPress={onClose}>
          {t('Decide later')}
        </Button>
      </div>
    </Dialog>
  );
}
