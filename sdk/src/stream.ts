import type { Core } from './core.js';
import { APIError, ConnectionError } from './errors.js';
import type { RequestOptions } from './options.js';
import { backoffMs, sleep } from './retry.js';
import { withoutSecrets } from './secrets.js';
import { createEventReader } from './sse.js';

export interface StreamOptions extends Pick<RequestOptions, 'signal' | 'timeoutMs' | 'headers'> {
  /** Only events with a greater id than this: the one of the last event one has dealt with. */
  after?: number | undefined;
  /** How long a lost connection is tried to be made again before the stream gives up. Default 5 minutes. */
  reconnectForMs?: number | undefined;
  /** A connection on which nothing at all comes for this long is taken for lost; the service sends a sign of life every 15 s. Default 45 s. */
  silenceMs?: number | undefined;
  /** Told when the stream is open for the first time: what happens from now on will be in it. */
  onOpen?: (() => void) | undefined;
}

/** The message of an event as it is sent. */
export interface Message {
  type: string;
}

export interface Source<M extends Message> {
  path: string;
  /** Opens the stream for what is later than `after`; `again` after a lost connection. */
  open(after: number | undefined, signal: AbortSignal, again: boolean): Promise<Response>;
  read(json: unknown): M;
  /** True for an event after which the service may close the stream because there is nothing more to tell. */
  mayBeLast(message: M): boolean;
}

/**
 * Follows a stream over as many connections as it takes: each is opened with the id of the last event that was given out, and
 * what has been given out is never given again. Ends after the last event; an aborted signal is thrown as its reason.
 */
export async function* follow<M extends Message>(
  core: Core,
  source: Source<M>,
  options: StreamOptions = {},
): AsyncGenerator<M & { id: number }, void, undefined> {
  const { signal, reconnectForMs = 300_000, silenceMs = 45_000, onOpen } = options;
  const progress: Progress = { last: options.after, firstMs: 500, isOpened: false, isOver: false };
  let lostAt: number | undefined;
  for (let number = 1; ; number++) {
    try {
      for await (const message of connection(source, progress, { silenceMs, signal, onOpen })) {
        lostAt = undefined;
        number = 1;
        yield message;
      }
      if (progress.isOver) return;
    } catch (error) {
      signal?.throwIfAborted();
      if (!progress.isOpened || !isPassing(error)) throw error;
      lostAt ??= performance.now();
      if (performance.now() - lostAt > reconnectForMs) throw error;
      await pause(core, source.path, number, progress, error, signal);
      continue;
    }
    lostAt ??= performance.now();
    await pause(core, source.path, number, progress, undefined, signal);
  }
}

interface Progress {
  /** The id of the last event given out. */
  last: number | undefined;
  /** The longest wait before the first new connection. */
  firstMs: number;
  /** There has been a connection. */
  isOpened: boolean;
  isOver: boolean;
}

/** The consumer's own errors never come by here: they end the generator where it yields. */
const isPassing = (error: unknown): boolean =>
  error instanceof ConnectionError || (error instanceof APIError && (error.status >= 500 || error.status === 429));

async function pause(
  core: Core,
  path: string,
  number: number,
  { firstMs }: Progress,
  error: unknown,
  signal?: AbortSignal,
) {
  const asked = error instanceof APIError ? error.retryAfterMs : undefined;
  const waitMs = Math.max(asked ?? 0, backoffMs(number, firstMs, 10_000));
  core.logger?.({
    event: 'reconnect',
    method: 'GET',
    url: withoutSecrets(`${core.basePath}${path}`),
    attempt: number,
    durationMs: 0,
    waitMs: Math.round(waitMs),
    reason: error instanceof Error ? error.message : 'the connection was closed',
  });
  await sleep(waitMs, signal);
}

/** One connection: gives what it brings, in order, each event once. */
async function* connection<M extends Message>(
  source: Source<M>,
  progress: Progress,
  { silenceMs, signal, onOpen }: { silenceMs: number } & Pick<StreamOptions, 'signal' | 'onOpen'>,
): AsyncGenerator<M & { id: number }, void, undefined> {
  const leaving = new AbortController();
  const either = signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal;
  try {
    const response = await source.open(progress.last, either, progress.isOpened);
    const known = progress.last ?? Number.NEGATIVE_INFINITY;
    if (!progress.isOpened) onOpen?.();
    progress.isOpened = true;
    if (response.status === 204 || !response.body) {
      progress.isOver = true;
      return;
    }
    const events = createEventReader();
    let mayBeOver = false;
    for await (const text of textOf(response.body, silenceMs)) {
      const complete = events.read(text);
      progress.firstMs = events.retryMs ?? progress.firstMs;
      for (const event of complete) {
        const id = Number(event.id);
        if (event.id === undefined || !(id > known)) continue;
        const message = source.read(JSON.parse(event.data));
        progress.last = id;
        mayBeOver = source.mayBeLast(message);
        yield Object.assign(message, { id });
      }
    }
    progress.isOver = mayBeOver;
  } finally {
    leaving.abort();
  }
}

async function* textOf(body: ReadableStream<Uint8Array>, silenceMs: number): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await within(silenceMs, reader.read());
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } catch (error) {
    if (error instanceof ConnectionError) throw error;
    throw new ConnectionError('the stream broke off', { cause: error });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A promise given up on must not fail unheard. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ConnectionError(`nothing came for ${ms} ms`)), ms);
  });
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
