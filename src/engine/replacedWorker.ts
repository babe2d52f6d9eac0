import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { OnLost, Worker } from './worker.ts';

/** What of a lost worker has not ended by then will not. */
const endsWithinMs = 20_000;
const lookEveryMs = 500;

export interface Replacing {
  open(onLost: OnLost): Promise<Worker>;
  /** Rejects while the database is away. */
  askDatabase(): Promise<unknown>;
  /** A lost worker does not end, or none can take its place: the process has to. */
  onStuck: OnLost;
  log: Log;
}

/**
 * A worker beside an API that outlives it: one whose lease is lost ends, and once the database is back another takes its place, under a
 * name of its own, as a new process would.
 */
export async function openReplacedWorker({ open, askDatabase, onStuck, log }: Replacing): Promise<Worker> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let current: Worker | undefined;
  let replaced: Promise<void> = Promise.resolve();
  const onLost: OnLost = (reason, answers) => {
    const lost = current;
    if (!lost) return onStuck(reason, answers);
    current = undefined;
    log.error({ reason }, 'the lease is lost: this worker ends, and another takes its place');
    replaced = answers
      .then(() => replace(lost))
      .catch((error: unknown) => {
        if (signal.aborted) return;
        log.error({ err: error }, 'a lost worker could not be replaced');
        onStuck(reason, Promise.resolve());
      });
  };
  const replace = async (lost: Worker) => {
    await within(endsWithinMs, lost.stop(0));
    while (!(await isBack(askDatabase))) await delay(lookEveryMs, undefined, { signal });
    signal.throwIfAborted();
    current = await open(onLost);
    log.info({ poolId: current.poolId }, 'another worker has taken its place');
  };
  current = await open(onLost);
  return {
    get poolId() {
      return current?.poolId ?? '';
    },
    lose: (reason) => current?.lose(reason),
    isLost: () => current === undefined,
    async stop(graceMs) {
      stopping.abort();
      await replaced;
      await current?.stop(graceMs);
    },
  };
}

const isBack = (ask: () => Promise<unknown>): Promise<boolean> =>
  ask().then(
    () => true,
    () => false,
  );

async function within(ms: number, work: Promise<void>): Promise<void> {
  const late = new AbortController();
  const lapse = delay(ms, undefined, { signal: late.signal }).then(() => {
    throw new Error(`it has not ended after ${ms} ms`);
  });
  await Promise.race([work, lapse]).finally(() => late.abort());
}
