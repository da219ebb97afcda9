// The question as it is being made: in the address, so that reloading and sharing keep it, and with undo.
import { useCallback, useEffect, useState } from 'react';
import { useUndoKeys } from '../../lib/undo-keys';
import type { Settings } from '../../shared/data';
import type { DatasetQuery } from './model/query';

export interface Draft {
  dataset_query: DatasetQuery;
  display: string;
  /** Whether a person chose the chart; otherwise it follows the columns. */
  displayIsLocked: boolean;
  visualization_settings: Settings;
  /** The saved question that this one started from. */
  original_card_id?: number;
}

/** As in Metabase: the JSON of the question, in base 64, behind the #. */
export function encodeDraft(draft: Draft): string {
  const bytes = new TextEncoder().encode(JSON.stringify(draft));

  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export function decodeDraft(hash: string): Draft | null {
  try {
    const bytes = Uint8Array.from(atob(hash.replace(/^#/, '').replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    const read = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Draft>;
    if (typeof read.dataset_query !== 'object' || !read.dataset_query) return null;

    return {
      dataset_query: read.dataset_query,
      display: typeof read.display === 'string' ? read.display : 'table',
      displayIsLocked: read.displayIsLocked === true,
      visualization_settings: read.visualization_settings ?? {},
      ...(typeof read.original_card_id === 'number' && { original_card_id: read.original_card_id }),
    };
  } catch {
    return null;
  }
}

interface History {
  past: Draft[];
  now: Draft | null;
  future: Draft[];
}

const mostSteps = 100;

export interface DraftState {
  draft: Draft | null;
  change: (change: Partial<Draft>) => void;
  replace: (draft: Draft) => void;
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
}

export function useDraft(first: Draft | null): DraftState {
  const [{ past, now, future }, set] = useState<History>({ past: [], now: first, future: [] });

  const change = useCallback((part: Partial<Draft>) => {
    set((before) => {
      if (!before.now) return before;
      return { past: [...before.past, before.now].slice(-mostSteps), now: { ...before.now, ...part }, future: [] };
    });
  }, []);
  const replace = useCallback((draft: Draft) => set({ past: [], now: draft, future: [] }), []);
  const undo = () => set(({ past: old, now: current, future: next }) => ({ past: old.slice(0, -1), now: old.at(-1) ?? current, future: current ? [current, ...next] : next }));
  const redo = () => set(({ past: old, now: current, future: next }) => ({ past: current ? [...old, current] : old, now: next[0] ?? current, future: next.slice(1) }));

  useUndoKeys(past.length ? undo : undefined, future.length ? redo : undefined);
  return { draft: now, change, replace, undo: past.length ? undo : undefined, redo: future.length ? redo : undefined };
}

const writeMilliseconds = 250;

/** Keeps the draft in the address, without a step in the history of the browser for each letter. */
export function useDraftInAddress(draft: Draft | null, isDirty: boolean): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      const hash = draft && isDirty ? `#${encodeDraft(draft)}` : '';
      if (location.hash !== hash) history.replaceState(history.state, '', location.pathname + location.search + hash);
    }, writeMilliseconds);
    return () => clearTimeout(timer);
  }, [draft, isDirty]);
}
