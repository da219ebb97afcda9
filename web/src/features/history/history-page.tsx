// The versions of a question or a dashboard: who changed what, and a way back.
import { useEffect, useRef, useState } from 'react';
import { formatDateTime } from '../../shared/format';
import { useI18n } from '../../shared/i18n';
import { Badge, Button, ConfirmDialog, EmptyState, Loaded, PageHeader, showToast } from '../../ui';
import { differences } from './differences';
import { type Entity, type Kept, type Revision, useKept, useQuestionNames, useRevert, useRevisions } from './queries';
import styles from './history.module.css';

export function HistoryPage({ entity, id }: { entity: Entity; id: string }) {
  const number = /^\d+/.exec(id)?.[0] ?? id;

  return <Loaded query={useKept(entity, number)}>{(kept) => <Versions entity={entity} kept={kept} />}</Loaded>;
}

function Versions({ entity, kept }: { entity: Entity; kept: Kept }) {
  const { t } = useI18n();
  const id = String(kept.id);
  const address = entity === 'card' ? `/question/${id}` : `/dashboard/${id}`;
  const [wanted, want] = useState<Revision | null>(null);
  const revisions = useRevisions(entity, id);
  const { list, showOlder } = useOlder(revisions);
  const revert = useRevert(entity, id, () => {
    want(null);
    showToast(t('That version is back.'));
  });

  return (
    <>
      <PageHeader title={t('History: {name}', { name: kept.name })} path={[{ label: kept.name, href: address }]} lead={t('Each time somebody saved, newest first. Going back is a new version: nothing is lost.')} />
      <Loaded query={revisions}>
        {(found) =>
          found.length ? (
            <ol className={styles.versions} ref={list}>
              {found.map((revision, index) => (
                <Version key={revision.id} revision={revision} isNow={index === 0} onRevert={kept.can_write ? () => want(revision) : undefined} />
              ))}
            </ol>
          ) : (
            <EmptyState title={t('No version yet')} />
          )
        }
      </Loaded>
      {revisions.hasNextPage && (
        <div className={styles.older}>
          <Button isPending={revisions.isFetchingNextPage} onPress={showOlder}>
            {t('Older versions')}
          </Button>
        </div>
      )}
      {wanted && (
        <ConfirmDialog title={t('Go back to this version?')} confirmLabel={t('Go back')} error={revert.error} isPending={revert.isPending} onConfirm={() => revert.mutate(wanted.id)} onClose={() => want(null)}>
          {t('What it was then takes the place of what it is now.')}
        </ConfirmDialog>
      )}
    </>
  );
}

/** Who asks for older ones goes on reading at the first of them. */
function useOlder({ data, fetchNextPage }: ReturnType<typeof useRevisions>) {
  const list = useRef<HTMLOListElement>(null);
  const first = useRef<number | null>(null);
  const count = data?.length ?? 0;

  useEffect(() => {
    if (first.current === null || count <= first.current) return;
    (list.current?.children[first.current] as HTMLElement | undefined)?.focus();
    first.current = null;
  }, [count]);

  return {
    list,
    showOlder: () => {
      first.current = count;
      void fetchNextPage();
    },
  };
}

function Version({ revision, isNow, onRevert }: { revision: Revision; isNow: boolean; onRevert: (() => void) | undefined }) {
  const { t, locale } = useI18n();
  const names = useQuestionNames().data;
  const { diff, timestamp, user } = revision;
  const nameOf = ({ card_id, visualization_settings = {} }: { card_id: number | null; visualization_settings?: Record<string, unknown> }) =>
    (card_id === null ? String(visualization_settings.text ?? '').slice(0, 40) : names?.get(card_id)) || t('Card');
  const found = diff?.before && diff.after ? differences(diff.before, diff.after, nameOf) : [];
  const date = formatDateTime(locale, timestamp);

  return (
    <li className={styles.version} tabIndex={-1}>
      <div className={styles.top}>
        <span>
          <strong>{date}</strong> {user?.common_name} {isNow && <Badge kind="success">{t('As it is now')}</Badge>} {revision.is_creation && <Badge>{t('Made')}</Badge>}
        </span>
        {!isNow && onRevert && (
          <Button label={t('Go back to the version of {date}', { date })} onPress={onRevert}>
            {t('Go back')}
          </Button>
        )}
      </div>
      {found.length > 0 ? (
        <ul>
          {found.map(({ message, values }) => (
            <li key={message + Object.values(values).join()}>{t(message, values)}</li>
          ))}
        </ul>
      ) : (
        <p>{revision.description}</p>
      )}
    </li>
  );
}
