import { newId } from '../db/ids.ts';
import { tellAccessChanged } from '../db/listeners.ts';
import { revokeFamily, rotateToken } from '../db/refreshTokens.ts';
import { insertStreamTicket } from '../db/streamTickets.ts';
import { findActiveUser, findCredentials, holdPassword, insertUser, setPasswordHash } from '../db/users.ts';
import { errors, fault } from '../errors.ts';
import { accountView } from './accounts/accountView.ts';
import { isCommonPassword } from './accounts/commonPasswords.ts';
import { openSession, sessionView } from './accounts/openSession.ts';
import { checkPassword, hashPassword, needsRehash } from './accounts/passwords.ts';
import { hashSecret, newSecret, streamTicketSeconds } from './accounts/tokens.ts';
import { usernameOf } from './accounts/usernameOf.ts';
import type { Operation } from './context.ts';
import { done, success } from './envelope.ts';

export const registerUser: Operation<'registerUser'> = async (ctx, { body }) => {
  if (isCommonPassword(body.password)) throw errors.invalid([fault('/body/password', 'too_common')]);
  const username = usernameOf(body.username);
  await ctx.accounts.throttle.admitRegistration(ctx.address);
  const email = body.email.toLowerCase();
  const user = await insertUser(ctx.db, {
    id: newId(),
    username,
    email,
    passwordHash: await hashPassword(body.password),
    isAdmin: ctx.config.adminEmails.includes(email),
  });
  if (user === 'email') throw errors.emailTaken();
  if (user === 'username') throw errors.usernameTaken();
  ctx.log.info({ userId: user.id, address: ctx.address }, 'registered');
  return { status: 201, body: success(ctx, await openSession(ctx, user.id), 'created') };
};

/** An unknown e-mail costs as much time and is answered like a wrong password. */
export const loginUser: Operation<'loginUser'> = async (ctx, { body }) => {
  const email = body.username.toLowerCase();
  const attempt = await ctx.accounts.throttle.admit(email, ctx.address);
  const account = await findCredentials(ctx.db, email);
  const right = await checkPassword(account?.passwordHash, body.password);
  if (!account || !right) {
    ctx.log.info({ userId: account?.userId, address: ctx.address }, 'login refused');
    throw errors.wrongCredentials();
  }
  await attempt.succeeded();
  const rehashed = needsRehash(account.passwordHash) ? await hashPassword(body.password) : undefined;
  const session = await ctx.db.transaction(async (trx) => {
    // A password that was changed since opens nothing any more.
    if (!(await holdPassword(trx, account.userId, account.passwordHash))) throw errors.wrongCredentials();
    if (rehashed) await setPasswordHash(trx, account.userId, rehashed);
    return openSession(ctx, account.userId, trx);
  });
  ctx.log.info({ userId: account.userId, address: ctx.address }, 'logged in');
  return { status: 200, body: success(ctx, session) };
};

export const refreshSession: Operation<'refreshSession'> = async (ctx, { body }) => {
  const successor = newSecret();
  const rotation = await rotateToken(ctx.db, hashSecret(body.refreshToken), hashSecret(successor));
  if (rotation.outcome === 'rotated') {
    const { userId, familyId } = rotation;
    return { status: 200, body: success(ctx, sessionView(ctx, userId, familyId, successor)) };
  }
  if (rotation.familyId) {
    ctx.accounts.sessions.forget(rotation.familyId);
    if (rotation.userId) await tellAccessChanged(ctx.db, rotation.userId);
    ctx.log.warn({ sessionId: rotation.familyId, address: ctx.address }, 'refresh token reused, session ended');
  }
  throw errors.refreshRejected();
};

export const logoutUser: Operation<'logoutUser'> = async (ctx) => {
  if (ctx.sessionId) {
    await revokeFamily(ctx.db, ctx.sessionId);
    await tellAccessChanged(ctx.db, ctx.user.id);
    ctx.accounts.sessions.forget(ctx.sessionId);
  }
  ctx.log.info({ userId: ctx.user.id }, 'logged out');
  return { status: 200, body: done(ctx, 'loggedOut') };
};

export const getCurrentUser: Operation<'getCurrentUser'> = async (ctx) => {
  const user = await findActiveUser(ctx.db, ctx.user.id);
  if (!user) throw errors.unauthenticated();
  return { status: 200, body: success(ctx, accountView(ctx, user)) };
};

export const createStreamTicket: Operation<'createStreamTicket'> = async (ctx) => {
  const ticket = newSecret();
  await insertStreamTicket(ctx.db, {
    userId: ctx.user.id,
    ticketHash: hashSecret(ticket),
    ttlSeconds: streamTicketSeconds,
    grant: ctx.grant,
  });
  return { status: 201, body: success(ctx, { ticket, expiresIn: streamTicketSeconds }, 'created') };
};
