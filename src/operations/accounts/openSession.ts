import type { Knex } from 'knex';
import { openTokenFamily } from '../../db/refreshTokens.ts';
import type { Context } from '../context.ts';
import { accessTokenSeconds, hashSecret, newSecret, signAccessToken } from './tokens.ts';

/** A pair of tokens as the contract shows it. */
export const sessionView = ({ accounts }: Context, userId: string, sessionId: string, refreshToken: string) => ({
  userId,
  token: signAccessToken(accounts.key, { userId, sessionId }),
  refreshToken,
  expiresIn: accessTokenSeconds,
});

export async function openSession(ctx: Context, userId: string, db: Knex = ctx.db) {
  const refreshToken = newSecret();
  const sessionId = await openTokenFamily(db, userId, hashSecret(refreshToken));
  return sessionView(ctx, userId, sessionId, refreshToken);
}
