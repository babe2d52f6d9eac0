import { APIError, ConnectionError, type LogEntry } from './vendor/sdk.js';

let isLost = !navigator.onLine;

export const connectionIsLost = (): boolean => isLost;

function tell(lost: boolean): void {
  if (lost === isLost) return;
  isLost = lost;
  dispatchEvent(new Event('connection'));
}

addEventListener('online', () => tell(false));
addEventListener('offline', () => tell(true));

/** Takes from what the client hears whether the service can be reached: a browser notices little of it by itself. */
export function heard({ event, status = 0, reason }: LogEntry): void {
  if (event === 'answer' || (event === 'failure' && status > 0 && status < 502)) tell(false);
  else if (event === 'failure' && reason !== 'AbortError') tell(true);
}

/** Only the connection or the moment is to blame. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ConnectionError || (error instanceof APIError && (error.status >= 500 || error.status === 429));

/** Does it again for as long as what goes wrong passes by itself. */
export async function patiently<Result>(
  work: () => Promise<Result>,
  signal: AbortSignal,
  passes = isPassing,
): Promise<Result> {
  for (let waitMs = 1000; ; waitMs = Math.min(waitMs * 2, 10_000)) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !passes(error)) throw error;
      await someTime(waitMs, signal);
    }
  }
}

/** Over sooner where the network comes back or nobody waits any more. */
function someTime(ms: number, signal: AbortSignal): Promise<unknown> {
  return new Promise((done) => {
    setTimeout(done, ms);
    addEventListener('online', done, { once: true });
    signal.addEventListener('abort', done, { once: true });
  });
}
