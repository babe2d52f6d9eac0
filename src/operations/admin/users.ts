import type { DataOf } from '../../contract/operation.ts';
import {
  type AdminUser,
  findAdminUser,
  listAdminUsers,
  saveLimits,
  setDisabled,
  type UserLimits,
} from '../../db/adminUsers.ts';
import { tellAccessChanged } from '../../db/listeners.ts';
import { revokeAllSessions } from '../../db/refreshTokens.ts';
import { deleteTicketsOf } from '../../db/streamTickets.ts';
import { lockUser } from '../../db/users.ts';
import { stopTasksOf } from '../../engine/redrive.ts';
import { errors } from '../../errors.ts';
import type { Operation, UserContext } from '../context.ts';
import { pageOf, success } from '../envelope.ts';
import { found } from '../found.ts';
import { audited, change } from './audited.ts';

const view = (user: AdminUser): DataOf<'getUser'> => ({
  id: user.id,
  username: user.username,
  email: user.email,
  isAdmin: user.isAdmin,
  status: user.isActive ? 'active' : 'disabled',
  disabledAt: user.disabledAt?.toISOString() ?? null,
  createdAt: user.createdAt.toISOString(),
  activeTasks: user.activeTasks,
  spentMonthMicros: user.spentMonthMicros,
  limits: { tasksAtOnce: user.tasksAtOnce, maxDayMicros: user.maxDayMicros, maxMonthMicros: user.maxMonthMicros },
});

const account = async (db: UserContext['db'], id: string): Promise<AdminUser> =>
  found(await findAdminUser(db, id), 'user');

async function lockedAccount(trx: UserContext['db'], id: string): Promise<AdminUser> {
  await lockUser(trx, id);
  return account(trx, id);
}

const shown = async (ctx: UserContext, id: string, message?: 'updated') => ({
  status: 200 as const,
  body: success(ctx, view(await account(ctx.db, id)), message),
});

export const listUsers: Operation<'listUsers'> = async (ctx, { query }) => {
  return { status: 200, body: success(ctx, pageOf(await listAdminUsers(ctx.db, query), view)) };
};

export const getUser: Operation<'getUser'> = async (ctx, { path }) => shown(ctx, path.userId);

/** Sessions, tickets and streams end with the commit, in every process; keys are refused while the account is not active. */
export const disableUser: Operation<'disableUser'> = async (ctx, { path, body }) => {
  const { reason, work = 'cancel' } = body;
  const { userId } = path;
  await audited(ctx, { action: 'user.disable', subject: userId, userId, reason }, async (trx) => {
    const user = await lockedAccount(trx, userId);
    if (userId === ctx.user.id) throw errors.wrongState('user', 'your own account');
    if (!user.isActive) throw errors.wrongState('user', 'disabled');
    await setDisabled(trx, userId, true);
    await revokeAllSessions(trx, userId);
    await deleteTicketsOf(trx, userId);
    const stopped = work === 'cancel' ? await stopTasksOf(trx, userId) : 0;
    await tellAccessChanged(trx, userId);
    return [change('status', 'active', 'disabled'), change('tasks cancelled', null, stopped)];
  });
  ctx.accounts.sessions.forgetUser(userId);
  return shown(ctx, userId, 'updated');
};

export const enableUser: Operation<'enableUser'> = async (ctx, { path, body }) => {
  const { userId } = path;
  await audited(ctx, { action: 'user.enable', subject: userId, userId, reason: body.reason }, async (trx) => {
    const user = await lockedAccount(trx, userId);
    if (user.isActive) throw errors.wrongState('user', 'active');
    await setDisabled(trx, userId, false);
    return [change('status', 'disabled', 'active')];
  });
  return shown(ctx, userId, 'updated');
};

const limitNames = ['tasksAtOnce', 'maxDayMicros', 'maxMonthMicros'] as const satisfies (keyof UserLimits)[];

export const setUserLimits: Operation<'setUserLimits'> = async (ctx, { path, body }) => {
  const { userId } = path;
  const { reason, ...given } = body;
  await audited(ctx, { action: 'user.limits', subject: userId, userId, reason }, async (trx) => {
    const before = await lockedAccount(trx, userId);
    const named = limitNames.filter((name) => given[name] !== undefined);
    const limits = Object.fromEntries(named.map((name) => [name, given[name]]));
    await saveLimits(trx, userId, limits);
    return named.map((name) => change(name, before[name], given[name]));
  });
  return shown(ctx, userId, 'updated');
};
