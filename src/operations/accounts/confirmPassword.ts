import { findPasswordHash } from '../../db/users.ts';
import { errors } from '../../errors.ts';
import type { UserContext } from '../context.ts';
import { checkPassword } from './passwords.ts';

/** Asks for the password once more before something that can't be undone; guesses count like failed logins. Answers its hash. */
export async function confirmPassword(ctx: UserContext, password: string): Promise<string> {
  const attempt = await ctx.accounts.throttle.admit(ctx.user.email, ctx.address);
  const hash = await findPasswordHash(ctx.db, ctx.user.id);
  const right = await checkPassword(hash, password);
  if (hash === undefined || !right) {
    ctx.log.info({ userId: ctx.user.id, address: ctx.address }, 'password not confirmed');
    throw errors.wrongCredentials();
  }
  await attempt.succeeded();
  return hash;
}
