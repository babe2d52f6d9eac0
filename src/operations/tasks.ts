import { exceededQuota } from '../db/quotas.ts';
import { findTask, listTasks as listRows, listSteps, type Task } from '../db/tasks.ts';
import { cancelTask as cancel, type NewTask, resolveStep, retryTask as retry, startTask } from '../engine/tasks.ts';
import { errors, fault } from '../errors.ts';
import type { TaskOrder } from '../film/params.ts';
import type { Operation, UserContext } from './context.ts';
import { pageOf, success } from './envelope.ts';
import { estimateOrder } from './estimates.ts';
import { found } from './found.ts';
import { checkFit, claimNamed, type Named, namesNothing, orderOf } from './taskOrders.ts';
import { progressView, taskItem, taskSummary, taskView } from './taskViews.ts';
import { readTime } from './times.ts';

/** Counted under a lock: tasks asked for at the same moment don't slip past the limit together. */
export async function checkQuota(ctx: UserContext, trx: UserContext['db']): Promise<void> {
  const most = await exceededQuota(trx, ctx.user.id, ctx.config.maxTasksPerUser);
  if (most !== undefined) throw errors.quotaReached('active tasks', most);
}

const locationOf = ({ id }: Pick<Task, 'id'>) => ({ location: `/api/v1/tasks/${id}` });

/** `maxCost` is held against the estimate before anything begins, and against the ledger from then on. */
async function checkCost(ctx: UserContext, order: TaskOrder, named: Named): Promise<void> {
  const { maxCost } = order.params;
  if (maxCost === undefined) return;
  const { costMicros } = await estimateOrder(ctx, order, named);
  if (costMicros > maxCost) throw errors.overBudget('maxCost');
}

/** Task and first step commit together, after everything the order names was checked: a refusal leaves nothing behind. */
export const createTask: Operation<'createTask'> = async (ctx, { body }) => {
  const order = orderOf(body);
  const { conversationId } = body;
  const userId = ctx.user.id;
  const task = await (namesNothing(order) && conversationId === undefined
    ? startTask(ctx.db, { ...order, userId }, ctx.config.maxTasksPerUser)
    : startNamed(ctx, order, conversationId));
  return accepted(ctx, task);
};

/** Under a lock on the user, and on the screenplay that is named. */
const startNamed = (ctx: UserContext, order: TaskOrder, conversationId: string | undefined): Promise<NewTask> =>
  ctx.db.transaction(async (trx) => {
    const within = { ...ctx, db: trx };
    await checkQuota(ctx, trx);
    return orderTask(within, order, await claimNamed(within, order, conversationId), conversationId);
  });

/** Begins what was counted, found and locked in this transaction. */
export async function orderTask(
  ctx: UserContext,
  order: TaskOrder,
  named: Named,
  conversationId?: string,
): Promise<NewTask> {
  checkFit(order, named);
  await checkCost(ctx, order, named);
  const { screenplay } = named;
  const known = { ...(conversationId !== undefined && { conversationId }), ...(screenplay && { screenplay }) };
  return startTask(ctx.db, { ...order, userId: ctx.user.id, ...known });
}

/** As a task that was begun is answered. */
export const accepted = (ctx: UserContext, task: NewTask) => ({
  status: 202 as const,
  body: success(ctx, taskSummary(task), 'accepted'),
  headers: locationOf(task),
});

export const listTasks: Operation<'listTasks'> = async (ctx, { query }) => {
  const { createdAfter, createdBefore, ...filter } = query;
  const times = {
    createdAfter: createdAfter === undefined ? undefined : readTime(createdAfter),
    createdBefore: createdBefore === undefined ? undefined : readTime(createdBefore),
  };
  const page = await listRows(ctx.db, ctx.user.id, { ...filter, ...times });
  if (!page) throw errors.invalid([fault('/query/cursor', 'not_your_task')]);
  return { status: 200, body: success(ctx, { ...pageOf(page, taskItem), nextCursor: page.nextCursor }) };
};

const ownTask = async ({ db, user }: UserContext, id: string): Promise<Task> =>
  found(await findTask(db, id, user.id), 'task');

const wholeView = async (ctx: UserContext, task: Task) => taskView(ctx, task, await listSteps(ctx.db, task.id));

export const getTask: Operation<'getTask'> = async (ctx, { path }) => {
  const task = await ownTask(ctx, path.taskId);
  return { status: 200, body: success(ctx, await wholeView(ctx, task)) };
};

export const getTaskProgress: Operation<'getTaskProgress'> = async (ctx, { path }) => {
  return { status: 200, body: success(ctx, progressView(await ownTask(ctx, path.taskId))) };
};

export const cancelTask: Operation<'cancelTask'> = async (ctx, { path }) => {
  const task = await cancel(ctx.db, path.taskId, ctx.user.id);
  return { status: 200, body: success(ctx, await wholeView(ctx, task), 'updated') };
};

export const retryTask: Operation<'retryTask'> = async (ctx, { path }) => {
  const task = await ctx.db.transaction(async (trx) => {
    await ownTask({ ...ctx, db: trx }, path.taskId);
    await checkQuota(ctx, trx);
    return retry(trx, path.taskId, ctx.user.id);
  });
  return { status: 202, body: success(ctx, await wholeView(ctx, task), 'accepted'), headers: locationOf(task) };
};

export const resolveTaskStep: Operation<'resolveTaskStep'> = async (ctx, { path, body }) => {
  const task = await resolveStep(ctx.db, path.taskId, path.stepId, ctx.user.id, body.decision);
  return { status: 200, body: success(ctx, await wholeView(ctx, task), 'updated') };
};
