import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger, type Runner, run, type WorkerEvents } from 'graphile-worker';
import type { Knex } from 'knex';
import type pg from 'pg';
import type { WorkKind } from '../film/glossary.ts';
import { workKinds } from '../film/glossary.ts';
import type { Log } from '../log.ts';
import type { Tracer } from '../tracing/tracer.ts';
import type { VendorList } from './auditor.ts';
import { choresOf, crontab } from './chores.ts';
import type { Kept } from './cleanUp.ts';
import { crashPoint } from './crashPoint.ts';
import { createExecutor, type Executor } from './executor.ts';
import { type Lease, openLease } from './lease.ts';
import { type Poller, startPoller } from './poller.ts';
import type { StepRegistry, Upstream, VendorPolicy } from './step.ts';
import { claimStep } from './stepStore.ts';
import { watchOwnSteps } from './watch.ts';

/** `answers` resolves when no paid call of this worker is on its way any more, at the latest after 25 s. */
export type OnLost = (reason: string, answers: Promise<void>) => void;

export interface WorkerOptions {
  db: Knex;
  /** The pool graphile-worker uses for its wake-up calls. */
  pgPool: pg.Pool;
  databaseUrl: string;
  steps: StepRegistry;
  upstream: Upstream;
  policies: Record<string, VendorPolicy>;
  /** Wake-ups handled at once. */
  concurrency: number;
  /** Films cut at once: they need the cores. */
  filmsAtOnce: number;
  kept: Kept;
  /** Vendors that can say what they were asked for. */
  lists: readonly VendorList[];
  crashAt?: string | undefined;
  tracer?: Tracer | undefined;
  log: Log;
  /** The lease is lost, or cannot be had in time: this process should end and start anew, once what was paid for is kept. */
  onLost: OnLost;
  startWithinMs?: number;
}

/** Until the lease beats, nothing else would notice that a connection fell silent under the first queries. */
const startWithinMs = 12_000;

/** How long answers that were paid for are waited for, and the database that takes them, once the lease is lost. */
const answersWithinMs = 25_000;

export interface Worker {
  poolId: string;
  /** Behaves as if the lease were lost. */
  lose(reason: string): void;
  isLost(): boolean;
  /** Takes no more work, lets running steps end for `graceMs`, hands the rest back, and gives up the lease. */
  stop(graceMs: number): Promise<void>;
}

/** Starts taking steps. Nothing is claimed before the lease is registered. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const giveUp = () => options.onLost('it could not start in time', Promise.resolve());
  const late = setTimeout(giveUp, options.startWithinMs ?? startWithinMs);
  try {
    return await openWorker(options);
  } finally {
    clearTimeout(late);
  }
}

async function openWorker(options: WorkerOptions): Promise<Worker> {
  const gate = Promise.withResolvers<void>();
  const state: { closed: boolean; losing?: Promise<void> } = { closed: false };
  const crash = crashPoint(options.crashAt);
  const executor = createExecutor({ ...options, crash, assertAlive: () => lease.assertAlive() });
  const events: WorkerEvents = new EventEmitter();
  const poolCreated = new Promise<string>((resolve) => {
    events.once('pool:create', ({ workerPool }) => resolve(workerPool.id));
  });
  const wake = async (): Promise<void> => {
    await gate.promise;
    while (!state.closed) {
      const claimed = await claimStep(options.db, {
        poolId,
        kinds: openKinds(executor, options),
        caps: capsOf(options),
      });
      if (!claimed) break;
      crash('after-claim', claimed.step.kind);
      await executor.execute(claimed.step, claimed.task);
    }
    // The end of a wake-up is written unseen; where it fails, the process would end at once.
    await state.losing;
    // A return completes the wake-up, whoever has it by now: that is not for a worker that may have been fenced.
    lease.assertAlive();
  };
  const mayTakeWakeUps = async () => {
    await gate.promise;
    await state.losing;
  };
  const runner = await startRunner(options, { wake, events, mayTakeWakeUps });
  const poolId = await poolCreated;
  const lease: Lease = await openLease({
    databaseUrl: options.databaseUrl,
    poolId,
    log: options.log,
    onLost: (reason, { fenced }) => {
      state.closed = true;
      executor.stopAll('lost');
      state.losing = fenced ? Promise.resolve() : answersKept(executor);
      options.onLost(reason, state.losing);
    },
  });
  const poller = startPoller({ ...options, poolId, crash, assertAlive: lease.assertAlive });
  const watch = watchOwnSteps({ db: options.db, poolId, executor, log: options.log });
  gate.resolve();

  return {
    poolId,
    lose: lease.lose,
    isLost: () => state.losing !== undefined,
    async stop(graceMs) {
      state.closed = true;
      await lease.drain();
      await drain({ executor, poller, runner, graceMs });
      await watch.stop();
      // Of a lost one others see to that.
      if (!state.losing) await handBackWakeUps(options.db, poolId);
      await lease.release();
    },
  };
}

/** graphile-worker's runner: it takes no wake-up before it may, and leaves signals to us. */
const startRunner = (
  options: WorkerOptions,
  how: { wake: () => Promise<void>; events: WorkerEvents; mayTakeWakeUps: () => Promise<void> },
): Promise<Runner> =>
  run({
    pgPool: options.pgPool,
    taskList: { wake: how.wake, ...choresOf(options) },
    crontab,
    concurrency: options.concurrency,
    noHandleSignals: true,
    pollInterval: 1_000,
    events: how.events,
    logger: quietLogger(options.log),
    forbiddenFlags: async () => {
      await how.mayTakeWakeUps();
      return null;
    },
  });

/** Whoever is fenced has been replaced; whoever lost its connection may still be told what it paid for. */
const answersKept = (executor: Executor): Promise<void> =>
  Promise.race([executor.answered(), delay(answersWithinMs, undefined, { ref: false })]);

/** graphile-worker does not wait for its last completions: what is still locked by us goes back, a wake-up too many is harmless. */
async function handBackWakeUps(db: Knex, poolId: string): Promise<void> {
  await db.raw('select graphile_worker.force_unlock_workers(array[?])', [poolId]);
}

async function drain(parts: { executor: Executor; poller: Poller; runner: Runner; graceMs: number }): Promise<void> {
  const handBack = setTimeout(() => parts.executor.stopAll('draining'), parts.graceMs);
  await Promise.all([parts.runner.stop(), parts.executor.idle(), parts.poller.stop()]);
  clearTimeout(handBack);
}

/** Kinds this process has room for. */
function openKinds(executor: Executor, { filmsAtOnce }: WorkerOptions): WorkKind[] {
  return executor.running('assembleFilm') < filmsAtOnce
    ? [...workKinds]
    : workKinds.filter((kind) => kind !== 'assembleFilm');
}

const capsOf = ({ policies }: WorkerOptions): Record<string, number> =>
  Object.fromEntries(Object.entries(policies).map(([vendor, { maxInFlight }]) => [vendor, maxInFlight]));

/** graphile-worker reports every wake-up as a job done; only its troubles are worth a line. */
const quietLogger = (log: Log): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error({ source: 'graphile-worker' }, message);
    // Most wake-ups wait for vendors, so far fewer connections than wake-ups are meant.
    else if (level === 'warning' && !message.includes('maxPoolSize')) log.warn({ source: 'graphile-worker' }, message);
  });
