import type { Knex } from 'knex';
import pg from 'pg';
import { pino } from 'pino';
import type { Step, StepRegistry, Upstream, VendorPolicy } from '../../src/engine/step.ts';
import { addSteps } from '../../src/engine/stepStore.ts';
import { type OnLost, startWorker, type Worker } from '../../src/engine/worker.ts';
import { workKinds } from '../../src/film/glossary.ts';
import type { PlannedStep } from '../../src/film/plan.ts';
import { addTask } from '../support/rows.ts';

export const silentLog = pino({ level: 'silent' });

const patience = { answersWithinMs: 0, shownWithinMs: 1_000 };
export const policy: VendorPolicy = { idempotency: 'key', onDoubt: 'hold', maxInFlight: 1000, ...patience };

const noUpstream: Upstream = {
  pollMs: 20,
  poll: async () => ({ status: 'running' }),
  cancel: async () => false,
};

/** A registry in which every kind of step does the same. */
export const allSteps = (step: Step): StepRegistry =>
  Object.fromEntries(workKinds.map((kind) => [kind, step])) as StepRegistry;

export interface RigOptions {
  steps: StepRegistry;
  upstream?: Partial<Upstream>;
  policy?: Partial<VendorPolicy>;
  concurrency?: number;
  onLost?: OnLost;
  startWithinMs?: number;
}

export interface Rig {
  worker: Worker;
  stop(graceMs?: number): Promise<void>;
}

const running = new Set<Rig>();

/** Stops whatever a test left running. */
export async function stopRigs(): Promise<void> {
  for (const rig of running) await rig.stop(0);
}

/** A worker on a test database. */
export async function startRig(database: { db: Knex; url: string }, options: RigOptions): Promise<Rig> {
  const pgPool = new pg.Pool({ connectionString: database.url, max: 10, application_name: 'rig' });
  pgPool.on('error', () => undefined);
  pgPool.on('connect', (client) => client.on('error', () => undefined));
  const tuned = { ...policy, ...options.policy };
  const worker = await startWorker({
    db: database.db,
    pgPool,
    databaseUrl: database.url,
    steps: options.steps,
    upstream: { ...noUpstream, ...options.upstream },
    policies: { glm: tuned, gemini: tuned, tuzi: tuned },
    concurrency: options.concurrency ?? 10,
    filmsAtOnce: 2,
    kept: { eventsDays: 30, idempotencyKeysDays: 30 },
    lists: [],
    log: silentLog,
    onLost: options.onLost ?? (() => undefined),
    ...(options.startWithinMs !== undefined && { startWithinMs: options.startWithinMs }),
  });
  const rig: Rig = {
    worker,
    async stop(graceMs = 5_000) {
      if (!running.delete(rig)) return;
      await worker.stop(graceMs);
      await pgPool.end();
    },
  };
  running.add(rig);
  return rig;
}

/** A task of planned steps, and the id of the task. */
export async function plan(db: Knex, userId: string, steps: Partial<PlannedStep>[], taskId?: string): Promise<string> {
  return db.transaction(async (trx) => {
    const id = taskId ?? (await addTask(trx, userId));
    await trx('tasks').where({ id }).update({ total_weight: steps.length });
    const planned = steps.map((step, index) => ({
      key: `${index}`,
      kind: 'drawImage' as const,
      vendor: 'gemini' as const,
      subjectId: null,
      position: index,
      weight: 1,
      after: [],
      ...step,
    }));
    await addSteps(trx, { id, userId }, planned);
    return id;
  });
}

export async function statusOf(db: Knex, taskId: string): Promise<string> {
  const row = await db('tasks').where({ id: taskId }).first<{ status: string }>('status');
  return row?.status ?? 'gone';
}
