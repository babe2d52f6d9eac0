import { tellAccessChanged } from '../db/listeners.ts';
import { revokeAllSessions } from '../db/refreshTokens.ts';
import { deleteTicketsOf } from '../db/streamTickets.ts';
import { closeAccount, findActiveUser, holdPassword, renameUser, setPasswordHash } from '../db/users.ts';
import { eraseAccount } from '../engine/eraseAccounts.ts';
import { errors, fault } from '../errors.ts';
import { accountView } from './accounts/accountView.ts';
import { isCommonPassword } from './accounts/commonPasswords.ts';
import { confirmPassword } from './accounts/confirmPassword.ts';
import { openSession } from './accounts/openSession.ts';
import { hashPassword } from './accounts/passwords.ts';
import { removeAvatar, replaceAvatar } from './accounts/replaceAvatar.ts';
import { usernameOf } from './accounts/usernameOf.ts';
import type { Operation, UserContext } from './context.ts';
import { done, success } from './envelope.ts';

async function ownAccount(ctx: UserContext) {
  const user = await findActiveUser(ctx.db, ctx.user.id);
  if (!user) throw errors.unauthenticated();
  return accountView(ctx, user);
}

export const updateCurrentUser: Operation<'updateCurrentUser'> = async (ctx, { body }) => {
  const renamed = await renameUser(ctx.db, ctx.user.id, usernameOf(body.username));
  if (renamed === 'taken') throw errors.usernameTaken();
  if (!renamed) throw errors.unauthenticated();
  return { status: 200, body: success(ctx, accountView(ctx, renamed), 'updated') };
};

export const setAvatar: Operation<'setAvatar'> = async (ctx, { body }) => {
  await replaceAvatar(ctx, body.file);
  return { status: 200, body: success(ctx, await ownAccount(ctx), 'updated') };
};

export const deleteAvatar: Operation<'deleteAvatar'> = async (ctx) => {
  await removeAvatar(ctx);
  return { status: 200, body: success(ctx, await ownAccount(ctx), 'updated') };
};

/** Every session ends, the one that asks too, and is given a new pair; API keys and what they opened live on. */
export const changePassword: Operation<'changePassword'> = async (ctx, { body }) => {
  const { currentPassword, newPassword } = body;
  const pointer = '/body/newPassword';
  if (isCommonPassword(newPassword)) throw errors.invalid([fault(pointer, 'too_common')]);
  if (newPassword === currentPassword) throw errors.invalid([fault(pointer, 'present_one')]);
  const confirmed = await confirmPassword(ctx, currentPassword);
  const passwordHash = await hashPassword(newPassword);
  const session = await ctx.db.transaction(async (trx) => {
    if (!(await holdPassword(trx, ctx.user.id, confirmed))) throw errors.wrongCredentials();
    await setPasswordHash(trx, ctx.user.id, passwordHash);
    await revokeAllSessions(trx, ctx.user.id);
    await tellAccessChanged(trx, ctx.user.id);
    return openSession(ctx, ctx.user.id, trx);
  });
  ctx.accounts.sessions.forgetUser(ctx.user.id);
  ctx.log.info({ userId: ctx.user.id, address: ctx.address }, 'password changed');
  return { status: 200, body: success(ctx, session, 'updated') };
};

/**
 * From its commit on nobody gets in and e-mail and username are free. The rest goes at once where no work is under way, and by
 * the housekeeping of any process once that has stopped.
 */
export const deleteCurrentUser: Operation<'deleteCurrentUser'> = async (ctx, { body }) => {
  const { id } = ctx.user;
  const confirmed = await confirmPassword(ctx, body.password);
  if (ctx.config.adminEmails.includes(ctx.user.email)) throw errors.listedAdministrator();
  await ctx.db.transaction(async (trx) => {
    if (!(await holdPassword(trx, id, confirmed))) throw errors.wrongCredentials();
    await closeAccount(trx, id);
    await revokeAllSessions(trx, id);
    await deleteTicketsOf(trx, id);
    await tellAccessChanged(trx, id);
  });
  ctx.accounts.sessions.forgetUser(id);
  ctx.log.info({ userId: id, address: ctx.address }, 'account closed');
  await eraseAccount(ctx.db, id).catch((error: Error) => {
    ctx.log.warn({ err: error, userId: id }, 'an account could not be erased at once; housekeeping goes on with it');
  });
  return { status: 200, body: done(ctx, 'deleted') };
};
