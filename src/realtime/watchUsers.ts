import type { Log } from '../log.ts';

export interface UserWatch {
  /** Of these users, the ones who may still listen: neither deleted nor disabled. */
  stillAllowed(userIds: readonly string[]): Promise<ReadonlySet<string>>;
  everyMs: number;
  log: Log;
  listening(): readonly string[];
  dismiss(userId: string): void;
}

/** A token is checked when a stream opens; this ends the streams that outlive the right to them. The returned function stops it. */
export function watchUsers({ stillAllowed, everyMs, log, listening, dismiss }: UserWatch): () => void {
  const check = async () => {
    const users = listening();
    if (users.length === 0) return;
    try {
      const allowed = await stillAllowed(users);
      for (const userId of users) if (!allowed.has(userId)) dismiss(userId);
    } catch (error) {
      log.warn({ err: error }, 'the right to listen could not be checked; trying again');
    }
  };
  const timer = setInterval(() => void check(), everyMs);
  return () => clearInterval(timer);
}
