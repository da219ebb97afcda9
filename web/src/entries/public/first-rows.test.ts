import { afterEach, expect, it, vi } from 'vitest';
import type { Line } from './definition';
import { askRows } from './first-rows';

const line = (id: number) => `${JSON.stringify({ dashcard_id: id, card_id: id, result: {} })}\n`;

/** A server that says what it has to say when it is told to. */
function server() {
  let send: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (controller) => void (send = controller) });
  vi.stubGlobal('fetch', async () => new Response(body));
  return { say: (text: string) => send?.enqueue(new TextEncoder().encode(text)), end: () => send?.close(), fail: () => send?.error(new Error('gone')) };
}

afterEach(() => vi.unstubAllGlobals());

it('gives what has come at once, and the rest as it comes', async () => {
  const { say, end } = server();
  const rows = askRows('/rows');
  say(line(1));
  await vi.waitFor(() => expect(rows.lines).toHaveLength(1));

  const seen: number[] = [];
  const whole = rows.follow(({ dashcard_id: id }: Line) => seen.push(id));
  expect(seen).toEqual([1]);
  say(line(2) + line(3));
  end();
  await whole;
  expect(seen).toEqual([1, 2, 3]);
});

it('tells whoever follows that the stream broke', async () => {
  const { fail } = server();
  const rows = askRows('/rows');
  fail();

  await expect(rows.follow(() => {})).rejects.toThrow();
});
