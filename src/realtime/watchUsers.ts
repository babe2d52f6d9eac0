import type { Log } from '../log.ts';

/** Somebody who follows events, and what let them in (a session, a key), where that is known. */
export interface Listening {
  userId: string;
  grant?: string | undefined;
}

export interface UserWatch {
  /** Of these, the very objects, the ones who may still listen: account, session or key have not been ended. */
  stillAllowed(listening: readonly Listening[]): Promise<ReadonlySet<Listening>>;
  everyMs: number;
  log: Log;
  listening(): readonly Listening[];
  dismiss(listening: Listening): void;
}

/** A token is checked when a stream opens; this ends the streams that outlive the right to them. */
export function watchUsers({ stillAllowed, everyMs, log, listening, dismiss }: UserWatch): {
  /** Looks at once, at one user. */
  check(userId: string): void;
  stop(): void;
} {
  const check = async (all: readonly Listening[]) => {
    if (all.length === 0) return;
    try {
      const allowed = await stillAllowed(all);
      for (const one of all) if (!allowed.has(one)) dismiss(one);
    } catch (error) {
      log.warn({ err: error }, 'the right to listen could not be checked; trying again');
    }
  };
  const timer = setInterval(() => void check(listening()), everyMs);
  return {
    check: (userId) => void check(listening().filter((one) => one.userId === userId)),
    stop: () => clearInterval(timer),
  };
}
