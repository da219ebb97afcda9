// What is being asked and not saved yet, kept on this machine: closing the window by mistake loses nothing.
import { useEffect, useState } from 'react';
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

/** Storage may be refused or full: then the address alone holds the draft. */
export function keepDraft(question: number | null, draft: Draft): boolean {
  try {
    localStorage.setItem(keyOf(question), encodeDraft(draft));
    return true;
  } catch {
    return false;
  }
}

/** When the draft was kept last, or that it could not be; nothing while there is none. */
export type Kept = { at: string } | 'refused' | null;

/** Keeps what changes, until it is saved or given up. The browser asks before it leaves what could not be kept. */
export function useLocalDraft(question: number | null, draft: Draft | null, isDirty: boolean): Kept {
  const [kept, setKept] = useState<Kept>(null);
  const isAtRisk = isDirty && kept === 'refused';

  useEffect(() => {
    if (!draft || !isDirty) return;
    const timer = setTimeout(() => setKept(keepDraft(question, draft) ? { at: new Date().toISOString() } : 'refused'), writeMilliseconds);
    return () => clearTimeout(timer);
  }, [question, draft, isDirty]);
  useEffect(() => {
    if (!isAtRisk) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', hold);
    return () => removeEventListener('beforeunload', hold);
  }, [isAtRisk]);
  return isDirty ? kept : null;
}
