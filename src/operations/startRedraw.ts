import type { ResultOf } from '../contract/operation.ts';
import { reopenScreenplay, type Screenplay } from '../db/screenplays.ts';
import type { TaskOrder } from '../film/params.ts';
import type { UserContext } from './context.ts';
import { changeScreenplay, ownScreenplay } from './screenplayViews.ts';
import { namedIn } from './taskOrders.ts';
import { accepted, checkQuota, orderTask } from './tasks.ts';

/**
 * Edits and orders in one commit, so that what is drawn is what the edit says. Quotas and budgets hold as for every task. Counting locks
 * the user's row, which comes before a screenplay's here as it does in `createTask`. The screenplay is loaded once, before the edit.
 */
export function startRedraw(
  ctx: UserContext,
  screenplayId: string,
  order: TaskOrder,
  edit: (ctx: UserContext, screenplay: Screenplay) => Promise<unknown>,
): Promise<ResultOf<'createTask'>> {
  return ctx.db.transaction(async (trx) => {
    await checkQuota(ctx, trx);
    const task = await changeScreenplay({ ...ctx, db: trx }, screenplayId, async (within) => {
      const screenplay = await ownScreenplay(within, screenplayId);
      const named = namedIn(screenplay, order);
      await edit(within, screenplay);
      await reopenScreenplay(within.db, screenplayId);
      return orderTask(within, order, named);
    });
    return accepted(ctx, task);
  });
}
