import { APIError, ConnectionError } from './errors.js';

const firstWaitMs = 500;
const longestWaitMs = 8_000;
/** A service that asks for longer is not waited for: the caller gets the error with its `retryAfterMs`. */
const longestAskedMs = 60_000;

/** `Retry-After` as seconds or as a date (RFC 9110, 10.2.3), in milliseconds from now; undefined where there is none. */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Full jitter: clients that failed together do not come back together. */
export function backoffMs(attempt: number, firstMs = firstWaitMs, mostMs = longestWaitMs): number {
  return Math.random() * Math.min(mostMs, firstMs * 2 ** (attempt - 1));
}

/**
 * How long to wait before this failure is tried again, or undefined where it is not. `repeatable` says that the request may be
 * sent twice; one that may not is tried again only where the service surely did nothing.
 */
export function waitBeforeRetry(error: unknown, attempt: number, repeatable: boolean): number | undefined {
  if (error instanceof ConnectionError) return repeatable ? backoffMs(attempt) : undefined;
  if (!(error instanceof APIError) || !isPassing(error, repeatable)) return undefined;
  const asked = error.retryAfterMs;
  if (asked === undefined) return backoffMs(attempt);
  return asked > longestAskedMs ? undefined : asked + backoffMs(1, 100);
}

function isPassing({ status, type, code }: APIError, repeatable: boolean): boolean {
  if (status === 429 || code === 6001) return true;
  if (status === 409) return type?.endsWith(':idempotency_in_flight') ?? false;
  return repeatable && (status === 408 || status >= 500);
}

/** Resolves after so many milliseconds; rejects with the signal's reason as soon as that is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
