import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newQuery } from '../model/query';
import { countInTurn, isSlow } from './counting';

type Reply = (answer: Response) => void;
let waiting: Reply[] = [];
const aborted: boolean[] = [];
const five = () => new Response(JSON.stringify({ status: 'completed', data: { cols: [], rows: [[5]] } }), { status: 202, headers: { 'content-type': 'application/json' } });

beforeEach(() => {
  vi.useFakeTimers();
  waiting = [];
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) =>
    new Promise<Response>((resolve, reject) => {
      waiting.push(resolve);
      signal?.addEventListener('abort', () => {
        aborted.push(true);
        reject(new DOMException('stopped', 'AbortError'));
      });
    }),
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

it('asks for one count after the other, and not for what nobody waits for', async () => {
  const gone = new AbortController();
  const first = countInTurn(newQuery(1, 5), new AbortController().signal);
  const second = countInTurn(newQuery(1, 6), gone.signal);
  const third = countInTurn(newQuery(1, 7), new AbortController().signal);

  gone.abort();
  await settle();
  expect(waiting.length).toBe(1);
  waiting[0]?.(five());
  expect((await first)?.data.rows).toEqual([[5]]);
  expect(await second).toBeNull();
  await settle();
  expect(waiting.length).toBe(2);
  waiting[1]?.(five());
  expect((await third)?.data.rows).toEqual([[5]]);
});

it('gives up what takes long, tells the server, and does not count that source again', async () => {
  const slow = newQuery(1, 8);
  const first = countInTurn(slow, new AbortController().signal).catch((error: unknown) => error);

  await settle();
  expect(isSlow(slow)).toBe(false);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await first).toBeInstanceOf(DOMException);
  expect(aborted).toEqual([true]);
  expect(isSlow(slow)).toBe(true);
  expect(await countInTurn(slow, new AbortController().signal)).toBeNull();
  expect(waiting.length).toBe(1);
});
