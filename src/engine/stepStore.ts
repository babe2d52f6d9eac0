import type { Knex } from 'knex';
import { newId } from '../db/ids.ts';
import { prepared } from '../db/prepared.ts';
import { type Task, type TaskRow, toTask } from '../db/tasks.ts';
import { describeError, type StoredFailure } from '../errors.ts';
import { stageOfWork, type WorkType } from '../film/glossary.ts';
import type { PlannedStep } from '../film/plan.ts';
import { FencedError, type HeldStep } from './step.ts';

interface StepRow {
  id: string;
  task_id: string;
  user_id: string;
  kind: HeldStep['kind'];
  subject_id: string | null;
  fence: string | number;
  failures: number;
  generation: number;
}

const toHeldStep = (row: StepRow): HeldStep => ({
  id: row.id,
  taskId: row.task_id,
  userId: row.user_id,
  kind: row.kind,
  subjectId: row.subject_id,
  fence: Number(row.fence),
  failures: row.failures,
  generation: row.generation,
});

/**
 * Takes the fairest ready step of these kinds, with its task; undefined when there is none for this worker. The task is read inside
 * the function: this query's own snapshot may be older than the step and not know it yet.
 */
export async function claimStep(
  db: Knex,
  claim: { poolId: string; kinds: string[]; caps: object },
): Promise<{ step: HeldStep; task: Task<WorkType> } | undefined> {
  const { rows } = await db.raw<{ rows: (StepRow & { task: TaskRow<WorkType> })[] }>(
    'select * from claim_step(?, ?, ?)',
    [claim.poolId, claim.kinds, JSON.stringify(claim.caps)],
  );
  const row = rows[0];
  return row && { step: toHeldStep(row), task: toTask(row.task) };
}

/** Marks a task as begun and tells its user, once. */
export async function beginTask(db: Knex, step: HeldStep): Promise<void> {
  await db.transaction(async (trx) => {
    const begun = await trx('tasks')
      .where({ id: step.taskId, status: 'pending' })
      .update({ status: 'processing', updated_at: trx.fn.now() });
    if (begun > 0) await trx.raw('select tell_progress(?, ?, null)', [step.taskId, step.id]);
  });
}

const addAll = `
  with added as (
    insert into steps (id, task_id, user_id, kind, stage, vendor, subject_id, position, weight, status, waits_for)
    select s.id, ?, ?, s.kind, s.stage, s.vendor, s.subject_id, s.position, s.weight,
      case when s.waits_for = 0 then 'ready' else 'blocked' end, s.waits_for
    from jsonb_to_recordset(?::jsonb) as s (
      id uuid, kind text, stage text, vendor text, subject_id uuid, position int, weight int, waits_for int)),
  ordered as (
    insert into step_edges (predecessor_id, successor_id)
    select e.predecessor_id, e.successor_id from jsonb_to_recordset(?::jsonb) as e (predecessor_id uuid, successor_id uuid))
  select wake_workers(?, now())`;

/** Adds planned steps and their order; those that wait for nothing are ready, with a wake-up each. */
export async function addSteps(
  trx: Knex,
  task: { id: string; userId: string },
  planned: readonly PlannedStep[],
): Promise<void> {
  if (planned.length === 0) return;
  const { steps, edges } = rowsOf(planned);
  const ready = planned.filter(({ after }) => after.length === 0).length;
  const values = [task.id, task.userId, JSON.stringify(steps), JSON.stringify(edges), ready];
  await prepared(trx, 'addSteps', addAll, values);
}

/** Planned steps as rows with ids of their own, and who waits for whom. */
export function rowsOf(planned: readonly PlannedStep[]) {
  const ids = new Map(planned.map(({ key }) => [key, newId()]));
  const steps = planned.map(({ key, kind, vendor, subjectId, position, weight, after }) => ({
    ...{ id: ids.get(key), kind, stage: stageOfWork(kind), vendor, position, weight },
    ...{ subject_id: subjectId, waits_for: after.length },
  }));
  const edges = planned.flatMap(({ key, after }) =>
    after.map((predecessor) => ({ predecessor_id: ids.get(predecessor), successor_id: ids.get(key) })),
  );
  return { steps, edges };
}

/** Turns the database's refusal of a fenced write into a `FencedError`. */
async function fenced<Result>(write: PromiseLike<Result>): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'DA001') throw new FencedError(error.message);
    throw error;
  }
}

/** Locks the step's task and the step, and answers how the task stands. */
export async function lockStep(trx: Knex, step: HeldStep): Promise<{ status: string }> {
  const lock = trx.raw<{ rows: { status: string }[] }>("select (lock_step(?, ?, 'running')).status", [
    step.id,
    step.fence,
  ]);
  const { rows } = await fenced(lock);
  return { status: rows[0]?.status ?? 'gone' };
}

export async function finishStep(db: Knex, step: HeldStep, result: object, taskResult?: object): Promise<void> {
  const values = [step.id, step.fence, JSON.stringify(result), taskResult ? JSON.stringify(taskResult) : null];
  await fenced(db.raw('select finish_step(?, ?, ?, ?)', values));
}

type LivingStatus = 'running' | 'waiting';

/** A failure as the database keeps it, its English sentence beside it. */
const stored = (failure: StoredFailure) =>
  JSON.stringify({ ...failure, message: describeError(failure.key, failure.params, 'en') });

export async function failStep(
  db: Knex,
  step: Pick<HeldStep, 'id' | 'fence'>,
  failure: StoredFailure,
  to: { status: 'failed' | 'needs_review' | 'cancelled'; from?: LivingStatus },
): Promise<void> {
  const values = [step.id, step.fence, to.from ?? 'running', to.status, stored(failure)];
  await fenced(db.raw('select fail_step(?, ?, ?, ?, ?)', values));
}

export async function releaseStep(
  db: Knex,
  step: Pick<HeldStep, 'id' | 'fence'>,
  how: {
    delayMs: number;
    from?: LivingStatus;
    countsFailure?: boolean;
    givesBackAttempt?: boolean;
    failure?: StoredFailure;
  },
): Promise<void> {
  await fenced(
    db.raw("select release_step(?, ?, ?, ? * interval '1 millisecond', ?, ?, ?)", [
      step.id,
      step.fence,
      how.from ?? 'running',
      Math.round(how.delayMs),
      how.countsFailure ? 1 : 0,
      how.givesBackAttempt ? 1 : 0,
      how.failure ? stored(how.failure) : null,
    ]),
  );
}

export async function leaveWaiting(db: Knex, step: HeldStep, pollMs: number, giveUpMs: number): Promise<void> {
  await fenced(
    db.raw("select wait_step(?, ?, ? * interval '1 millisecond', ? * interval '1 millisecond')", [
      step.id,
      step.fence,
      pollMs,
      giveUpMs,
    ]),
  );
}
