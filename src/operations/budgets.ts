import type { DataOf } from '../contract/operation.ts';
import { type Budget, findBudget, type Period, saveBudget } from '../db/budgets.ts';
import type { Operation } from './context.ts';
import { success } from './envelope.ts';

const periodView = ({ startsAt, endsAt, ...money }: Period) => ({
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  ...money,
});

const view = ({ day, month, ...limits }: Budget): DataOf<'getBudget'> => ({
  ...limits,
  day: periodView(day),
  month: periodView(month),
});

export const getBudget: Operation<'getBudget'> = async (ctx) => {
  return { status: 200, body: success(ctx, view(await findBudget(ctx.db, ctx.user.id))) };
};

/** Holds from the next paid call on: what is on its way already is not called back. */
export const setBudget: Operation<'setBudget'> = async (ctx, { body }) => {
  await saveBudget(ctx.db, ctx.user.id, body);
  return { status: 200, body: success(ctx, view(await findBudget(ctx.db, ctx.user.id)), 'updated') };
};
