// What is arranged and not shown to readers yet: kept on the server while one works, for all who may edit.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { get, post, put, remove } from '../../../api/client';
import { ApiError } from '../../../api/errors';
import { type Dashboard, type Dashcard, type Question, seriesCard, type SeriesCard } from '../../../lib/question-types';
import type { SavedDashcard } from '../queries';
import { type Edited, toSave } from './state';

export interface DraftContent {
  dashcards?: SavedDashcard[];
  tabs?: Edited['tabs'];
  parameters?: Edited['parameters'];
}

export interface Draft {
  /** 0 when there is none. */
  version: number;
  based_on: string | null;
  /** The dashboard was changed since the draft began. */
  outdated: boolean;
  updated_at: string | null;
  editor: { id: number; common_name: string } | null;
  content: DraftContent | null;
}

export const draftPath = (id: number) => `/api/vigie/dashboard/${id}/draft`;
export const draftKey = (id: number) => ['draft', id] as const;

export const useDraft = (id: number, isWanted = true) =>
  useQuery({ queryKey: draftKey(id), queryFn: () => get<Draft>(draftPath(id)), staleTime: 0, enabled: isWanted, retry: false });

export const forgetDraft = (id: number) => remove(draftPath(id));

export interface Published extends Dashboard {
  /** What the change shows to the public that was not shown before. */
  vigie_notices?: { text: { en: string; fr: string } }[];
}

export const publishDraft = (id: number, version: number) => post<Published>(`${draftPath(id)}/publish`, { version });

/** Numbers of the questions that a draft shows. */
const idsIn = ({ dashcards = [] }: DraftContent): number[] => dashcards.flatMap(({ card_id, series = [] }) => [...(card_id ? [card_id] : []), ...series.map(({ id }) => id)]);

/** A draft knows questions by their numbers: what they look like is read again. */
export function revived(content: DraftContent, dashboard: Dashboard, found: Map<number, Question>): Edited {
  const seriesOf = (id: number): SeriesCard[] => {
    const one = found.get(id);
    return one ? [seriesCard(one)] : [];
  };
  const alive = (content.dashcards ?? []).filter(({ card_id }) => !card_id || found.has(card_id));

  return {
    tabs: content.tabs ?? dashboard.tabs,
    parameters: content.parameters ?? dashboard.parameters,
    dashcards: alive.map((card): Dashcard => {
      const question = card.card_id ? found.get(card.card_id) : undefined;
      return { ...(card as Dashcard), ...(question && { card: question }), series: (card.series ?? []).flatMap(({ id }) => seriesOf(id)) };
    }),
  };
}

export interface Start {
  draft: Draft;
  edited: Edited | null;
  /** It was dropped, and is back: no draft has it. */
  isBack?: boolean;
}

export const startKey = (id: number) => ['draft-start', id] as const;

/** What is edited at first: the draft, where there is one. */
export const useStart = (dashboard: Dashboard) =>
  useQuery({
    queryKey: startKey(dashboard.id),
    queryFn: async (): Promise<Start> => {
      const draft = await get<Draft>(draftPath(dashboard.id));
      if (!draft.content) return { draft, edited: null };
      const known = new Map(dashboard.dashcards.flatMap(({ card }) => (card ? [[card.id, card] as const] : [])));
      const missing = [...new Set(idsIn(draft.content))].filter((id) => !known.has(id));
      const loaded = await Promise.all(missing.map((id) => get<Question>(`/api/card/${id}`).catch(() => null)));
      const found = new Map([...known, ...loaded.flatMap((one) => (one ? [[one.id, one] as const] : []))]);
      return { draft, edited: revived(draft.content, dashboard, found) };
    },
    // Read once, when the editor opens: from then on what is on the page counts.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });

const pause = 1_000;

export interface DraftKeeper {
  /** When it was kept last. */
  keptAt: string | null;
  error: unknown;
  /** Somebody else wrote the draft meanwhile. */
  isConflict: boolean;
  /** Readers see something else than what this began with. */
  isOutdated: boolean;
  /** Keeps what is not kept yet; gives the version to publish. */
  flush: () => Promise<number>;
  /** Writes over what somebody else wrote, knowing what it was. */
  insist: (known: { dashboard: Dashboard; draft: Draft }) => Promise<void>;
  /** What a later editor continues from. */
  asDraft: () => Draft;
}

/** Keeps every change, a moment after it. One request at a time: each names the version it continues. */
export function useDraftKeeper(dashboard: Dashboard, { draft, isBack = false }: Start, edited: Edited): DraftKeeper {
  const version = useRef(draft.version);
  // What the page reads again later is not what this began with.
  const base = useRef(draft.based_on ?? dashboard.updated_at);
  const written = useRef<Edited | null>(isBack ? null : edited);
  const running = useRef<Promise<void>>(Promise.resolve());
  const latest = useRef(edited);
  const [keptAt, setKeptAt] = useState(draft.updated_at);
  const [error, setError] = useState<unknown>(null);
  const [isOutdated, setOutdated] = useState(draft.outdated);
  latest.current = edited;

  async function write() {
    const now = latest.current;
    if (written.current === now) return;
    const content: DraftContent = { dashcards: now.dashcards.map(toSave), tabs: now.tabs.map(({ id, name }) => ({ id, name })), parameters: now.parameters };
    const kept = await put<Draft>(draftPath(dashboard.id), { version: version.current, based_on: base.current, content });
    version.current = kept.version;
    written.current = now;
    setKeptAt(kept.updated_at);
    setOutdated(kept.outdated);
    setError(null);
  }

  function queue(): Promise<void> {
    running.current = running.current.catch(() => {}).then(write);
    return running.current;
  }

  useEffect(() => {
    if (written.current === edited) return;
    const timer = setTimeout(() => void queue().catch(setError), pause);
    return () => clearTimeout(timer);
  }, [edited.dashcards, edited.tabs, edited.parameters]);

  return {
    keptAt,
    error,
    isConflict: error instanceof ApiError && error.status === 409,
    isOutdated,
    flush: async () => {
      await queue();
      return version.current;
    },
    insist: async (known) => {
      version.current = known.draft.version;
      base.current = known.dashboard.updated_at;
      written.current = null;
      await queue();
    },
    asDraft: () => ({ ...draft, version: version.current, based_on: base.current }),
  };
}
