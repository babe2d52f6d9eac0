import type { DataOf } from '../contract/operation.ts';
import {
  type ApiKey,
  countLiveApiKeys,
  insertApiKey,
  listApiKeys as listRows,
  revokeApiKey as revoke,
} from '../db/apiKeys.ts';
import { newId } from '../db/ids.ts';
import { tellAccessChanged } from '../db/listeners.ts';
import { lockUser } from '../db/users.ts';
import { disableEndpointsOf } from '../db/webhookEndpoints.ts';
import { errors, fault } from '../errors.ts';
import { hashSecret, newApiKey } from './accounts/tokens.ts';
import type { Operation } from './context.ts';
import { done, pageOf, success } from './envelope.ts';
import { found } from './found.ts';
import { readTime } from './times.ts';

const mostLive = 50;

const keyView = (key: ApiKey): DataOf<'listApiKeys'>['items'][number] => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  expiresAt: key.expiresAt?.toISOString() ?? null,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
  createdAt: key.createdAt.toISOString(),
});

export const listApiKeys: Operation<'listApiKeys'> = async (ctx, { query }) => {
  const page = await listRows(ctx.db, ctx.user.id, query);
  return { status: 200, body: success(ctx, pageOf(page, keyView)) };
};

/** The key itself is in this answer and nowhere else: what is kept is its hash. */
export const createApiKey: Operation<'createApiKey'> = async (ctx, { body }) => {
  const expiresAt = body.expiresAt === undefined ? null : readTime(body.expiresAt);
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw errors.invalid([fault('/body/expiresAt', 'in_the_past')]);
  }
  const { key, prefix } = newApiKey();
  const row = { id: newId(), userId: ctx.user.id, name: body.name, prefix, keyHash: hashSecret(key), expiresAt };
  const made = await ctx.db.transaction(async (trx) => {
    if ((await countLiveApiKeys(trx, ctx.user.id)) >= mostLive) throw errors.quotaReached('API keys', mostLive);
    return insertApiKey(trx, row);
  });
  ctx.log.info({ userId: ctx.user.id, apiKeyId: made.id, address: ctx.address }, 'API key made');
  return { status: 201, body: success(ctx, { ...keyView(made), key }, 'created') };
};

/** Dead at once, everywhere; streams it opened end, and its webhook endpoints are disabled. Revoking twice is a success. */
export const revokeApiKey: Operation<'revokeApiKey'> = async (ctx, { path }) => {
  const { key, disabledWebhooks } = await ctx.db.transaction(async (trx) => {
    await lockUser(trx, ctx.user.id);
    const revoked = found(await revoke(trx, path.apiKeyId, ctx.user.id), 'API key');
    return { key: revoked, disabledWebhooks: await disableEndpointsOf(trx, revoked.id) };
  });
  await tellAccessChanged(ctx.db, ctx.user.id);
  ctx.log.info({ userId: ctx.user.id, apiKeyId: key.id, address: ctx.address, disabledWebhooks }, 'API key revoked');
  return { status: 200, body: done(ctx, 'deleted') };
};
