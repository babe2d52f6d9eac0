/** The vendor's own time-out ran out. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs / 1000} s`);
  }
}

/** Runs work that ends with the caller's signal or after `timeoutMs`; either way it rejects with the reason of the end. */
export async function withDeadline<T>(
  signal: AbortSignal,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const ending = new AbortController();
  const stop = () => ending.abort(signal.reason);
  const timer = setTimeout(() => ending.abort(new DeadlinePassed(timeoutMs)), timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await work(ending.signal);
  } catch (error) {
    if (ending.signal.aborted) throw ending.signal.reason;
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
