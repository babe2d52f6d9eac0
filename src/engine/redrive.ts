import type { Knex } from 'knex';
import { type TaskRow, toTask } from '../db/tasks.ts';
import { errors } from '../errors.ts';
import type { WorkType } from '../film/glossary.ts';
import { lockCalls } from './doubts.ts';
import { takeUpScreenplay } from './takeUpScreenplay.ts';
import { reviveSteps, reviveSubjects, stopTask } from './tasks.ts';

interface Redriven {
  status: string;
  user_id: string;
}

/**
 * Makes one dead or failed step ready again and its task go on, whosever it is; answers how the step stood. What was on its way when it
 * died is taken up under its key, and what ended without a result is a new purchase, as with a retry of the task.
 */
export async function redriveStep(trx: Knex, which: { id: string; taskId: string }): Promise<string> {
  const { id, taskId } = which;
  const task = await trx<TaskRow<WorkType>>('tasks').where({ id: taskId }).forUpdate().first();
  const step = await trx('steps').where({ id, task_id: taskId }).forUpdate().first<Redriven | undefined>();
  if (!task || !step) throw errors.notFound('step');
  if (task.type === 'message') throw errors.wrongState('step', 'part of a turn');
  if (task.status === 'cancelled') throw errors.wrongState('task', task.status);
  if (step.status !== 'dead' && step.status !== 'failed') throw errors.wrongState('step', step.status);
  const user = await trx('users').where({ id: step.user_id }).first<{ is_active: boolean } | undefined>('is_active');
  if (!user?.is_active) throw errors.wrongState('user', 'disabled');
  // What goes on has its screenplay yet.
  if (task.status === 'failed') await takeUpScreenplay(trx, toTask(task));
  await reviveSteps(trx, taskId, { id });
  await trx('tasks')
    .where({ id: taskId })
    .update({ status: 'processing', error: null, error_message: null, completed_at: null, updated_at: trx.fn.now() });
  await reviveSubjects(trx, { id });
  await trx.raw('select settle_task(?, ?, null)', [taskId, id]);
  return step.status;
}

/** Cancels all work of a user, turns of the agent included. All its tasks, then all their calls, are locked before anything is changed. */
export async function stopTasksOf(trx: Knex, userId: string): Promise<number> {
  const tasks = await trx('tasks')
    .where({ user_id: userId })
    .whereIn('status', ['pending', 'processing'])
    .orderBy('id')
    .forUpdate()
    .select<{ id: string; status: 'pending' | 'processing' }[]>('id', 'status');
  await lockCalls(
    trx,
    tasks.map(({ id }) => id),
  );
  for (const task of tasks) await stopTask(trx, task);
  return tasks.length;
}
