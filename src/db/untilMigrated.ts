import { setTimeout as delay } from 'node:timers/promises';
import { readCondition } from './condition.ts';
import { isDatabaseAway } from './databaseAway.ts';

const askEveryMs = 1_000;

/**
 * Waits until the database answers and has every migration of this program; what a newer one added is no hindrance. `onWaiting` is
 * told why, once per reason. Rejects where the database will not have us, and when `signal` says so.
 */
export async function untilMigrated(
  databaseUrl: string,
  { signal, onWaiting }: { signal?: AbortSignal | undefined; onWaiting: (why: string) => void },
): Promise<void> {
  let said: string | undefined;
  for (;;) {
    const why = await whyNotReady(databaseUrl);
    signal?.throwIfAborted();
    if (why === undefined) return;
    if (why !== said) onWaiting(why);
    said = why;
    await delay(askEveryMs, undefined, { signal });
  }
}

async function whyNotReady(databaseUrl: string): Promise<string | undefined> {
  try {
    const { pending } = await readCondition(databaseUrl, 'directorai start');
    return pending.length > 0 ? 'migrations are pending: they are the role `migrate`’s' : undefined;
  } catch (error) {
    if (isDatabaseAway(error) || (error instanceof Error && /\bEAI_AGAIN\b/.test(error.message)))
      return 'it does not answer';
    throw error;
  }
}
