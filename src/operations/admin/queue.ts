import type { DataOf } from '../../contract/operation.ts';
import { countOpenTasks, findQueueStep, listQueue, type QueueStatus, type QueueStep } from '../../db/adminQueue.ts';
import { readFigures } from '../../db/figures.ts';
import { readPauses } from '../../db/pauses.ts';
import { redriveStep as redrive } from '../../engine/redrive.ts';
import { resolveStep } from '../../engine/tasks.ts';
import { describeError } from '../../errors.ts';
import type { WorkKind } from '../../film/glossary.ts';
import type { Operation, UserContext } from '../context.ts';
import { pageOf, success } from '../envelope.ts';
import { found } from '../found.ts';
import { audited, change } from './audited.ts';
import { pauseViews } from './pauseViews.ts';

const viewIn =
  ({ language }: UserContext) =>
  ({ error, nextTryAt, createdAt, updatedAt, ...step }: QueueStep): DataOf<'redriveStep'> => ({
    ...step,
    nextTryAt: nextTryAt?.toISOString() ?? null,
    error: error && {
      code: error.code,
      detail: describeError(error.key, error.params, language).slice(0, 2000),
    },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  });

export const getQueue: Operation<'getQueue'> = async (ctx) => {
  const [figures, tasks, pauses] = await Promise.all([readFigures(ctx.db), countOpenTasks(ctx.db), readPauses(ctx.db)]);
  const steps = figures.steps.map(({ kind, status, count, waited }) => ({
    kind: kind as WorkKind,
    status: status as QueueStatus,
    count: Number(count),
    oldestSeconds: status === 'ready' ? waited : 0,
  }));
  const { live, draining } = figures.workers;
  const workers = { live: Number(live), draining: Number(draining) };
  return { status: 200, body: success(ctx, { steps, tasks, workers, pauses: pauseViews(pauses) }) };
};

export const listQueueSteps: Operation<'listQueueSteps'> = async (ctx, { query }) => {
  return { status: 200, body: success(ctx, pageOf(await listQueue(ctx.db, query), viewIn(ctx))) };
};

const anyStep = async (ctx: UserContext, id: string): Promise<QueueStep> =>
  found(await findQueueStep(ctx.db, id), 'step');

export const redriveStep: Operation<'redriveStep'> = async (ctx, { path, body }) => {
  const step = await anyStep(ctx, path.stepId);
  const { id, taskId, userId } = step;
  await audited(ctx, { action: 'step.redrive', subject: id, userId, reason: body.reason }, async (trx) => {
    const before = await redrive(trx, { id, taskId });
    return [change('status', before, 'ready')];
  });
  return { status: 202, body: success(ctx, viewIn(ctx)(await anyStep(ctx, id)), 'accepted') };
};

/** The same as its user could do, under the same rules. */
export const resolveDoubt: Operation<'resolveDoubt'> = async (ctx, { path, body }) => {
  const { id, taskId, userId } = await anyStep(ctx, path.stepId);
  const { reason, decision } = body;
  await audited(ctx, { action: 'step.resolve', subject: id, userId, reason }, async (trx) => {
    await resolveStep(trx, taskId, id, userId, decision);
    return [change('decision', null, decision)];
  });
  return { status: 200, body: success(ctx, viewIn(ctx)(await anyStep(ctx, id)), 'updated') };
};
