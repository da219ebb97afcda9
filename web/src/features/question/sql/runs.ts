// What one ran in the editor, kept on this machine: to see how long it took, and to go back to an earlier text.
import { useEffect, useState } from 'react';
import type { Answer } from '../../../lib/question-types';

export interface Run {
  sql: string;
  /** When it was started, as a moment of this machine. */
  at: string;
  milliseconds?: number;
  rows?: number;
  hasFailed?: boolean;
}

const most = 20;
const longest = 20_000;
const keyOf = (question: number | null) => `vigie.runs.${question ?? 'new'}`;

function isRun(value: unknown): value is Run {
  const { sql, at } = (value ?? {}) as Partial<Run>;

  return typeof sql === 'string' && typeof at === 'string' && !Number.isNaN(Date.parse(at));
}

export function readRuns(question: number | null): Run[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(keyOf(question)) ?? '[]');
    return Array.isArray(read) ? read.filter(isRun).slice(0, most) : [];
  } catch {
    return [];
  }
}

/** The newest first; the same text again takes the place of its last run. */
export const withRun = (runs: readonly Run[], run: Run): Run[] => (run.sql.length > longest ? [...runs] : [run, ...runs.filter(({ sql }) => sql !== run.sql)].slice(0, most));

export function useRuns(question: number | null, isRunning: boolean, answer: Answer | undefined): { runs: Run[]; begin: (sql: string) => void } {
  const [runs, setRuns] = useState(() => readRuns(question));
  const [begun, setBegun] = useState<Run | null>(null);

  useEffect(() => {
    if (!begun || isRunning || !answer) return;
    const done = { ...begun, milliseconds: answer.running_time, rows: answer.row_count, hasFailed: answer.status === 'failed' };
    const next = withRun(runs, done);
    setBegun(null);
    setRuns(next);
    try {
      localStorage.setItem(keyOf(question), JSON.stringify(next));
    } catch {
      // Storage may be refused or full: then runs are known until the page is left.
    }
  }, [begun, isRunning, answer]);

  return { runs, begin: (sql) => setBegun({ sql, at: new Date().toISOString() }) };
}
