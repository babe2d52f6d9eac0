import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import type { Executor } from './executor.ts';
import { releaseStep } from './stepStore.ts';

const lookEveryMs = 1_000;
/** A step of ours that nobody executes for this long is handed back: its end could not be written. */
const strayAfterMs = 10_000;

interface OwnStep {
  id: string;
  fence: string;
  cancelled: boolean;
}

/** Compares what this worker holds with what it does: stops cancelled steps, hands back strays. */
export function watchOwnSteps(watch: { db: Knex; poolId: string; executor: Executor; log: Log }): {
  stop(): Promise<void>;
} {
  const strays = new Map<string, number>();
  const turn = { running: Promise.resolve() };
  const look = async () => {
    const own = await readOwnSteps(watch.db, watch.poolId);
    for (const step of own) await checkStep(watch, strays, step);
    for (const id of strays.keys()) if (!own.some((step) => step.id === id)) strays.delete(id);
  };
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    turn.running = look()
      .catch((error: Error) => watch.log.warn({ err: error.message }, 'could not compare own steps, trying again'))
      .finally(() => {
        busy = false;
      });
  }, lookEveryMs);
  return {
    async stop() {
      clearInterval(timer);
      await turn.running;
    },
  };
}

async function readOwnSteps(db: Knex, poolId: string): Promise<OwnStep[]> {
  return db('steps as s')
    .join('tasks as t', 't.id', 's.task_id')
    .where({ 's.owner_pool': poolId, 's.status': 'running' })
    .select<OwnStep[]>('s.id', 's.fence', db.raw("t.status = 'cancelled' as cancelled"));
}

async function checkStep(
  { db, executor, log }: { db: Knex; executor: Executor; log: Log },
  strays: Map<string, number>,
  step: OwnStep,
): Promise<void> {
  if (executor.holds(step.id)) {
    strays.delete(step.id);
    if (step.cancelled) executor.stop(step.id, 'cancelled');
    return;
  }
  const since = strays.get(step.id) ?? performance.now();
  strays.set(step.id, since);
  if (performance.now() - since < strayAfterMs) return;
  log.warn({ stepId: step.id }, 'handing back a step that nobody executes');
  await releaseStep(db, { id: step.id, fence: Number(step.fence) }, { delayMs: 0 });
}
