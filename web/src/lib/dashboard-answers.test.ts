import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { postForStream } from '../api/client';
import { answerKey, answerPath, askCard, takeTogether } from './dashboard-answers';
import type { Dashboard, Dashcard } from './question-types';

const card = (id: number, more: object = {}) => ({ id, card_id: id, card: { display: 'bar' }, parameter_mappings: [], series: [], dashboard_tab_id: null, ...more }) as unknown as Dashcard;
const parameter = { id: 'p', name: 'P', slug: 'p', type: 'string/=' };
const dashboard = { id: 7, tabs: [], archived: false, parameters: [parameter], dashcards: [card(1), card(2, { parameter_mappings: [{ parameter_id: 'p', card_id: 2, target: ['t'] }] })] } as unknown as Dashboard;
const own = { id: 'p', type: 'string/=', target: ['t'], value: ['CA'] };
const values = { p: ['CA'] };
const never = new AbortController().signal;
const line = (id: number) => `${JSON.stringify({ dashcard_id: id, card_id: id, result: { status: 'completed', row_count: id } })}\n`;

/** A server that streams what it is told to, and answers single cards by itself. */
function server() {
  const asked: [path: string, body: unknown][] = [];
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (controller) => void (stream = controller) });
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push([path, JSON.parse(String(init.body))]);
    return path.endsWith('/cards') ? new Response(body) : new Response(JSON.stringify({ status: 'completed', row_count: 99 }), { headers: { 'content-type': 'application/json' } });
  });
  return { asked, say: (text: string) => stream?.enqueue(new TextEncoder().encode(text)), end: () => stream?.close() };
}

afterEach(() => vi.unstubAllGlobals());

it('keeps the answers that come together where each card looks for its own', async () => {
  const client = new QueryClient();
  const { asked, say, end } = server();
  const whole = takeTogether(client, dashboard, values, postForStream('/cards', {}));
  const early = askCard(answerPath(7, 2, 2), [own], never);
  say(line(1) + line(2));
  end();
  await whole;

  expect(client.getQueryData(answerKey(answerPath(7, 1, 1), [], 0))).toMatchObject({ row_count: 1 });
  expect(await early).toMatchObject({ row_count: 2 });
  expect(asked).toHaveLength(1);
});

it('asks alone for what did not come, for other values, and a second time', async () => {
  const client = new QueryClient();
  const { asked, say, end } = server();
  const whole = takeTogether(client, dashboard, values, postForStream('/cards', {}));
  const late = askCard(answerPath(7, 1, 1), [], never);
  const other = askCard(answerPath(7, 2, 2), [], never);
  say(line(2));
  end();
  await whole;

  expect(await late).toMatchObject({ row_count: 99 });
  expect(await other).toMatchObject({ row_count: 99 });
  expect(await askCard(answerPath(7, 2, 2), [own], never)).toMatchObject({ row_count: 99 });
  expect(asked).toHaveLength(4);
});
