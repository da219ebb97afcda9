// The name of a question, and what one can do with it.
import { useState } from 'react';
import { useLocation } from 'wouter';
import { postForFile } from '../../api/client';
import { ApiError } from '../../api/errors';
import { errorText } from '../../lib/error-text';
import type { Question } from '../../lib/question-types';
import { fileName, saveFile } from '../../shared/data';
import { formatClock } from '../../shared/format';
import { type Translate, useI18n } from '../../shared/i18n';
import { SharePanel } from '../sharing';
import { Badge, Button, IconShare, Menu, type MenuAction, PageHeader, showToast, UndoButtons } from '../../ui';
import { usePageActions } from '../../lib/page-actions';
import { useUser } from '../../lib/session';
import { ManagedLead } from '../frame';
import { ConflictQuestion } from './conflict-question';
import { type Draft, draftOf, type DraftState, encodeDraft } from './draft';
import type { Kept } from './local-draft';
import { questionOfMetric } from './model/metrics';
import { toDatasetQuery } from './model/query';
import { type Saving, useQuestion, useSaving } from './queries';
import { SaveDialog } from './save-dialog';
import { tagParameters } from './sql/tags';
import styles from './question.module.css';

interface HeaderProps {
  question: Question | null;
  basedOn: string | undefined;
  draft: Draft;
  state: DraftState;
  kept: Kept;
  isDirty: boolean;
  isEditing: boolean;
  onEdit: () => void;
  /** Whether its SQL stands beside it. */
  hasSql: boolean;
  onSql: () => void;
  onSaved: (question: Question, hasDraft: boolean) => void;
}

type Opened = 'save' | 'copy' | 'share' | 'details' | null;

export function WorkbenchHeader(props: HeaderProps) {
  const { question, draft, state, kept, isDirty, isEditing, onEdit } = props;
  const { t } = useI18n();
  const [opened, open] = useState<Opened>(null);
  const isAdmin = useUser().is_superuser;
  const mayWrite = question === null || question.can_write;
  const origin = useQuestion(question === null && draft.original_card_id !== undefined ? String(draft.original_card_id) : null).data;
  const actions = useActions(props, open);
  const place = question?.collection_id ? `/collection/${question.collection_id}` : '/collection/root';

  usePageActions([
    ...(isDirty ? [{ id: 'save', label: t('Save'), onAction: () => open(question && mayWrite ? 'save' : 'copy') }] : []),
    ...(question ? [{ id: 'edit', label: isEditing ? t('Close the editor') : t('Edit'), onAction: onEdit }] : []),
    ...(isAdmin && question && !isDirty ? [{ id: 'share', label: t('Share'), onAction: () => open('share') }] : []),
    ...actions,
  ]);

  return (
    <>
      <PageHeader
        title={question?.name ?? unsavedTitle(t, draft)}
        lead={question && question.type !== 'question' ? <Kind question={question} /> : (question?.description || question?.is_remote_synced) && <ManagedLead isManaged={question.is_remote_synced} description={question.description} />}
        path={question ? [{ label: question.collection?.name ?? t('Shared space'), href: place }] : origin ? [{ label: t('Started from {name}', { name: origin.name }), href: `/question/${origin.id}` }] : [{ label: t('Home'), href: '/' }]}
        actions={
          <>
            {kept && <KeptDraft kept={kept} />}
            {isEditing && <UndoButtons undo={state.undo} redo={state.redo} />}
            {(question || draft.original_card_id !== undefined) && <Button onPress={onEdit}>{isEditing ? t('Close the editor') : t('Edit')}</Button>}
            {isAdmin && question && !isDirty && (
              <Button onPress={() => open('share')}>
                <IconShare />
                {t('Share')}
              </Button>
            )}
            {isDirty && (
              <Button look="primary" onPress={() => open(question && mayWrite ? 'save' : 'copy')}>
                {t('Save')}
              </Button>
            )}
            <Menu label={t('More actions')} actions={actions} />
          </>
        }
      />
      {opened && <Dialogs {...props} opened={opened} onClose={() => open(null)} />}
    </>
  );
}

/** Closing the window loses nothing, or would. */
function KeptDraft({ kept }: { kept: NonNullable<Kept> }) {
  const { t } = useI18n();

  return <span className={styles.kept}>{kept === 'refused' ? t('This browser keeps no draft: save, or keep the address.') : t('Draft kept at {time}', { time: formatClock(kept.at) })}</span>;
}

function unsavedTitle(t: Translate, { dataset_query, type }: Draft): string {
  if (type === 'metric') return t('Metric not saved yet');
  return dataset_query.type === 'native' ? t('New question in SQL') : t('Question not saved yet');
}

/** What others build on says so. */
function Kind({ question: { type, description } }: { question: Question }) {
  const { t } = useI18n();

  return (
    <>
      <Badge>{type === 'model' ? t('Model') : t('Metric')}</Badge> {description}
    </>
  );
}

function useActions({ question, draft, isDirty, state, hasSql, onSql }: HeaderProps, open: (opened: Opened) => void): MenuAction[] {
  const { t } = useI18n();
  const [, go] = useLocation();
  const saving = useSaving();

  async function download(format: string) {
    try {
      const path = question && !isDirty ? `/api/card/${question.id}/query/${format}` : `/api/dataset/${format}`;
      const content = await postForFile(path, question && !isDirty ? {} : { query: draft.dataset_query, visualization_settings: draft.visualization_settings, display: draft.display });
      saveFile(fileName(question?.name ?? t('New question'), format), content.type, content);
    } catch (error) {
      showToast(errorText(t, error));
    }
  }
  async function archive(archived: boolean) {
    if (!question) return;
    await saving.mutateAsync({ id: question.id, archived });
    if (!archived) return;
    go(question.collection_id ? `/collection/${question.collection_id}` : '/collection/root');
    showToast(t('{name} is in the trash', { name: question.name }), () => void saving.mutateAsync({ id: question.id, archived: false }));
  }

  async function become(type: Question['type'], before?: Question['type']) {
    if (!question) return;
    try {
      await saving.mutateAsync({ id: question.id, type });
      showToast(type === 'model' ? t('This is a model now: others build on it.') : t('This is a question now.'), before && (() => void become(before)));
    } catch (error) {
      showToast(errorText(t, error));
    }
  }

  const format = (id: string, label: string) => ({ id, label, onAction: () => void download(id) });
  return [
    { id: 'sql', label: hasSql ? t('Hide the SQL') : draft.dataset_query.type === 'query' ? t('See the SQL') : t('See the SQL with its values'), onAction: onSql },
    ...(question && draft.type === 'metric' && question.database_id !== null ? [{ id: 'use', label: t('Ask a question with it'), onAction: () => go(`/question/new#${encodeDraft(askedWith(question, question.database_id as number))}`) }] : []),
    format('csv', t('Download as CSV')),
    format('xlsx', t('Download as XLSX')),
    format('json', t('Download as JSON')),
    ...(question ? [{ id: 'copy', label: t('Save a copy'), onAction: () => open('copy') }] : []),
    ...(question ? [{ id: 'history', label: t('History'), onAction: () => go(`/question/${question.id}/history`) }] : []),
    ...(question?.can_write ? [{ id: 'details', label: t('Name, description, place'), onAction: () => open('details') }] : []),
    ...(question?.can_write && !isDirty && question.type !== 'metric'
      ? [question.type === 'model' ? { id: 'plain', label: t('Turn into a question'), onAction: () => void become('question', 'model') } : { id: 'model', label: t('Turn into a model'), onAction: () => void become('model', 'question') }]
      : []),
    ...(question && isDirty ? [{ id: 'back', label: t('Give up the changes'), onAction: () => state.replace(draftOf(question)) }] : []),
    ...(question?.can_write ? [{ id: 'trash', label: t('Move to the trash'), isDangerous: true, onAction: () => void archive(true) }] : []),
  ];
}

/** A question that starts with a metric. */
const askedWith = (metric: Question, database: number): Draft => ({ dataset_query: toDatasetQuery(questionOfMetric(database, metric)), display: 'table', displayIsLocked: false, visualization_settings: {} });

function Dialogs({ question, basedOn, draft, opened, state, onSaved, onClose }: HeaderProps & { opened: NonNullable<Opened>; onClose: () => void }) {
  const { t } = useI18n();
  const saving = useSaving();
  const [refused, refuse] = useState<Saving | null>(null);
  const content = {
    dataset_query: draft.dataset_query,
    display: draft.display,
    visualization_settings: draft.visualization_settings,
    ...(draft.type && { type: draft.type }),
    ...(draft.dataset_query.type === 'native' && { parameters: tagParameters(draft.dataset_query, draft.parameters) }),
  };
  const save = draft.type === 'metric' ? t('Save the metric') : t('Save the question');
  const titles = { save, copy: save, details: t('Name, description, place') };

  if (opened === 'share') return question ? <SharePanel kind="card" item={question} parameters={question.parameters} onClose={onClose} /> : null;
  if (refused && question) {
    return <ConflictQuestion question={question} mine={refused} draft={draft} state={state} onSaved={(saved) => onSaved(saved, opened !== 'details')} onClose={onClose} />;
  }
  return (
    <SaveDialog
      title={titles[opened]}
      name={opened === 'copy' && question ? t('{name}, a copy', { name: question.name }) : (question?.name ?? '')}
      description={question?.description ?? ''}
      collection={question?.collection_id ?? null}
      error={saving.error}
      isPending={saving.isPending}
      onClose={onClose}
      onSave={async (values) => {
        const asked: Saving = { ...(opened === 'details' ? {} : content), ...values };
        try {
          const saved = await saving.mutateAsync(opened === 'copy' || !question ? asked : { ...asked, id: question.id, ...(basedOn && { vigie_based_on: basedOn }) });
          showToast(t('Saved'));
          onClose();
          onSaved(saved, opened !== 'details');
        } catch (error) {
          if (error instanceof ApiError && error.status === 409) refuse(asked);
        }
      }}
    />
  );
}
