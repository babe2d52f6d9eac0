import { type APIError, apiError, ConnectionError, ConnectionTimeoutError } from './errors.js';
import type { FieldFault } from './generated/models/FieldFault.js';
import type { Fetch } from './options.js';
import { retryAfterMs } from './retry.js';

export interface Attempt {
  fetch: Fetch;
  url: string;
  init: RequestInit;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  /** The body is left to the caller, and the time-out is for the head of the answer only. */
  stream: boolean;
}

/** Sends a request once and gives the answer whatever its status; throws `ConnectionError`, or the reason of the caller's signal. */
export async function attempt({ fetch, url, init, timeoutMs, signal, stream }: Attempt): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  const either = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
  try {
    const response = await fetch(url, { ...init, signal: either });
    return stream && response.ok ? response : await readWhole(response);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (late.signal.aborted) throw new ConnectionTimeoutError(`no answer within ${timeoutMs} ms`, { cause: error });
    throw new ConnectionError(`the service cannot be reached: ${reasonOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
};

/** A connection that breaks in the middle of an answer is a failed attempt like any other. */
async function readWhole(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const bytes = await response.arrayBuffer();
  return new Response(bytes.byteLength > 0 ? bytes : null, { status, statusText, headers });
}

/** The failure an answer speaks of; proxies may answer with anything. */
export async function failureOf(response: Response): Promise<APIError> {
  const { status, headers } = response;
  const text = await response.text();
  const problem = asObject(text);
  return apiError({
    status,
    headers,
    code: typeof problem.code === 'number' ? problem.code : undefined,
    type: stringOf(problem.type),
    detail: stringOf(problem.detail) ?? (text.slice(0, 200) || undefined),
    requestId: stringOf(problem.requestId) ?? headers.get('x-request-id') ?? undefined,
    errors: Array.isArray(problem.errors) ? problem.errors.filter(isFault) : [],
    retryAfterMs: retryAfterMs(headers),
  });
}

const stringOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

const isFault = (value: unknown): value is FieldFault =>
  typeof value === 'object' && value !== null && 'pointer' in value && 'detail' in value;

function asObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
