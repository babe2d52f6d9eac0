import { Agent, type Dispatcher, request } from 'undici';
import { ClosedHost, pinned, publicAddresses, type Resolve, resolveHost } from '../publicHosts.ts';
import type { AttemptError } from './events.ts';
import { signedHeaders } from './signature.ts';
import { readTarget } from './target.ts';

export interface Message {
  /** The webhook-id, the same at every attempt. */
  id: string;
  /** JSON, sent byte for byte. */
  body: string;
  url: string;
  /** The present one, and during a rotation the former one. */
  secrets: readonly string[];
}

export interface SendOptions {
  /** Http, private addresses and any port, for development and tests. */
  allowPrivate?: boolean;
  /** From the name's look-up to the end of the answer. */
  timeoutMs?: number;
  resolve?: Resolve;
  /** Aborted when the process ends. */
  signal?: AbortSignal;
  /** Certificates to trust besides the usual ones. */
  ca?: string;
}

export interface Sent {
  ok: boolean;
  httpStatus: number | null;
  durationMs: number;
  error: AttemptError | null;
  /** The beginning of the answer. */
  response: string | null;
  retryAfterMs: number;
}

const connectMs = 5_000;
const excerptBytes = 1024;

/**
 * Sends one event once. Redirects are not followed: they are a failure, so no answer can lead anywhere that was not checked. Rejects
 * only when `signal` aborted; everything else is an outcome.
 */
export async function sendWebhook(message: Message, options: SendOptions = {}): Promise<Sent> {
  const started = performance.now();
  const late = AbortSignal.timeout(options.timeoutMs ?? 15_000);
  const signal = options.signal ? AbortSignal.any([late, options.signal]) : late;
  const ended = (rest: Partial<Sent>): Sent => ({
    ok: false,
    httpStatus: null,
    error: null,
    response: null,
    retryAfterMs: 0,
    ...rest,
    durationMs: Math.round(performance.now() - started),
  });
  try {
    return ended(await attempt(message, options, signal));
  } catch (error) {
    options.signal?.throwIfAborted();
    return ended({ error: late.aborted ? 'timed_out' : wordFor(error) });
  }
}

async function attempt(message: Message, options: SendOptions, signal: AbortSignal): Promise<Partial<Sent>> {
  const { allowPrivate = false, resolve = resolveHost } = options;
  const url = readTarget(message.url, { allowPrivate });
  const addresses = await unlessAborted(signal, publicAddresses(url.hostname, { resolve, allowPrivate }));
  const agent = new Agent({
    allowH2: false,
    connect: { lookup: pinned(addresses), timeout: connectMs, ...(options.ca && { ca: options.ca }) },
  });
  try {
    const answer = await request(url, {
      method: 'POST',
      dispatcher: agent,
      signal,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'DirectorAI-Webhooks/1',
        ...signedHeaders(message, message.secrets),
      },
      body: message.body,
    });
    return { ...outcomeOf(answer), response: await excerpt(answer.body) };
  } finally {
    await agent.destroy();
  }
}

function outcomeOf({ statusCode, headers }: Dispatcher.ResponseData): Partial<Sent> {
  const ok = statusCode >= 200 && statusCode < 300;
  const error = statusCode >= 300 && statusCode < 400 ? 'redirected' : 'refused';
  const seconds = Number(headers['retry-after'] ?? 0);
  return {
    ok,
    httpStatus: statusCode,
    error: ok ? null : error,
    retryAfterMs: seconds > 0 ? seconds * 1000 : 0,
  };
}

/** At most 1 KiB is read, as text Postgres can keep; an answer that breaks off after its status still counts. */
async function excerpt(body: AsyncIterable<Buffer>): Promise<string | null> {
  const read = { text: Buffer.alloc(0) };
  const reading = async () => {
    for await (const chunk of body) {
      read.text = Buffer.concat([read.text, chunk]);
      if (read.text.length >= excerptBytes) break;
    }
  };
  await reading().catch(() => 'what came so far is enough');
  const text = new TextDecoder().decode(read.text.subarray(0, excerptBytes));
  return text.replace(/[^\P{Cc}\t\n\r]/gu, '') || null;
}

function wordFor(error: unknown): AttemptError {
  if (error instanceof ClosedHost) return 'address_refused';
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'getaddrinfo') return 'name_not_found';
  return code === 'UND_ERR_CONNECT_TIMEOUT' ? 'timed_out' : 'connection_failed';
}

/** A look-up cannot be stopped, only left alone. */
async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
