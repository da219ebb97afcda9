// The only place that talks to the server. Paths start with /api; the session is a cookie.
import { ApiError, errorFromResponse } from './errors';

interface Client {
  /** Where the site lives below its host: "" or "/stats". */
  base: string;
  /** The language of the interface, for the messages that the server writes. */
  locale: string;
}

type Query = Record<string, string | number | boolean | undefined>;

const client: Client = { base: '', locale: 'en' };

export function configureClient(settings: Partial<Client>): void {
  Object.assign(client, settings);
}

export const get = <Answer>(path: string, query?: Query) => send<Answer>('GET', path + queryText(query));

export const post = <Answer = unknown>(path: string, body: object = {}, signal?: AbortSignal) =>
  send<Answer>('POST', path, body, signal);

/** The answer to a question. That it cannot be answered is an answer too, though its status is 400. */
export async function ask<Answer>(question: object, signal?: AbortSignal): Promise<Answer> {
  const response = await reach('POST', '/api/dataset', question, signal);
  const answer = await read(response);

  if (!response.ok && (answer as { status?: unknown } | null)?.status !== 'failed') throw errorFromResponse(response, answer);
  return answer as Answer;
}

/** A form with a file in it. */
export async function postForm<Answer>(path: string, form: FormData): Promise<Answer> {
  const response = await reach('POST', path, form);
  const answer = await read(response);

  if (!response.ok) throw errorFromResponse(response, answer);
  return answer as Answer;
}

/** A file that the server makes for a request with a body: its content, not an address. */
export async function postForFile(path: string, body: object): Promise<Blob> {
  const response = await reach('POST', path, body);

  if (!response.ok) throw errorFromResponse(response, await read(response));
  return response.blob();
}

export const put = <Answer = unknown>(path: string, body: object = {}) => send<Answer>('PUT', path, body);

export const remove = <Answer = unknown>(path: string) => send<Answer>('DELETE', path);

/** Removes what the body names. */
export const removeWith = <Answer = unknown>(path: string, body: object) => send<Answer>('DELETE', path, body);

/** An answer of one JSON object a line: each is given as soon as it is there. */
export const getLines = async <Line>(path: string, onLine: (line: Line) => void, signal?: AbortSignal): Promise<void> =>
  readLines(await reach('GET', path, undefined, signal), onLine);

/** The beginning of such an answer, for whoever reads its lines. */
export const postForStream = (path: string, body: object): Promise<Response> => reach('POST', path, body);

export async function readLines<Line>(response: Response, onLine: (line: Line) => void): Promise<void> {
  if (!response.ok || !response.body) throw errorFromResponse(response, await read(response));

  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const whole = (rest + part.value).split('\n');
    rest = whole.pop() ?? '';
    whole.filter(Boolean).forEach((line) => onLine(JSON.parse(line) as Line));
  }
}

async function send<Answer>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Answer> {
  const response = await reach(method, path, body, signal);
  const answer = await read(response);

  if (!response.ok) throw errorFromResponse(response, answer);
  return answer as Answer;
}

async function reach(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(client.base + path, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        'X-Metabase-Locale': client.locale,
        // The browser names the type of a form itself, with what parts it.
        ...(body && !(body instanceof FormData) && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: body instanceof FormData ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    // Stopping on purpose is no failure of the network.
    if (signal?.aborted) throw error;
    throw new ApiError('unreachable', 0, '');
  }
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');

  if (!isJson || !text) return text || null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError('server', response.status, '');
  }
}

function queryText(query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );

  return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}
