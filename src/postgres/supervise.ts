import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { findPostmaster } from './postmaster.ts';
import { isPassing, type Launched, launchServer } from './server.ts';
import { adviceFor } from './setupFailure.ts';

/** The part of a logger this needs. */
export interface PostgresLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** A running server, of which its end can be heard. */
export interface Watched {
  port: number;
  /** Resolves with what is known of its end; rejects when `signal` fires first. */
  ended(signal: AbortSignal): Promise<object>;
}

/** So many restarts a minute are made at once; with more, each waits a little. */
const quickRestarts = 5;
const minuteMs = 60_000;
const pauseMs = 2_000;
/** The dead server's other processes need a moment to end; until then a new one refuses to start. */
const passingPauseMs = 200;
const lookEveryMs = 500;

/** A server that is our child. */
export const watchedChild = ({ child, port }: Launched): Watched => ({
  port,
  ended: (signal) =>
    new Promise((resolve, reject) => {
      const tell = () => resolve({ code: child.exitCode, signal: child.signalCode });
      // It was started while somebody asked for the end: nothing would tell of that again.
      if (signal.aborted) return reject(signal.reason);
      if (child.exitCode !== null || child.signalCode !== null) return tell();
      child.once('exit', tell);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
});

/** A server that outlived the process whose child it was. */
export const watchedStranger = (data: string, { pid, port }: { pid: number; port: number }): Watched => ({
  port,
  async ended(signal) {
    while ((await findPostmaster(data))?.pid === pid) await delay(lookEveryMs, undefined, { signal, ref: false });
    return { pid };
  },
});

/**
 * Starts the server again, on the same port, whenever it ends while it is wanted: a disk that is full today has room tomorrow.
 * The returned function ends that; await it before stopping the server.
 */
export function supervise(cluster: Cluster, first: Watched, log: PostgresLog): () => Promise<void> {
  const unwanted = new AbortController();
  const kept = keepRunning(cluster, first, { log, signal: unwanted.signal }).catch((error: unknown) => {
    if (!unwanted.signal.aborted) throw error;
  });
  return () => {
    unwanted.abort();
    return kept;
  };
}

interface Keeping {
  log: PostgresLog;
  signal: AbortSignal;
}

async function keepRunning(cluster: Cluster, first: Watched, { log, signal }: Keeping): Promise<never> {
  let deaths: number[] = [];
  for (let server = first; ; server = await relaunch(cluster, first.port, { log, signal })) {
    const end = await server.ended(signal);
    log.error({ ...end, home: cluster.home.dir }, 'the embedded PostgreSQL ended unexpectedly');
    const now = performance.now();
    deaths = [...deaths.filter((at) => at > now - minuteMs), now];
    if (deaths.length > quickRestarts) await delay(pauseMs, undefined, { signal, ref: false });
  }
}

/** Tries until the server runs; what stands in its way is said once, not at every try. */
async function relaunch(cluster: Cluster, port: number, { log, signal }: Keeping): Promise<Watched> {
  for (let said = ''; ; ) {
    signal.throwIfAborted();
    const launch = await launchServer(cluster, port).catch((error: unknown) => ({ failure: String(error) }));
    if (!('failure' in launch)) return watchedChild(launch);
    const passing = isPassing(launch.failure);
    const words = `the embedded PostgreSQL does not start: ${adviceFor(launch.failure, 'its log says why')}`;
    if (!passing && words !== said) log.error({ failure: launch.failure, log: cluster.home.log }, words);
    if (!passing) said = words;
    await delay(passing ? passingPauseMs : pauseMs, undefined, { signal, ref: false });
  }
}
