import { ConnectionError } from './errors.js';
import { createEventReader, type ServerSentEvent } from './sse.js';

export interface Hearing {
  /** A connection on which nothing at all comes for this long is taken for lost. */
  silenceMs: number;
  /** Told how long the service wants readers to wait before they come back. */
  onRetry(ms: number): void;
}

/** The events of one connection as they come; throws `ConnectionError` where it breaks off. */
export async function* eventsOf(
  body: ReadableStream<Uint8Array>,
  { silenceMs, onRetry }: Hearing,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const events = createEventReader();
  for await (const text of textOf(body, silenceMs)) {
    const complete = events.read(text);
    if (events.retryMs !== undefined) onRetry(events.retryMs);
    yield* complete;
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
