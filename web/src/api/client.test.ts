import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ask, configureClient, get, post, remove } from './client';
import type { ApiError } from './errors';

const server = vi.fn<typeof fetch>();

function answer(status: number, body: string, headers: Record<string, string> = {}) {
  const type = body.startsWith('{') ? 'application/json;charset=utf-8' : 'text/plain';
  server.mockResolvedValue(new Response(body || null, { status, headers: { 'content-type': type, ...headers } }));
}

const failure = (promise: Promise<unknown>) => promise.then(() => null, (error: ApiError) => error);

beforeEach(() => {
  vi.stubGlobal('fetch', server);
  configureClient({ base: '/stats', locale: 'fr' });
});

afterEach(() => vi.unstubAllGlobals());

it('asks below the prefix of the site, in the language of the page', async () => {
  answer(200, '{"data":[]}');
  expect(await get('/api/user', { query: 'a&b', status: undefined })).toEqual({ data: [] });

  const [url, init] = server.mock.lastCall ?? [];
  expect(url).toBe('/stats/api/user?query=a%26b');
  expect(new Headers(init?.headers).get('x-metabase-locale')).toBe('fr');
  expect(init?.credentials).toBe('same-origin');
});

it('sends JSON, and takes no content for an answer', async () => {
  answer(204, '');
  expect(await remove('/api/session')).toBeNull();

  await post('/api/session', { username: 'ada' });
  expect(server.mock.lastCall?.[1]?.body).toBe('{"username":"ada"}');
});

it('takes a question that failed for an answer, and a request that failed for an error', async () => {
  answer(400, '{"status":"failed","error":"no such column"}');
  expect(await ask({ database: 1 })).toMatchObject({ status: 'failed', error: 'no such column' });

  answer(400, '{"errors":{"database":"value must be the id of a database."}}');
  expect(await failure(ask({}))).toMatchObject({ status: 400, fields: { database: 'value must be the id of a database.' } });
});

it('reads errors by field, nested or not', async () => {
  answer(400, '{"errors":{"user":{"email":"taken"},"name":["too long","odd"]},"specific-errors":{"name":["x"]}}');
  expect(await failure(post('/api/setup'))).toMatchObject({
    kind: 'invalid',
    fields: { email: 'taken', name: 'too long odd' },
  });
});

it('takes an error on no field for the message of the whole', async () => {
  answer(401, '{"errors":{"_error":"Your account is disabled."}}');
  expect(await failure(post('/api/session'))).toMatchObject({
    kind: 'unauthenticated',
    message: 'Your account is disabled.',
    fields: {},
  });
});

it('reads plain text, messages and waiting times', async () => {
  answer(403, "You don't have permissions to do that.");
  expect(await failure(get('/api/setting'))).toMatchObject({ kind: 'forbidden', status: 403 });

  answer(429, '{"message":"slow down"}', { 'retry-after': '15' });
  expect(await failure(get('/api/user'))).toMatchObject({ kind: 'throttled', message: 'slow down', retryAfter: 15 });
});

it('never shows the page of a proxy', async () => {
  answer(500, '<html>Bad luck</html>');
  expect(await failure(get('/api/user'))).toMatchObject({ kind: 'server', message: '' });

  answer(502, '<html>Bad gateway</html>');
  expect(await failure(get('/api/user'))).toMatchObject({ kind: 'unreachable', message: '' });
});

it('says that the server is out of reach', async () => {
  server.mockRejectedValue(new TypeError('network'));
  expect(await failure(get('/api/user'))).toMatchObject({ kind: 'unreachable', status: 0 });
});

it('does not take half an answer for a whole one', async () => {
  answer(200, '{"data":[');
  expect(await failure(get('/api/user'))).toMatchObject({ kind: 'server' });
});
