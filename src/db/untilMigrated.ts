import { setTimeout as delay } from 'node:timers/promises';
import { readCondition } from './condition.ts';
import { isDatabaseAway } from './databaseAway.ts';

const askEveryMs = 1_000;

export interface Patience {
  /** Waits for a database that does not answer, too; without it that is an error. */
  alsoWhileAway: boolean;
  /** Told why, once per reason. */
  onWaiting: (why: string) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Waits until the database has every migration of this program; what a newer one added is no hindrance. Rejects where the database
 * will not have us, and when `signal` says so.
 */
export async function untilMigrated(
  databaseUrl: string,
  { alsoWhileAway, onWaiting, signal }: Patience,
): Promise<void> {
  let said: string | undefined;
  for (;;) {
    const why = await whyNotReady(databaseUrl, alsoWhileAway);
    signal?.throwIfAborted();
    if (why === undefined) return;
    if (why !== said) onWaiting(why);
    said = why;
    await delay(askEveryMs, undefined, { signal });
  }
}

async function whyNotReady(databaseUrl: string, alsoWhileAway: boolean): Promise<string | undefined> {
  try {
    const { pending } = await readCondition(databaseUrl, 'directorai start');
    return pending.length > 0 ? 'migrations are pending: they are the role `migrate`’s' : undefined;
  } catch (error) {
    if (alsoWhileAway && isDatabaseAway(error)) return 'it does not answer';
    throw error;
  }
}
