import type { Knex } from 'knex';
import { topUpDeliveries } from '../db/webhookAttempts.ts';
import type { Log } from '../log.ts';
import { eraseClosedAccounts } from './eraseAccounts.ts';
import { writeOffForsaken } from './forsaken.ts';
import { takenForDeadMs } from './leaseRules.ts';
import { adoptOrphans } from './orphans.ts';
import { type RemoveFile, removeDueFiles } from './removals.ts';

const sweepEveryMs = 1_000;
const reconcileEveryMs = 5_000;
const eraseEveryMs = 5_000;
const removeEveryMs = 5_000;
const silence = `${takenForDeadMs} milliseconds`;

export interface Housekeeping {
  stop(): Promise<void>;
}

/**
 * Runs in every process, workers or not: takes dead workers' steps back within a second or two, tops up lost wake-ups,
 * ends the tasks of steps that died, takes in answers that came late, writes off what nobody can decide any more, and erases closed accounts and removed files.
 */
export function startHousekeeping(
  db: Knex,
  options: { crashLimit: number; removeFile?: RemoveFile; log: Log },
): Housekeeping {
  const { log, removeFile } = options;
  const sweeper = repeat(sweepEveryMs, log, async (lateMs) => {
    // Woken from a sleep of the whole machine: let the others beat first.
    if (lateMs > sweepEveryMs * 3) return;
    for (const poolId of await sweepWorkers(db, options.crashLimit))
      log.warn({ poolId }, 'worker fenced, its steps are free');
  });
  const reconciler = repeat(reconcileEveryMs, log, async () => {
    await db.raw('select top_up_wake_ups()');
    await topUpDeliveries(db);
    for (const dead of await findDeadSteps(db)) await settleDeadStep(db, dead);
    await adoptOrphans(db, log);
    await writeOffForsaken(db);
  });
  const eraser = repeat(eraseEveryMs, log, async (_, over) => eraseClosedAccounts(db, over));
  // By itself, since thousands of files take minutes.
  const remover = repeat(removeEveryMs, log, async (_, over) => {
    if (removeFile) await removeDueFiles(db, { removeFile, log, over });
  });
  return {
    async stop() {
      await Promise.all([sweeper, reconciler, eraser, remover].map((chore) => chore.stop()));
    },
  };
}

export async function sweepWorkers(db: Knex, crashLimit: number): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { pool_id: string }[] }>('select sweep_workers(?::interval, ?) as pool_id', [
    silence,
    crashLimit,
  ]);
  return rows.map(({ pool_id }) => pool_id);
}

interface DeadStep {
  id: string;
  task_id: string;
}

async function findDeadSteps(db: Knex): Promise<DeadStep[]> {
  return (
    db('steps as s')
      .join('tasks as t', 't.id', 's.task_id')
      .where('s.status', 'dead')
      .whereIn('t.status', ['pending', 'processing'])
      // While a sibling goes on, its end will settle the task.
      .whereNotExists((living) =>
        living
          .from('steps as other')
          .whereRaw('other.task_id = s.task_id')
          .whereIn('other.status', ['ready', 'running', 'waiting', 'needs_review']),
      )
      .select<DeadStep[]>('s.id', 's.task_id')
      .limit(100)
  );
}

async function settleDeadStep(db: Knex, step: DeadStep): Promise<void> {
  await db.transaction(async (trx) => {
    await trx('tasks').where({ id: step.task_id }).select('id').forUpdate();
    await trx.raw('select settle_task(?, ?, null)', [step.task_id, step.id]);
  });
}

type Chore = (lateMs: number, over: AbortSignal) => Promise<void>;

/**
 * Calls `work` now and again and again, never twice at once; a failure is logged and the next turn tries anew. Work that can take long
 * looks at `over` and ends there.
 */
function repeat(everyMs: number, log: Log, work: Chore): { stop(): Promise<void> } {
  const turn = { timer: undefined as NodeJS.Timeout | undefined, running: Promise.resolve() };
  const over = new AbortController();
  const schedule = (inMs: number) => {
    const dueAt = performance.now() + inMs;
    turn.timer = setTimeout(() => {
      turn.running = work(performance.now() - dueAt, over.signal)
        .catch((error: Error) => log.warn({ err: error.message }, 'housekeeping failed, trying again'))
        .finally(() => {
          if (!over.signal.aborted) schedule(everyMs);
        });
    }, inMs);
  };
  schedule(0);
  return {
    async stop() {
      over.abort();
      clearTimeout(turn.timer);
      await turn.running;
    },
  };
}
