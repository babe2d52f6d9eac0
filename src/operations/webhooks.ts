import type { Knex } from 'knex';
import { isUnrevoked } from '../db/apiKeys.ts';
import { newId } from '../db/ids.ts';
import { lockUser } from '../db/users.ts';
import {
  deleteWebhookEndpoint as deleteRow,
  findWebhookEndpoint,
  insertWebhookEndpoint,
  listWebhookEndpoints as listRows,
  replaceWebhookSecret,
  updateWebhookEndpoint as updateRow,
  type WebhookEndpoint,
} from '../db/webhookEndpoints.ts';
import { errors, fault } from '../errors.ts';
import { ClosedHost } from '../publicHosts.ts';
import type { WebhookEvent } from '../webhooks/events.ts';
import { sealWebhookSecret } from '../webhooks/secrets.ts';
import { newWebhookSecret } from '../webhooks/signature.ts';
import { readTarget } from '../webhooks/target.ts';
import { apiKeyIn } from './accounts/tokens.ts';
import type { Operation, UserContext } from './context.ts';
import { done, pageOf, success } from './envelope.ts';
import { found } from './found.ts';

const endpointsAtMost = 20;

const viewOf = ({
  id,
  url,
  description,
  events,
  enabled,
  disabledReason,
  apiKeyId,
  createdAt,
  updatedAt,
}: WebhookEndpoint) => ({
  id,
  url,
  description,
  events: events as WebhookEvent[],
  enabled,
  disabledReason,
  apiKeyId,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** The address as it will be asked, or a fault in the field. */
function readUrl({ config }: UserContext, url: string): string {
  try {
    return readTarget(url, config.webhooks).href;
  } catch (error) {
    if (!(error instanceof ClosedHost)) throw error;
    throw errors.invalid([fault('/body/url', error.reason)]);
  }
}

/** Runs under the lock under which keys are revoked: none is left with an endpoint that it set up at its last moment. */
async function answeredFor<T>(
  ctx: UserContext,
  run: (trx: Knex, apiKeyId: string | undefined) => Promise<T>,
): Promise<T> {
  const apiKeyId = apiKeyIn(ctx.grant);
  return ctx.db.transaction(async (trx) => {
    if (apiKeyId !== undefined) {
      await lockUser(trx, ctx.user.id);
      if (!(await isUnrevoked(trx, apiKeyId))) throw errors.unauthenticated();
    }
    return run(trx, apiKeyId);
  });
}

const unique = (events: readonly WebhookEvent[]): WebhookEvent[] => [...new Set(events)];

/** The secret is in this answer and in no other. */
export const createWebhookEndpoint: Operation<'createWebhookEndpoint'> = async (ctx, { body }) => {
  const id = newId();
  const secret = newWebhookSecret();
  const endpoint = {
    id,
    userId: ctx.user.id,
    url: readUrl(ctx, body.url),
    description: body.description,
    events: unique(body.events),
    secret: sealWebhookSecret(ctx.services.secret, id, secret),
  };
  const inserted = await answeredFor(ctx, (trx, apiKeyId) =>
    insertWebhookEndpoint(trx, { ...endpoint, apiKeyId }, endpointsAtMost),
  );
  if (!inserted) throw errors.quotaReached('webhook endpoints', endpointsAtMost);
  return {
    status: 201,
    body: success(ctx, { ...viewOf(inserted), secret }, 'created'),
    headers: { location: `/api/v1/webhooks/${id}` },
  };
};

export const listWebhookEndpoints: Operation<'listWebhookEndpoints'> = async (ctx, { query }) => {
  const page = await listRows(ctx.db, ctx.user.id, query);
  return { status: 200, body: success(ctx, pageOf(page, viewOf)) };
};

export const getWebhookEndpoint: Operation<'getWebhookEndpoint'> = async (ctx, { path }) => {
  const endpoint = await findWebhookEndpoint(ctx.db, path.webhookId, ctx.user.id);
  return { status: 200, body: success(ctx, viewOf(found(endpoint, 'webhook endpoint'))) };
};

export const updateWebhookEndpoint: Operation<'updateWebhookEndpoint'> = async (ctx, { path, body }) => {
  const changes = {
    ...body,
    ...(body.url !== undefined && { url: readUrl(ctx, body.url) }),
    ...(body.events !== undefined && { events: unique(body.events) }),
  };
  const changed = await answeredFor(ctx, (trx, apiKeyId) =>
    updateRow(trx, { id: path.webhookId, ownerId: ctx.user.id, apiKeyId }, changes),
  );
  return { status: 200, body: success(ctx, viewOf(found(changed, 'webhook endpoint')), 'updated') };
};

export const deleteWebhookEndpoint: Operation<'deleteWebhookEndpoint'> = async (ctx, { path }) => {
  const deleted = await deleteRow(ctx.db, path.webhookId, ctx.user.id);
  found(deleted || undefined, 'webhook endpoint');
  return { status: 200, body: done(ctx, 'deleted') };
};

export const rotateWebhookSecret: Operation<'rotateWebhookSecret'> = async (ctx, { path }) => {
  const secret = newWebhookSecret();
  const sealed = sealWebhookSecret(ctx.services.secret, path.webhookId, secret);
  const until = await replaceWebhookSecret(ctx.db, path.webhookId, ctx.user.id, sealed);
  const previousSecretExpiresAt = found(until, 'webhook endpoint').toISOString();
  return { status: 200, body: success(ctx, { secret, previousSecretExpiresAt }, 'updated') };
};
