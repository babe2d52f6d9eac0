import { readPauses } from '../../db/pauses.ts';
import { pauseSpending, resumeSpending } from '../../engine/pauses.ts';
import type { Operation } from '../context.ts';
import { success } from '../envelope.ts';
import { audited, change } from './audited.ts';
import { pauseView, pauseViews } from './pauseViews.ts';

export const listPauses: Operation<'listPauses'> = async (ctx) => {
  return { status: 200, body: success(ctx, { items: pauseViews(await readPauses(ctx.db)) }) };
};

/** Written down each time, also where it changes nothing: somebody wanted it so. */
export const setPause: Operation<'setPause'> = async (ctx, { path, body }) => {
  const { pauseScope: scope } = path;
  const { paused, reason } = body;
  const action = paused ? 'spending.pause' : 'spending.resume';
  await audited(ctx, { action, subject: scope, userId: null, reason }, async (trx) => {
    const before = pauseView(scope, await readPauses(trx));
    if (paused) await pauseSpending(trx, { scope, reason: reason.trim(), by: ctx.user.id });
    else await resumeSpending(trx, scope);
    return [change('paused', before.paused, paused)];
  });
  return { status: 200, body: success(ctx, pauseView(scope, await readPauses(ctx.db)), 'updated') };
};
