// Somebody else arranged this dashboard meanwhile: mine, theirs, or both.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Dashboard } from '../../../lib/question-types';
import { useI18n } from '../../../shared/i18n';
import { Dialog, Loaded, showToast } from '../../../ui';
import { ConflictDialog, useWho } from '../../conflict';
import { dashboardKey } from '../queries';
import { readTheirs, saveAsNew, type Theirs } from './conflict';
import { draftKey, type DraftKeeper, forgetDraft, type Start, startKey } from './drafts';
import type { Edited } from './state';

interface ConflictQuestionProps {
  dashboard: Dashboard;
  mine: Edited;
  keeper: DraftKeeper;
  /** Asked while publishing: mine goes to its readers, else it stays a draft. */
  onPublish: (() => Promise<void>) | undefined;
  /** The editor goes: their version is what counts. */
  onLeave: () => void;
  onReopen: () => void;
  onClose: () => void;
}

export function ConflictQuestion(props: ConflictQuestionProps) {
  const { t } = useI18n();
  // Read anew each time it is asked: what one decides about is what is there now.
  const query = useQuery({ queryKey: ['theirs', props.dashboard.id], queryFn: () => readTheirs(props.dashboard.id, props.keeper.asDraft().version), staleTime: 0, gcTime: 0, retry: false });

  if (query.data) return <Ways {...props} theirs={query.data} />;
  return (
    <Dialog role="alertdialog" title={t('This dashboard was changed meanwhile')} onClose={props.onClose}>
      <Loaded query={query}>{() => null}</Loaded>
    </Dialog>
  );
}

function Ways({ dashboard, mine, keeper, theirs, onPublish, onLeave, onReopen, onClose }: ConflictQuestionProps & { theirs: Theirs }) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const client = useQueryClient();
  const who = useWho()(theirs.who);
  const copy = t('{name}, a copy', { name: dashboard.name });

  async function keepMine() {
    await keeper.insist(theirs);
    onClose();
    await onPublish?.();
  }

  /** What I kept as a draft goes with my version; the draft of somebody else stays. */
  async function dropMine() {
    if (theirs.isPublished && theirs.draft.version) await forgetDraft(dashboard.id);
    await Promise.all([dashboardKey(dashboard.id), draftKey(dashboard.id), ['items'], ['dashboards']].map((queryKey) => client.invalidateQueries({ queryKey })));
  }

  /** As it was before the choice: mine in the editor, theirs still in the way. */
  function bringMineBack() {
    const draft = { ...keeper.asDraft(), ...(theirs.isPublished && { version: 0 }) };
    client.setQueryData<Start>(startKey(dashboard.id), { draft, edited: mine, isBack: true });
    go(`/dashboard/${dashboard.id}#edit`);
    onReopen();
  }

  async function takeTheirs() {
    await dropMine();
    if (theirs.isPublished) onLeave();
    else await client.resetQueries({ queryKey: startKey(dashboard.id) });
    showToast(t('This is the other version.'), bringMineBack);
  }

  async function keepBoth() {
    const made = await saveAsNew(dashboard, copy, mine);
    client.setQueryData(dashboardKey(made.id), made);
    await dropMine();
    go(`/dashboard/${made.id}`);
    showToast(t('This is your version, as a dashboard of its own.'));
  }

  return (
    <ConflictDialog
      title={t('This dashboard was changed meanwhile')}
      story={theirs.isPublished ? t('Published on {date} by {name}.', who) : t('Another draft was kept on {date} by {name}.', who)}
      href={`/dashboard/${dashboard.id}${theirs.isPublished ? '/history' : ''}`}
      ways={[
        {
          label: onPublish ? t('Publish mine over theirs') : t('Keep mine over theirs'),
          hint: theirs.isPublished ? t('Theirs stays in the history, and can be brought back from there.') : t('Their draft is gone.'),
          act: keepMine,
        },
        { label: t('Take theirs'), hint: t('What you changed goes. For a moment, Undo brings it back.'), act: takeTheirs },
        { label: t('Save mine as a new dashboard'), hint: t('Theirs stays here. Yours stands beside it: {name}.', { name: copy }), act: keepBoth },
      ]}
      onClose={onClose}
    />
  );
}
