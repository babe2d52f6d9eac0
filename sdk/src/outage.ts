import { APIError, ConflictError, ConnectionError } from './errors.js';
import { backoffMs, sleep } from './retry.js';

/** A time without the service, as one sees it who waits until it is over. */
export interface Outage {
  /** When it began, by `performance.now()`; undefined while all is well. */
  since: number | undefined;
  tries: number;
}

export interface Patience {
  /** How long an outage is waited out before its failure is thrown. */
  forMs: number;
  /** The longest wait before the first new try. */
  firstMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** How long an outage is waited out where nothing else is said. */
export const reconnectForMs = 300_000;
const longestWaitMs = 10_000;
const quotaReached = 5002;

/** A failure that says nothing about what was asked, only that it could not be asked now. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ConnectionError ||
  (error instanceof APIError && (error.status >= 500 || error.status === 408 || error.status === 429));

/** More streams are open than a user may have. */
export const isOverQuota = (error: unknown): boolean => error instanceof ConflictError && error.code === quotaReached;

/** Ever longer, and not shorter than the service asks for. */
export function nextWaitMs(outage: Outage, error: unknown, firstMs = 500): number {
  outage.tries += 1;
  const askedMs = error instanceof APIError ? error.retryAfterMs : undefined;
  return Math.max(askedMs ?? 0, backoffMs(outage.tries, firstMs, longestWaitMs));
}

/** Throws the error where it does not pass, or where the outage has lasted for too long. */
export function endure(outage: Outage, error: unknown, { forMs, signal }: Patience, passes = isPassing): void {
  signal?.throwIfAborted();
  outage.since ??= performance.now();
  if (!passes(error) || performance.now() - outage.since > forMs) throw error;
}

/** Asks until there is an answer, or a failure that does not pass. */
export async function patiently<T>(ask: () => Promise<T>, patience: Patience, passes = isPassing): Promise<T> {
  const outage: Outage = { since: undefined, tries: 0 };
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      endure(outage, error, patience, passes);
      await sleep(nextWaitMs(outage, error, patience.firstMs), patience.signal);
    }
  }
}
