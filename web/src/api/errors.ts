// Every way a request can fail, as one type. Bodies are those of Metabase's API: plain text,
// `message`, `errors` by field, or `specific-errors` by field.

export type ErrorKind =
  | 'unreachable'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'invalid'
  | 'throttled'
  | 'server';

export type FieldErrors = Record<string, string>;

export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly kind: ErrorKind,
    readonly status: number,
    /** What the server says about the whole request, in its words; may be empty. */
    message: string,
    readonly fields: FieldErrors = {},
    /** Seconds to wait before trying again, when the server says so. */
    readonly retryAfter = 0,
    /** By which an administrator finds what failed on a published page. */
    readonly reference?: string | undefined,
    /** What to do about it, in the reader's language; may be empty. */
    readonly hint = '',
  ) {
    super(message);
  }
}

export function errorFromResponse({ status, headers }: Response, body: unknown): ApiError {
  const fields = fieldErrors(body);
  // An error on no field in particular is about the request.
  const { _error: general = '', ...named } = fields;

  return new ApiError(kindOf(status), status, messageOf(body) || general, named, Number(headers.get('retry-after')) || 0, headers.get('x-vigie-reference') ?? undefined, hintOf(body));
}

function kindOf(status: number): ErrorKind {
  if (status === 401) return 'unauthenticated';
  if (status === 402 || status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'missing';
  if (status === 429) return 'throttled';
  if (status === 502 || status === 503 || status === 504) return 'unreachable';
  return status < 500 ? 'invalid' : 'server';
}

function messageOf(body: unknown): string {
  if (typeof body === 'string') return body.startsWith('<') ? '' : body.slice(0, 500);
  if (!isRecord(body)) return '';

  const message = [body.message, body.error, body['error-message']].find((text) => typeof text === 'string');
  return typeof message === 'string' ? message.slice(0, 500) : '';
}

const hintOf = (body: unknown): string => (isRecord(body) && typeof body.hint === 'string' ? body.hint : '');

function fieldErrors(body: unknown): FieldErrors {
  if (!isRecord(body)) return {};

  return { ...flatten(body['specific-errors']), ...flatten(body.errors) };
}

/** `{user: {email: ["taken"]}}` and `{email: "taken"}` both name the field `email`. */
function flatten(errors: unknown): FieldErrors {
  if (!isRecord(errors)) return {};

  return Object.fromEntries(
    Object.entries(errors).flatMap(([field, reason]): [string, string][] => {
      if (typeof reason === 'string') return [[field, reason]];
      if (Array.isArray(reason)) return [[field, reason.filter((part) => typeof part === 'string').join(' ')]];
      return Object.entries(flatten(reason));
    }),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
