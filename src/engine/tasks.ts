import type { Knex } from 'knex';
import { newId } from '../db/ids.ts';
import { beginFilm, findScreenplay, type Screenplay } from '../db/screenplays.ts';
import { findTask, isShown, type Task, type TaskRow, toTask } from '../db/tasks.ts';
import { errors } from '../errors.ts';
import type { TaskOrder } from '../film/params.ts';
import { type Cast, castOf, planTask } from '../film/plan.ts';
import { endedStatuses, lockCalls, ofGeneration, reopenCalls, type Steps, writeOff } from './doubts.ts';
import { startWork } from './startWork.ts';
import { takeUpScreenplay } from './takeUpScreenplay.ts';

/** A task at its very beginning. */
export type NewTask = Pick<Task, 'id' | 'type' | 'status' | 'progress' | 'createdAt'>;

/** `screenplay`: the one it is about, where it was loaded under its lock already. */
type Ordered = TaskOrder & { userId: string; conversationId?: string; screenplay?: Screenplay };

/**
 * Task, first steps and their wake-ups commit together: no task without work, no work without a task. The film of a screenplay needs a
 * transaction around it. Refused beyond `atOnce` unfinished tasks of the user (an administrator's number comes before it).
 */
export async function startTask(trx: Knex, order: Ordered, atOnce?: number): Promise<NewTask> {
  const cast = await findCast(trx, order);
  const { steps, totalWeight } = planTask(order, cast);
  const { userId, conversationId = null, type, params } = order;
  const id = newId();
  const { startedAt } = await startWork(trx, { id, userId, conversationId, type, params, totalWeight, steps }, atOnce);
  if (cast && order.type === 'film') await beginFilm(trx, cast.screenplayId, order.params.render.aspectRatio);
  return { id, type, status: 'pending', progress: 0, createdAt: startedAt };
}

/** Who appears where, for the film of a screenplay that exists. */
async function findCast(trx: Knex, order: Ordered): Promise<Cast | undefined> {
  if (order.type !== 'film' || !('screenplayId' in order.params)) return undefined;
  const screenplay = order.screenplay ?? (await findScreenplay(trx, order.params.screenplayId, order.userId));
  if (!screenplay) throw errors.notFound('screenplay');
  if (screenplay.status === 'draft' || screenplay.status === 'generating') {
    throw errors.wrongState('screenplay', screenplay.status);
  }
  return castOf(screenplay);
}

async function lockTask(trx: Knex, taskId: string, userId: string): Promise<Task> {
  const row = await trx<TaskRow>('tasks').where({ id: taskId, user_id: userId }).modify(isShown).forUpdate().first();
  if (!row) throw errors.notFound('task');
  return toTask(row);
}

/** Stops unstarted steps at once; running ones stop at their next safe point, submitted ones are cancelled at the vendor. */
export async function cancelTask(db: Knex, taskId: string, userId: string): Promise<Task> {
  await db.transaction(async (trx) => {
    await stopTask(trx, await lockTask(trx, taskId, userId));
  });
  return readTask(db, taskId, userId);
}

/** Cancels work whose task is locked: a task, or a turn of the agent. */
export async function stopTask(
  trx: Knex,
  { id, status, what = 'task' }: Pick<Task, 'id' | 'status'> & { what?: 'task' | 'turn' },
): Promise<void> {
  if (status !== 'pending' && status !== 'processing') throw errors.wrongState(what, status);
  await trx('tasks').where({ id }).update({ status: 'cancelled', completed_at: trx.fn.now() });
  await trx('steps')
    .where({ task_id: id })
    .whereIn('status', ['blocked', 'ready', 'needs_review'])
    .update({ status: 'cancelled', updated_at: trx.fn.now() });
  await trx('steps').where({ task_id: id, status: 'waiting' }).update({ not_before: trx.fn.now() });
  await releaseScreenplay(trx, id);
  await tellLatest(trx, id);
}

/** A film that was stopped leaves its screenplay free for another one. */
export async function releaseScreenplay(trx: Knex, taskId: string): Promise<void> {
  const subjects = trx('steps').where({ task_id: taskId, kind: 'assembleFilm' }).select('subject_id');
  await trx('screenplays').whereIn('id', subjects).where({ status: 'generating' }).update({ status: 'confirmed' });
}

async function tellLatest(trx: Knex, taskId: string): Promise<void> {
  const step = await trx('steps').where({ task_id: taskId }).orderBy('updated_at', 'desc').first<{ id: string }>('id');
  await trx.raw('select tell_progress(?, ?, null)', [taskId, step?.id ?? null]);
}

/** What was cancelled may have been done by the time it stopped: then nothing is left to run, and the task has ended. */
async function settleLatest(trx: Knex, taskId: string): Promise<void> {
  const step = await trx('steps').where({ task_id: taskId }).orderBy('updated_at', 'desc').first<{ id: string }>('id');
  await trx.raw('select settle_task(?, ?, null)', [taskId, step?.id ?? null]);
}

async function readTask(db: Knex, taskId: string, userId: string): Promise<Task> {
  const task = await findTask(db, taskId, userId);
  if (!task) throw errors.notFound('task');
  return task;
}

/** Runs what failed or was cancelled again, and only that; what is done stays done. */
export async function retryTask(db: Knex, taskId: string, userId: string): Promise<Task> {
  await db.transaction(async (trx) => {
    const task = await lockTask(trx, taskId, userId);
    if (task.status !== 'failed' && task.status !== 'cancelled') throw errors.wrongState('task', task.status);
    const living = await trx('steps').where({ task_id: taskId }).whereIn('status', ['running', 'waiting']).first('id');
    if (living) throw errors.wrongState('task', 'cancelled, and still winding down');
    await takeUpScreenplay(trx, task);
    await reviveSteps(trx, taskId, { task_id: taskId });
    await trx('tasks')
      .where({ id: taskId })
      .update({ status: 'processing', error: null, error_message: null, completed_at: null, updated_at: trx.fn.now() });
    await reviveSubjects(trx, { task_id: taskId });
    await settleLatest(trx, taskId);
  });
  return readTask(db, taskId, userId);
}

/**
 * Makes ended steps ready (or blocked) again. A call in doubt which the vendor can recognise is taken up again. A step whose call ended
 * without a usable result gets a new generation, which is a new purchase, and what is in doubt of the old one counts as spent; one whose
 * clip the vendor still has goes on with it.
 */
export async function reviveSteps(trx: Knex, taskId: string, which: Steps): Promise<void> {
  await lockCalls(trx, [taskId]);
  await reopenCalls(trx, which);
  await writeOff(trx, which);
  const { rows } = await trx.raw<{ rows: { status: string }[] }>(
    `update steps s set
       status = case when waits_for = 0 then 'ready' else 'blocked' end,
       generation = generation + case when s.status = 'failed' and s.error ->> 'key' in ('provider_bad_output', 'provider_failed') or exists (
         select from provider_calls c where c.step_id = s.id and ${ofGeneration('c')} and c.status in ('failed', 'ambiguous', 'cancelled', 'abandoned'))
         then 1 else 0 end,
       failures = 0, crash_count = 0, error = null, owner_pool = null, away_since = null, not_before = now(), updated_at = now()
     where ${'id' in which ? 's.id' : 's.task_id'} = ? and status = any (?)
     returning status`,
    ['id' in which ? which.id : which.task_id, endedStatuses],
  );
  await trx.raw('select wake_workers(?, now())', [rows.filter(({ status }) => status === 'ready').length]);
}

export async function reviveSubjects(trx: Knex, which: Steps): Promise<void> {
  const subjects = (kinds: string[]) => trx('steps').where(which).whereIn('kind', kinds).select('subject_id');
  await trx('scenes')
    .whereIn('id', subjects(['drawSceneImage', 'shootSceneClip']))
    .where({ status: 'failed' })
    .update({ status: 'generating' });
}

async function giveUpStep(trx: Knex, taskId: string, stepId: string): Promise<void> {
  await lockCalls(trx, [taskId]);
  await writeOff(trx, { id: stepId });
  await trx('steps').where({ id: stepId }).update({ status: 'failed', updated_at: trx.fn.now() });
}

/** The user's decision about a paid call whose answer was lost: go on with the step, or accept the loss and end it. */
export async function resolveStep(
  db: Knex,
  taskId: string,
  stepId: string,
  userId: string,
  decision: 'retry' | 'accept_loss',
): Promise<Task> {
  await db.transaction(async (trx) => {
    await lockTask(trx, taskId, userId);
    const step = await trx('steps')
      .where({ id: stepId, task_id: taskId })
      .forUpdate()
      .first<{ status: string } | undefined>();
    if (!step) throw errors.notFound('step');
    if (step.status !== 'needs_review') throw errors.wrongState('step', step.status);
    if (decision === 'retry') await reviveSteps(trx, taskId, { id: stepId });
    else await giveUpStep(trx, taskId, stepId);
    await trx.raw('select settle_task(?, ?, null)', [taskId, stepId]);
  });
  return readTask(db, taskId, userId);
}
