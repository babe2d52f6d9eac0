import { attempt, failureOf } from './attempt.js';
import type { Credentials } from './credentials.js';
import { APIError, AuthenticationError, ConnectionError, NotFoundError } from './errors.js';
import type { Fetch, Logger, RequestOptions } from './options.js';
import { sleep, waitBeforeRetry } from './retry.js';
import { withoutSecrets } from './secrets.js';

/** What a resource knows about a request beside what it asks for. */
export interface Sending extends RequestOptions {
  /** Leaves the body to the caller. */
  stream?: boolean | undefined;
  /** The operation is open to everybody: no credentials are sent. */
  open?: boolean | undefined;
  /** False: sent twice it would do something else, so a lost answer is the caller's to judge. */
  repeatable?: boolean | undefined;
  /** The first two attempts are given no longer than this: the service takes the same again for a moment only. */
  hastyMs?: number | undefined;
}

export interface TransportSettings {
  fetch: Fetch;
  timeoutMs: number;
  maxRetries: number;
  language: string | undefined;
  logger: Logger | undefined;
  credentials: Credentials;
}

export type Send = (url: string, init: RequestInit, sending: Sending) => Promise<Response>;

/** Sends requests, tries them again where that is safe, and renews the session when it has expired. Failures are thrown. */
export function createTransport(settings: TransportSettings): Send {
  return async (url, init, sending) => {
    const request = { url, init: { ...init, headers: headersOf(settings, init, sending) } };
    const most = sending.maxRetries ?? settings.maxRetries;
    let lost = false;
    for (let number = 1; ; number++) {
      try {
        return await admitted(settings, request, sending, number);
      } catch (error) {
        if (lost && init.method === 'DELETE' && error instanceof NotFoundError) return alreadyDone();
        const waitMs = number <= most ? waitBeforeRetry(error, number, sending.repeatable ?? true) : undefined;
        if (waitMs === undefined) throw error;
        log(settings.logger, 'retry', { ...request, number, startedAt: performance.now() }, { error, waitMs });
        lost ||= error instanceof ConnectionError;
        await sleep(waitMs, sending.signal);
      }
    }
  };
}

interface Prepared {
  url: string;
  init: RequestInit & { headers: Headers };
}

/** Shows the token, and where it is refused another one, if there is any. */
async function admitted(settings: TransportSettings, request: Prepared, sending: Sending, number: number) {
  const { credentials } = settings;
  const { signal } = sending;
  const token = sending.open ? undefined : await credentials.token(signal);
  try {
    return await once(settings, withToken(request, token), sending, number);
  } catch (error) {
    if (token === undefined || !refusesToken(error) || !(await credentials.renew(token, signal))) throw error;
    return once(settings, withToken(request, await credentials.token(signal)), sending, number);
  }
}

/** A wrong password beside a token that is right is answered with the same status. */
const refusesToken = (error: unknown): boolean =>
  error instanceof AuthenticationError && error.type !== 'urn:directorai:problem:wrong_credentials';

function withToken({ url, init }: Prepared, token: string | undefined): Prepared {
  const headers = new Headers(init.headers);
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  return { url, init: { ...init, headers } };
}

/** A delete whose answer was lost, and which finds nothing the second time, has worked. */
const alreadyDone = () => Response.json({ code: 200, message: 'OK' });

function headersOf({ language }: TransportSettings, init: RequestInit, sending: Sending): Headers {
  const headers = new Headers(init.headers);
  if (language) headers.set('accept-language', language);
  for (const [name, value] of Object.entries(sending.headers ?? {})) headers.set(name, value);
  if (sending.idempotencyKey !== undefined) headers.set('idempotency-key', sending.idempotencyKey);
  else if (init.method === 'POST' && !headers.has('idempotency-key')) {
    headers.set('idempotency-key', newKey());
  }
  return headers;
}

/** A page that came over plain HTTP has no `randomUUID`. */
const newKey = (): string => crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join('-');

async function once(settings: TransportSettings, { url, init }: Prepared, sending: Sending, number: number) {
  const seen = { url, init, number, startedAt: performance.now() };
  const { signal, stream = false, hastyMs = Number.POSITIVE_INFINITY } = sending;
  const patienceMs = sending.timeoutMs ?? settings.timeoutMs;
  const timeoutMs = number > 2 ? patienceMs : Math.min(patienceMs, hastyMs);
  try {
    const response = await attempt({ fetch: settings.fetch, url, init, timeoutMs, signal, stream });
    if (!response.ok) throw await failureOf(response);
    log(settings.logger, 'answer', seen, { response });
    return response;
  } catch (error) {
    log(settings.logger, 'failure', seen, { error });
    throw error;
  }
}

interface Seen {
  url: string;
  init: RequestInit;
  number: number;
  startedAt: number;
}

function log(
  logger: Logger | undefined,
  event: 'answer' | 'failure' | 'retry',
  { url, init, number, startedAt }: Seen,
  { response, error, waitMs }: { response?: Response; error?: unknown; waitMs?: number },
): void {
  if (!logger) return;
  const requestId = response?.headers.get('x-request-id') ?? (error instanceof APIError ? error.requestId : undefined);
  const status = response?.status ?? (error instanceof APIError ? error.status : undefined);
  logger({
    event,
    method: init.method ?? 'GET',
    url: withoutSecrets(url),
    attempt: number,
    durationMs: Math.round(performance.now() - startedAt),
    ...(status !== undefined && { status }),
    ...(requestId && { requestId }),
    ...(error !== undefined && { reason: reasonOf(error) }),
    ...(waitMs !== undefined && { waitMs: Math.round(waitMs) }),
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof APIError) return `${error.status} ${error.type ?? ''}`.trim();
  if (error instanceof ConnectionError) return error.message;
  return error instanceof Error ? error.name : 'aborted';
}
