// Two people arranged one dashboard. What the first one did is read when the second one is stopped.
import { get, post, put } from '../../../api/client';
import type { Dashboard } from '../../../lib/question-types';
import { whoEdited, type Who } from '../../conflict';
import { type Draft, draftPath } from './drafts';
import { asNew, type Edited } from './state';

export interface Theirs {
  /** Readers see it already; else it is a draft. */
  isPublished: boolean;
  who: Who;
  dashboard: Dashboard;
  draft: Draft;
}

/** Their draft, where one was written over the version that I continue; else what was published. */
export function theirsOf(dashboard: Dashboard, draft: Draft, mine: number): Theirs {
  const isPublished = draft.version === 0 || draft.version === mine;
  const who = isPublished ? whoEdited(dashboard) : { id: draft.editor?.id ?? null, name: draft.editor?.common_name ?? '', at: draft.updated_at };

  return { isPublished, who, dashboard, draft };
}

export async function readTheirs(id: number, mine: number): Promise<Theirs> {
  const [dashboard, draft] = await Promise.all([get<Dashboard>(`/api/dashboard/${id}`), get<Draft>(draftPath(id))]);

  return theirsOf(dashboard, draft, mine);
}

/** What I arranged becomes a dashboard of its own. */
export async function saveAsNew({ description, collection_id, width, auto_apply_filters }: Dashboard, name: string, edited: Edited): Promise<Dashboard> {
  const { id } = await post<Dashboard>('/api/dashboard', { name, description, collection_id });

  return put<Dashboard>(`/api/dashboard/${id}`, { width, auto_apply_filters, ...asNew(edited) });
}
