// Counting beside the answer: one count at a time, and none of a source that takes long to count.
import { ask } from '../../../api/client';
import type { Answer } from '../../../lib/question-types';
import { type Query, toDatasetQuery } from '../model/query';

const mostMilliseconds = 3_000;
const slowSources = new Set<string>();
const sourceOf = ({ database, source }: Query) => `${database} ${source}`;
let turn: Promise<unknown> = Promise.resolve();

export const isSlow = (query: Query): boolean => slowSources.has(sourceOf(query));

async function count(query: Query, signal: AbortSignal): Promise<Answer | null> {
  const stop = new AbortController();
  const end = () => stop.abort();
  const timer = setTimeout(() => {
    slowSources.add(sourceOf(query));
    end();
  }, mostMilliseconds);

  signal.addEventListener('abort', end);
  try {
    const answer = await ask<Answer>(toDatasetQuery(query), stop.signal);
    return answer.status === 'completed' ? answer : null;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/** After those that asked before; not at all when nobody waits for it any more. Giving up stops the work on the server too. */
export function countInTurn(query: Query, signal: AbortSignal): Promise<Answer | null> {
  const mine = turn.then(() => (signal.aborted || isSlow(query) ? null : count(query, signal)));

  turn = mine.catch(() => undefined);
  return mine;
}
