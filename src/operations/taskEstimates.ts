import type { Operation } from './context.ts';
import { success } from './envelope.ts';
import { estimateOrder } from './estimates.ts';
import { findNamed, orderOf } from './taskOrders.ts';

/** Reads only: nothing is planned, reserved or asked of a vendor. A draft can be estimated before it is confirmed. */
export const estimateTask: Operation<'estimateTask'> = async (ctx, { body }) => {
  const order = orderOf(body);
  const named = await findNamed(ctx, order, body.conversationId);
  return { status: 200, body: success(ctx, await estimateOrder(ctx, order, named)) };
};
