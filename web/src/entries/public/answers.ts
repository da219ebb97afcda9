// What each card shows now. Everything that is asked at once comes in one stream; a filter asks again only
// for the cards that it touches; what is old stays on the page, dimmed, until the new is there.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { get, getLines } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { Data } from '../../shared/data';
import type { FilterValues } from '../../shared/filters';
import type { Line, Result } from './definition';
import type { Rows } from './first-rows';

export interface Answer {
  isLoading: boolean;
  data?: Data | undefined;
  hasFailed?: boolean;
  /** By which an administrator finds the failure. */
  reference?: string | undefined;
  /** When kept figures were asked of the database. */
  from?: string | undefined;
  isStale?: boolean;
}

export type Answers = Record<string, Answer>;

/** One question of one card. */
export interface Piece {
  key: string;
  /** The filters that touch it. */
  filters: string[];
  /** Where its rows are, alone. */
  path: (values: FilterValues) => string;
}

export const pieceKey = (dashcard: number, card: number): string => `${dashcard}:${card}`;

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The pieces that a change of filters touches. */
export function touched(pieces: readonly Piece[], before: FilterValues, after: FilterValues): Piece[] {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((id) => !same(before[id], after[id]));

  return pieces.filter(({ filters }) => filters.some((id) => changed.includes(id)));
}

export function toAnswer({ status, data, started_at, cached, stale, reference }: Result): Answer {
  if (status !== 'completed') return { isLoading: false, hasFailed: true, reference };
  return { isLoading: false, data, from: cached ?? started_at, isStale: stale === true };
}

const keyOf = ({ dashcard_id: dashcard, card_id: card }: Line) => pieceKey(dashcard, card);

const answersIn = (lines: readonly Line[]): Answers => Object.fromEntries(lines.map((line) => [keyOf(line), toAnswer(line.result)]));

interface AnswersAsk {
  pieces: readonly Piece[];
  values: FilterValues;
  /** All rows in one stream, when there is such an address. */
  stream?: ((values: FilterValues) => string) | undefined;
  /** All rows for the values that the page opens with, when they were asked for already. */
  first?: Rows | undefined;
  refresh: number;
}

export function useAnswers({ pieces, values, stream, first, refresh }: AnswersAsk): { answers: Answers; retry: (key: string) => void } {
  const [given] = useState(() => answersIn(first?.lines ?? []));
  const [answers, setAnswers] = useState(given);
  // Which question of a piece is the latest: answers of older ones are dropped.
  const turns = useRef<Record<string, number>>({});
  const shown = useRef<FilterValues | null>(null);
  const streaming = useRef<AbortController | null>(null);
  const latest = useRef(values);
  latest.current = values;

  const begin = useCallback((keys: readonly string[]) => {
    if (!keys.length) return () => {};
    const mine = Object.fromEntries(keys.map((key) => [key, (turns.current[key] ?? 0) + 1]));
    Object.assign(turns.current, mine);
    setAnswers((now) => ({ ...now, ...Object.fromEntries(keys.map((key) => [key, { ...now[key], hasFailed: false, isLoading: true }])) }));
    return (key: string, answer: Answer) => {
      if (turns.current[key] === mine[key]) setAnswers((now) => ({ ...now, [key]: answer }));
    };
  }, []);

  const askAlone = useCallback(
    async (piece: Piece) => {
      const settle = begin([piece.key]);
      try {
        settle(piece.key, toAnswer(await get<Result>(piece.path(latest.current))));
      } catch (error) {
        settle(piece.key, { isLoading: false, hasFailed: true, reference: error instanceof ApiError ? error.reference : undefined });
      }
    },
    [begin],
  );

  const settleAll = useCallback(
    async (keys: readonly string[], follow: (onLine: (line: Line) => void) => Promise<void>) => {
      const settle = begin(keys);
      const missing = new Set(keys);
      try {
        await follow((line) => {
          if (missing.delete(keyOf(line))) settle(keyOf(line), toAnswer(line.result));
        });
      } finally {
        missing.forEach((key) => settle(key, { isLoading: false, hasFailed: true }));
      }
    },
    [begin],
  );

  const askAll = useCallback(async () => {
    if (!stream) return Promise.all(pieces.map(askAlone));
    // What an older stream still has to say is old.
    streaming.current?.abort();
    const { signal } = (streaming.current = new AbortController());
    return settleAll(pieces.map(({ key }) => key), (onLine) => getLines<Line>(stream(latest.current), onLine, signal));
  }, [pieces, stream, settleAll, askAlone]);

  const askFirst = useCallback(
    (rows: Rows) => settleAll(pieces.map(({ key }) => key).filter((key) => !given[key]), rows.follow),
    [pieces, settleAll, given],
  );

  // Before the page is painted: what it asks for is then on its way while the browser draws.
  useLayoutEffect(() => {
    const before = shown.current;
    const asked = before ? touched(pieces, before, values) : pieces;
    shown.current = values;
    if (!before && first) askFirst(first).catch(() => {});
    else if (asked.length === pieces.length && pieces.length > 1) askAll().catch(() => {});
    else asked.forEach((piece) => void askAlone(piece));
  }, [pieces, values, first, askFirst, askAll, askAlone]);

  useEffect(() => {
    if (!refresh) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') askAll().catch(() => {});
    }, refresh * 1_000);
    return () => clearInterval(timer);
  }, [refresh, askAll]);

  const retry = useCallback((key: string) => pieces.filter((piece) => piece.key === key).forEach((piece) => void askAlone(piece)), [pieces, askAlone]);
  return { answers, retry };
}

/** The oldest moment among the figures on the page. */
export function oldest(answers: Answers): string | undefined {
  return Object.values(answers)
    .flatMap(({ from }) => (from ? [from] : []))
    .sort()[0];
}

export const hasStale = (answers: Answers): boolean => Object.values(answers).some(({ isStale }) => isStale);
