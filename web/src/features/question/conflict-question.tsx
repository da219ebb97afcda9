// Somebody else saved this question meanwhile: mine, theirs, or both.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { get } from '../../api/client';
import type { Question } from '../../lib/question-types';
import { useI18n } from '../../shared/i18n';
import { Dialog, Loaded, showToast } from '../../ui';
import { ConflictDialog, useWho, whoEdited } from '../conflict';
import { type Draft, draftOf, type DraftState } from './draft';
import { questionKey, type Saving, useSaving } from './queries';

interface ConflictQuestionProps {
  question: Question;
  /** What was to be saved. */
  mine: Saving;
  draft: Draft;
  state: DraftState;
  onSaved: (question: Question) => void;
  onClose: () => void;
}

export function ConflictQuestion(props: ConflictQuestionProps) {
  const { t } = useI18n();
  // Read anew each time it is asked: what one decides about is what is there now.
  const query = useQuery({ queryKey: ['their-question', props.question.id], queryFn: () => get<Question>(`/api/card/${props.question.id}`), staleTime: 0, gcTime: 0, retry: false });

  if (query.data) return <Ways {...props} theirs={query.data} />;
  return (
    <Dialog role="alertdialog" title={t('This question was changed meanwhile')} onClose={props.onClose}>
      <Loaded query={query}>{() => null}</Loaded>
    </Dialog>
  );
}

function Ways({ question, mine, draft, state, theirs, onSaved, onClose }: ConflictQuestionProps & { theirs: Question }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const saving = useSaving();
  const copy = t('{name}, a copy', { name: mine.name ?? question.name });

  async function save(asked: Saving) {
    const saved = await saving.mutateAsync(asked);
    onClose();
    onSaved(saved);
  }

  async function takeTheirs() {
    client.setQueryData(questionKey(question.id), theirs);
    onClose();
    onSaved(theirs);
    state.replace(draftOf(theirs));
    showToast(t('This is the other version.'), () => state.change(draft));
  }

  return (
    <ConflictDialog
      title={t('This question was changed meanwhile')}
      story={t('Saved on {date} by {name}.', useWho()(whoEdited(theirs)))}
      href={`/question/${question.id}/history`}
      ways={[
        { label: t('Save mine over theirs'), hint: t('Theirs stays in the history, and can be brought back from there.'), act: () => save({ ...mine, id: question.id, vigie_based_on: theirs.updated_at }) },
        { label: t('Take theirs'), hint: t('What you changed goes. For a moment, Undo brings it back.'), act: takeTheirs },
        {
          label: t('Save mine as a new question'),
          hint: t('Theirs stays here. Yours stands beside it: {name}.', { name: copy }),
          act: () => save({ ...mine, dataset_query: draft.dataset_query, display: draft.display, visualization_settings: draft.visualization_settings, name: copy }),
        },
      ]}
      onClose={onClose}
    />
  );
}
