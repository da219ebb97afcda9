// The question as it is being made: in the address, so that reloading and sharing keep it, and with undo.
import { useCallback, useEffect, useState } from 'react';
import { useUndoKeys } from '../../lib/undo-keys';
import { olderQuery } from '../../lib/older-query';
import type { Question, StoredQuery } from '../../lib/question-types';
import type { Settings } from '../../shared/data';
import { plainSource, type ValueSource } from '../values';
import type { DatasetQuery } from './model/query';

/** Of a variable, by the id of its tag: where its values come from, and whether it takes several. They stand in their order. */
export type TagSource = { id: string; isMultiSelect?: boolean } & ValueSource;

export interface Draft {
  dataset_query: DatasetQuery;
  /** What it is, or will be when it is saved; a question when nothing is said. */
  type?: 'metric';
  display: string;
  /** Whether a person chose the chart; otherwise it follows the columns. */
  displayIsLocked: boolean;
  visualization_settings: Settings;
  /** The saved question that this one started from. */
  original_card_id?: number;
  /** Names of the filters of a dashboard that could not come along. */
  missed_filters?: string[];
  /** Of variables in SQL: their order, and what is not in their tags. */
  parameters?: TagSource[];
}

const sourcesIn = (parameters: readonly Partial<TagSource>[]): TagSource[] =>
  parameters.flatMap((parameter): TagSource[] => {
    const { id, isMultiSelect } = parameter;
    return typeof id === 'string' ? [{ id, ...(typeof isMultiSelect === 'boolean' && { isMultiSelect }), ...plainSource(parameter) }] : [];
  });

/** A saved question, as it is before anything is changed. */
export function draftOf({ dataset_query: stored, display, visualization_settings, parameters, type }: Question): Draft {
  const dataset_query = olderQuery(stored);
  const sources = dataset_query.type === 'native' ? sourcesIn(parameters ?? []) : [];

  return { dataset_query: dataset_query as Draft['dataset_query'], display, displayIsLocked: true, visualization_settings, ...(type === 'metric' && { type }), ...(sources.length && { parameters: sources }) };
}

/** As in Metabase: the JSON of the question, in base 64, behind the #. */
export function encodeDraft(draft: Draft): string {
  const bytes = new TextEncoder().encode(JSON.stringify(draft));

  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

const mostListed = 50;

export function decodeDraft(hash: string): Draft | null {
  try {
    const bytes = Uint8Array.from(atob(hash.replace(/^#/, '').replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    const read = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Draft>;
    if (typeof read.dataset_query !== 'object' || !read.dataset_query) return null;
    const dataset_query = olderQuery(read.dataset_query as StoredQuery) as DatasetQuery;
    if (dataset_query.type !== 'query' && dataset_query.type !== 'native') return null;
    const missed = Array.isArray(read.missed_filters) ? read.missed_filters.filter((name) => typeof name === 'string').slice(0, mostListed) : [];
    const sources = Array.isArray(read.parameters) ? sourcesIn(read.parameters.filter((one) => typeof one === 'object' && one !== null).slice(0, mostListed)) : [];

    return {
      dataset_query,
      display: typeof read.display === 'string' ? read.display : 'table',
      displayIsLocked: read.displayIsLocked === true,
      visualization_settings: read.visualization_settings ?? {},
      ...(read.type === 'metric' && { type: 'metric' }),
      ...(typeof read.original_card_id === 'number' && { original_card_id: read.original_card_id }),
      ...(missed.length && { missed_filters: missed }),
      ...(sources.length && { parameters: sources }),
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
