import type { BodyOf, ResultOf } from '../contract/operation.ts';
import { reopenScreenplay } from '../db/screenplays.ts';
import { countActiveTasks } from '../db/tasks.ts';
import type { UserContext } from './context.ts';
import { changeScreenplay } from './screenplayViews.ts';
import { createTask } from './tasks.ts';

/**
 * Edits and orders in one commit, so that what is drawn is what the edit says. The order goes the way of every task, quotas and
 * budgets included. Counting locks the user's row, which comes before a screenplay's here as it does in `createTask`.
 */
export function startRedraw(
  ctx: UserContext,
  screenplayId: string,
  edit: (ctx: UserContext) => Promise<BodyOf<'createTask'>>,
): Promise<ResultOf<'createTask'>> {
  return ctx.db.transaction(async (trx) => {
    await countActiveTasks(trx, ctx.user.id);
    return changeScreenplay({ ...ctx, db: trx }, screenplayId, async (within) => {
      const body = await edit(within);
      await reopenScreenplay(within.db, screenplayId);
      return createTask(within, { path: {}, query: {}, header: {}, body });
    });
  });
}
