// What is being asked and not saved yet, kept on this machine: closing the window by mistake loses nothing.
import { useEffect } from 'react';
import { decodeDraft, type Draft, encodeDraft } from './draft';

const keyOf = (question: number | null) => `vigie.draft.${question ?? 'new'}`;
const writeMilliseconds = 1_000;

export function savedDraft(question: number | null): Draft | null {
  try {
    return decodeDraft(localStorage.getItem(keyOf(question)) ?? '');
  } catch {
    return null;
  }
}

export function forgetDraft(question: number | null): void {
  try {
    localStorage.removeItem(keyOf(question));
  } catch {
    // A browser without storage has nothing to forget.
  }
}

export function keepDraft(question: number | null, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(question), encodeDraft(draft));
  } catch {
    // Storage may be refused or full: the address still holds the draft.
  }
}

/** Keeps what changes, until it is saved or given up. */
export function useLocalDraft(question: number | null, draft: Draft | null, isDirty: boolean): void {
  useEffect(() => {
    if (!draft || !isDirty) return;
    const timer = setTimeout(() => keepDraft(question, draft), writeMilliseconds);
    return () => clearTimeout(timer);
  }, [question, draft, isDirty]);
}
