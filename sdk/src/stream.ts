import type { Core } from './core.js';
import { DirectorAIError } from './errors.js';
import { eventsOf } from './eventBody.js';
import type { RequestOptions } from './options.js';
import { endure, isOverQuota, isPassing, nextWaitMs, type Outage, reconnectForMs } from './outage.js';
import { sleep } from './retry.js';
import { withoutSecrets } from './secrets.js';
import type { ServerSentEvent } from './sse.js';

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

type Numbered<M> = AsyncGenerator<M & { id: number }, void, undefined>;

interface Progress {
  /** The id of the last event given out; before there was one, of the last before the stream. */
  last: number | undefined;
  /** The longest wait before the first new connection. */
  firstMs: number;
  /** There has been a connection. */
  isOpened: boolean;
  isOver: boolean;
  outage: Outage;
}

/** A place among the streams may still be held by the very connection that was lost. */
const passesAgain = (error: unknown): boolean => isPassing(error) || isOverQuota(error);

/**
 * Follows a stream over as many connections as it takes: each is opened with the id of the last event that was given out, and
 * what has been given out is never given again. Ends after the last event; an aborted signal is thrown as its reason.
 */
export async function* follow<M extends Message>(
  core: Core,
  source: Source<M>,
  options: StreamOptions = {},
): Numbered<M> {
  const { signal } = options;
  const patience = { forMs: options.reconnectForMs ?? reconnectForMs, signal };
  const outage: Outage = { since: undefined, tries: 0 };
  const progress: Progress = { last: options.after, firstMs: 500, isOpened: false, isOver: false, outage };
  for (;;) {
    let failure: unknown;
    try {
      yield* connection(source, progress, options);
      if (progress.isOver) return;
    } catch (error) {
      endure(outage, error, patience, (failed) => progress.isOpened && passesAgain(failed));
      failure = error;
    }
    const waitMs = nextWaitMs(outage, failure, progress.firstMs);
    logReconnect(core, source.path, { tries: outage.tries, waitMs, failure });
    await sleep(waitMs, signal);
  }
}

/** One connection: gives what it brings, in order, each event once. */
async function* connection<M extends Message>(
  source: Source<M>,
  progress: Progress,
  { signal, silenceMs = 45_000, onOpen }: StreamOptions,
): Numbered<M> {
  const leaving = new AbortController();
  const either = signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal;
  try {
    const { status, body } = await source.open(progress.last, either, progress.isOpened);
    if (!progress.isOpened) onOpen?.();
    progress.isOpened = true;
    progress.outage.since = undefined;
    progress.isOver = status === 204 || !body;
    const onRetry = (ms: number) => {
      progress.firstMs = ms;
    };
    if (body) yield* messagesOf(source, progress, eventsOf(body, { silenceMs, onRetry }));
  } finally {
    leaving.abort();
  }
}

async function* messagesOf<M extends Message>(
  source: Source<M>,
  progress: Progress,
  events: AsyncIterable<ServerSentEvent>,
): Numbered<M> {
  const known = progress.last ?? Number.NEGATIVE_INFINITY;
  let mayBeOver = false;
  for await (const { id: given, data } of events) {
    const id = Number(given);
    if (given === undefined || !(id > known)) continue;
    progress.last = id;
    if (data === undefined) continue;
    const message = messageOf(source, data);
    progress.outage.tries = 0;
    mayBeOver = source.mayBeLast(message);
    yield Object.assign(message, { id });
  }
  progress.isOver = mayBeOver;
}

function messageOf<M extends Message>(source: Source<M>, data: string): M {
  try {
    return source.read(JSON.parse(data));
  } catch (cause) {
    throw new DirectorAIError('the stream brought something that is no event', { cause });
  }
}

function logReconnect(core: Core, path: string, told: { tries: number; waitMs: number; failure: unknown }): void {
  core.logger?.({
    event: 'reconnect',
    method: 'GET',
    url: withoutSecrets(`${core.basePath}${path}`),
    attempt: told.tries,
    durationMs: 0,
    waitMs: Math.round(told.waitMs),
    reason: told.failure instanceof Error ? told.failure.message : 'the connection was closed',
  });
}
