import { newId } from '../db/ids.ts';
import { openTokenFamily, revokeFamily, rotateToken } from '../db/refreshTokens.ts';
import { insertStreamTicket } from '../db/streamTickets.ts';
import { findActiveUser, findCredentials, insertUser, setPasswordHash } from '../db/users.ts';
import { errors } from '../errors.ts';
import { isCommonPassword } from './accounts/commonPasswords.ts';
import { checkPassword, hashPassword, needsRehash } from './accounts/passwords.ts';
import { accessTokenSeconds, hashSecret, newSecret, signAccessToken, streamTicketSeconds } from './accounts/tokens.ts';
import type { Context, Operation } from './context.ts';
import { done, success } from './envelope.ts';

const sessionOf = ({ accounts }: Context, userId: string, sessionId: string, refreshToken: string) => ({
  userId,
  token: signAccessToken(accounts.key, { userId, sessionId }),
  refreshToken,
  expiresIn: accessTokenSeconds,
});

async function openSession(ctx: Context, userId: string) {
  const refreshToken = newSecret();
  const sessionId = await openTokenFamily(ctx.db, userId, hashSecret(refreshToken));
  return sessionOf(ctx, userId, sessionId, refreshToken);
}

export const registerUser: Operation<'registerUser'> = async (ctx, { body }) => {
  if (isCommonPassword(body.password)) throw errors.invalid([{ pointer: '/body/password', detail: 'is too common' }]);
  await ctx.accounts.throttle.admitRegistration(ctx.address);
  const email = body.email.toLowerCase();
  const user = await insertUser(ctx.db, {
    id: newId(),
    username: body.username.normalize('NFC').trimEnd(),
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
  if (needsRehash(account.passwordHash)) {
    await setPasswordHash(ctx.db, account.userId, await hashPassword(body.password));
  }
  ctx.log.info({ userId: account.userId, address: ctx.address }, 'logged in');
  return { status: 200, body: success(ctx, await openSession(ctx, account.userId)) };
};

export const refreshSession: Operation<'refreshSession'> = async (ctx, { body }) => {
  const successor = newSecret();
  const rotation = await rotateToken(ctx.db, hashSecret(body.refreshToken), hashSecret(successor));
  if (rotation.outcome === 'rotated') {
    const { userId, familyId } = rotation;
    return { status: 200, body: success(ctx, sessionOf(ctx, userId, familyId, successor)) };
  }
  if (rotation.familyId) {
    ctx.accounts.sessions.forget(rotation.familyId);
    ctx.log.warn({ sessionId: rotation.familyId, address: ctx.address }, 'refresh token reused, session ended');
  }
  throw errors.refreshRejected();
};

export const logoutUser: Operation<'logoutUser'> = async (ctx) => {
  if (ctx.sessionId) {
    await revokeFamily(ctx.db, ctx.sessionId);
    ctx.accounts.sessions.forget(ctx.sessionId);
  }
  ctx.log.info({ userId: ctx.user.id }, 'logged out');
  return { status: 200, body: done(ctx, 'loggedOut') };
};

export const getCurrentUser: Operation<'getCurrentUser'> = async (ctx) => {
  const user = await findActiveUser(ctx.db, ctx.user.id);
  if (!user) throw errors.unauthenticated();
  const { id, username, email, avatarUrl: avatar } = user;
  return { status: 200, body: success(ctx, { id, username, email, avatar, createdAt: user.createdAt.toISOString() }) };
};

export const createStreamTicket: Operation<'createStreamTicket'> = async (ctx) => {
  const ticket = newSecret();
  await insertStreamTicket(ctx.db, {
    userId: ctx.user.id,
    ticketHash: hashSecret(ticket),
    ttlSeconds: streamTicketSeconds,
  });
  return { status: 201, body: success(ctx, { ticket, expiresIn: streamTicketSeconds }, 'created') };
};
